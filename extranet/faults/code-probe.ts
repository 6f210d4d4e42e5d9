import { codePicture } from '../captcha.ts';
import { sirets } from '../trial.ts';
import type { Probe } from './probe.ts';

const [siret] = sirets;
const change = '/aparts/creation/code';

/** Whether the change of the security code gives another one. */
export const changedCode: Probe = async (trial) => {
  const person = trial.visitor();
  await person.get('/aparts/creation');
  const before = await person.code();
  await person.post(change, {});
  return before === (await person.code());
};

/** Whether the picture that the change gives to the page's script shows the code that is asked for now. */
export const changedPicture: Probe = async (trial) => {
  const person = trial.visitor();
  await person.get('/aparts/creation');
  const headers = { cookie: person.cookie(), accept: 'application/json' };
  const answer = await trial.app.inject({ method: 'POST', url: change, headers });
  return answer.json<{ image: string }>().image === codePicture(await person.code());
};

/** Whether the form opens with the code before the change. */
export const formerCode: Probe = async (trial) => {
  const person = trial.visitor();
  await person.get('/aparts/creation');
  const code = await person.code();
  await person.post(change, {});
  return (await person.post('/aparts/creation', { siret, code, cgu: 'oui' })).statusCode;
};

/** Whether the form opens with a code that was asked for without a picture. */
export const codeInWords: Probe = async (trial) => {
  const person = trial.visitor();
  await person.get('/aparts/creation');
  await person.post(change, { forme: 'mots' });
  const code = await person.code();
  return (await person.post('/aparts/creation', { siret, code, cgu: 'oui' })).statusCode;
};

/** Whether the page gives the security code in clear. */
export const codeTold: Probe = async (trial) => {
  const person = trial.visitor();
  const { body } = await person.get('/aparts/creation');
  return body.includes(await person.code());
};
