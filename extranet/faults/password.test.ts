import { expect, test } from 'vitest';
import { procedure } from '../behaviour.ts';
import { contact, sirets, startTrial, token } from '../trial.ts';
import { passwordFaults } from './password.ts';

const [siret] = sirets;
const headers = { 'x-test-token': token };
const paths = ['/aparts', '/sylae', '/apea'] as const;
const [old, next] = ['cheval pile agrafe', 'nuage tambour lampe'];

async function startBroken(name: string) {
  const behaviour = passwordFaults.find((one) => one.name === name)?.apply(procedure);
  if (!behaviour) throw new Error(`No fault is called ${name}.`);
  const trial = await startTrial({ behaviour });
  const door = (name: string, payload: object) =>
    trial.app.inject({ method: 'POST', url: `/_test/${name}`, headers, payload });
  const person = trial.visitor();
  const request = async () => {
    await person.openForm(siret);
    await person.send(siret);
    await trial.advance(48);
  };
  return { ...trial, door, request };
}

// Which of the three sites the old and the new password open after a change on `on`.
test.each([
  ['old-password-still-opens-activite-partielle', '/sylae', '/aparts', '/aparts /sylae /apea'],
  ['old-password-still-opens-sylae', '/aparts', '/sylae', '/aparts /sylae /apea'],
  ['old-password-still-opens-apea', '/aparts', '/apea', '/aparts /sylae /apea'],
  ['new-password-does-not-open-activite-partielle', '/sylae', '', '/sylae /apea'],
  ['new-password-does-not-open-sylae', '/aparts', '', '/aparts /apea'],
  ['new-password-does-not-open-apea', '/aparts', '', '/aparts /sylae'],
  ['password-change-local', '/aparts', '/sylae /apea', '/aparts'],
  ['password-change-on-siblings-local', '/sylae', '/aparts /apea', '/sylae'],
  ['password-change-on-siblings-local', '/aparts', '', '/aparts /sylae /apea'],
])('%s: after a change on %s the old one opens « %s », the new one « %s »', async (name, on, olds, news) => {
  const trial = await startBroken(name);
  const access = { siret, courriel: contact(siret), identifiant: 'TOUS', motDePasse: old };
  for (const site of ['SYLAé', 'APEA']) await trial.door('acces', { ...access, site });
  await trial.request();
  const opened = async (motDePasse: string) => {
    const open = [];
    for (const path of paths) {
      const answer = await trial.visitor().post(`${path}/connexion`, { identifiant: 'TOUS', motDePasse });
      if (answer.statusCode === 303) open.push(path);
    }
    return open.join(' ');
  };
  expect(await opened(old)).toBe(paths.join(' '));
  const person = trial.visitor();
  await person.post(`${on}/connexion`, { identifiant: 'TOUS', motDePasse: old });
  const form = { motDePasseActuel: old, nouveauMotDePasse: next, confirmerMotDePasse: next };
  expect((await person.post(`${on}/espace/mot-de-passe`, form)).statusCode).toBe(303);
  expect([await opened(old), await opened(next)]).toEqual([olds, news]);
  await trial.close();
});
