import { expect, test } from 'vitest';
import { type Behaviour, procedure } from '../behaviour.ts';
import { fieldNames } from '../fields.ts';
import { contact, errorsOf, sirets, startTrial, textOfPage, token } from '../trial.ts';
import { faults } from './catalogue.ts';

const [siret] = sirets;
const broken = (name: string): Behaviour => {
  const fault = faults.find((one) => one.name === name);
  if (!fault) throw new Error(`No fault is called ${name}.`);
  return fault.apply(procedure);
};

test('each fault has a name of its own, names requirements and leaves the procedure as it is', () => {
  const shape = (value: unknown) =>
    JSON.stringify(value, (_, part) => (typeof part === 'function' ? String(part) : part));
  const before = shape(procedure);
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  for (const { name, breaks, apply } of faults) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(breaks.length, name).toBeGreaterThan(0);
    for (const id of breaks) expect(id, name).toMatch(/^[A-Z0-9]+-\d\d$/);
    expect(apply(procedure), name).not.toEqual(procedure);
  }
  expect(shape(procedure)).toBe(before);
});

test.each(fieldNames.filter((name) => procedure.form.fields[name].mandatory))(
  '%s may stay empty when its fault says so',
  async (name) => {
    const kebab = name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
    const trial = await startTrial({ behaviour: broken(`champ-${kebab}-not-required`) });
    const person = trial.visitor();
    await person.openForm(siret);
    expect((await person.send(siret, { [name]: '' })).statusCode).toBe(303);
    await trial.close();
  },
);

test.each([
  ['street-label-29-accepted', { libelleVoie: 'x'.repeat(29) }],
  ['street-label-29-accepted-by-server', { libelleVoie: 'x'.repeat(29) }],
  ['street-label-cut-silently', { libelleVoie: 'x'.repeat(29) }],
  ['complement-39-accepted', { complement: 'x'.repeat(39) }],
  ['complement-39-accepted-by-server', { complement: 'x'.repeat(39) }],
  ['courriels-differ-accepted', { courriel: 'a@guichet.test' }],
  ['courriels-utilisateur-differ-accepted', { courrielUtilisateur: 'a@guichet.test' }],
  ['malformed-courriel-accepted', { courriel: 'a@@b', confirmerCourriel: 'a@@b' }],
  ['siret-tampering-accepted', { siret: sirets[1] }],
  ['foreign-town-kept', { ville: 'Nantes' }],
])('%s lets %j through', async (name, change) => {
  const trial = await startTrial({ behaviour: broken(name) });
  const person = trial.visitor();
  await person.openForm(siret);
  expect((await person.send(siret, change)).statusCode).toBe(303);
  await trial.close();
});

test.each([
  ['street-label-28-refused', { libelleVoie: 'é'.repeat(28) }],
  ['street-label-counted-in-bytes', { libelleVoie: 'é'.repeat(28) }],
  ['complement-38-refused', { complement: 'é'.repeat(38) }],
  ['champ-fax-required', {}],
  ['telephone-with-spaces-refused', {}],
])('%s refuses %j', async (name, change) => {
  const trial = await startTrial({ behaviour: broken(name) });
  const person = trial.visitor();
  await person.openForm(siret);
  const answer = await person.send(siret, change);
  expect(answer.statusCode).toBe(422);
  expect(errorsOf(answer)).toHaveLength(1);
  await trial.close();
});

test.each([
  ['cgu-not-enforced', { cgu: '' }],
  ['captcha-not-enforced', { code: '' }],
  ['captcha-not-enforced', { code: 'faux' }],
  ['empty-code-accepted', { code: '' }],
  ['empty-siret-accepted', { siret: '' }],
  ['siret-shape-not-checked', { siret: '12' }],
])('%s passes the SIRET step with %j', async (name, change) => {
  const trial = await startTrial({ behaviour: broken(name) });
  const person = trial.visitor();
  await person.get('/aparts/creation');
  const valid = { siret, code: await person.code(), cgu: 'oui' };
  expect((await person.post('/aparts/creation', { ...valid, ...change })).statusCode).toBe(303);
  await trial.close();
});

const first = ['identifiant', 'mot de passe', 'Habilitation'];
test.each([
  ['identifier-mail-lost', first.slice(1)],
  ['password-mail-lost', [first[0], first[2]]],
  ['habilitation-mail-lost', first.slice(0, 2)],
  ['password-mail-sent-twice', [first[0], first[1], first[1], first[2]]],
  ['habilitation-after-49-hours', first.slice(0, 2)],
  ['closed-at-week-ends-and-late', first.slice(0, 2)],
])('%s sends other mails within 48 hours', async (name, subjects) => {
  const trial = await startTrial({ behaviour: broken(name) });
  const person = trial.visitor();
  await person.openForm(siret);
  await person.send(siret);
  await trial.advance(48);
  expect(
    trial.mails.map(({ subject }) => /identifiant|mot de passe|Habilitation/.exec(subject)?.[0]),
  ).toEqual(subjects);
  await trial.close();
});

test.each([
  ['existing-access-gets-three-mails', first],
  ['existing-access-gets-identifier', [first[0], first[2]]],
  ['existing-access-gets-new-password', first.slice(1)],
  ['existing-access-never-habilitated', []],
  ['existing-access-not-recognised', first],
])('%s treats an existing access otherwise', async (name, subjects) => {
  const trial = await startTrial({ behaviour: broken(name) });
  const access = { siret, courriel: contact(siret), identifiant: 'SY1', motDePasse: 'x', site: 'SYLAé' };
  const headers = { 'x-test-token': token };
  await trial.app.inject({ method: 'POST', url: '/_test/acces', headers, payload: access });
  const person = trial.visitor();
  await person.openForm(siret);
  await person.send(siret);
  await trial.advance(48);
  expect(
    trial.mails.map(({ subject }) => /identifiant|mot de passe|Habilitation/.exec(subject)?.[0]),
  ).toEqual(subjects);
  await trial.close();
});

test.each(['wrong-password-in-mail', 'wrong-identifier-in-mail'])(
  '%s shuts out who has the mails',
  async (name) => {
    const trial = await startTrial({ behaviour: broken(name) });
    const person = trial.visitor();
    await person.openForm(siret);
    await person.send(siret);
    await trial.advance(48);
    const texts = trial.mails.map(({ text }) => text).join();
    const form = {
      identifiant: /Identifiant : (\S+)/.exec(texts)?.[1] ?? '',
      motDePasse: /Mot de passe : (\S+)/.exec(texts)?.[1] ?? '',
    };
    expect((await person.post('/aparts/connexion', form)).statusCode).toBe(422);
    await trial.close();
  },
);

test('mails go wrong: to the establishment, before ENVOYER', async () => {
  const astray = await startTrial({ behaviour: broken('mails-sent-to-establishment') });
  const person = astray.visitor();
  await person.openForm(siret);
  await person.send(siret);
  await astray.advance(48);
  expect(astray.mails.map(({ to }) => to)).toEqual(Array(3).fill([`accueil.${siret}@guichet.test`]));
  await astray.close();

  const early = await startTrial({ behaviour: broken('mail-before-envoyer') });
  const other = early.visitor();
  await other.openForm(siret);
  await other.send(siret, { nom: '' });
  await early.advance(1);
  expect(early.mails).toHaveLength(1);
  await early.close();
});

test('the form can be opened without the SIRET step', async () => {
  const trial = await startTrial({ behaviour: broken('form-open-without-siret-step') });
  expect((await trial.visitor().get('/aparts/creation/compte')).statusCode).toBe(200);
  await trial.close();
});

test('the confirmation can be made to say nothing', async () => {
  const trial = await startTrial({ behaviour: broken('confirmation-says-nothing') });
  const person = trial.visitor();
  await person.openForm(siret);
  await person.send(siret);
  const page = textOfPage((await person.get('/aparts/creation/confirmation')).body);
  expect(page).not.toMatch(/fonctionné|envoyée|48h au maximum/);
  await trial.close();
});
