import { describe, expect, test } from 'vitest';
import { type Behaviour, procedure } from '../behaviour.ts';
import { contact, sirets, startTrial, token } from '../trial.ts';
import { faults } from './catalogue.ts';
import { isLive } from './liveness.ts';
import { page } from './probe.ts';

const [siret] = sirets;

test('there are at least 200 faults, each with a name of its own', () => {
  expect(faults.length).toBeGreaterThanOrEqual(200);
  const names = faults.map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test('each fault says which requirements it breaks, each once', () => {
  for (const { name, breaks } of faults) {
    expect(breaks.length, name).toBeGreaterThan(0);
    expect(new Set(breaks).size, name).toBe(breaks.length);
    for (const id of breaks) expect(id, name).toMatch(/^[A-Z0-9]+-\d\d$/);
  }
});

test('no fault changes the procedure itself', () => {
  const shape = (value: unknown) =>
    JSON.stringify(value, (_, part) => (typeof part === 'function' ? String(part) : part));
  const before = shape(procedure);
  for (const { name, apply } of faults) {
    const broken = apply(procedure);
    expect(broken, name).not.toBe(procedure);
    expect(shape(procedure), name).toBe(before);
  }
});

describe('each fault is live', () => {
  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    expect(await isLive(fault)).toBe(true);
  });
});

test('a fault that changes nothing is told dead', async () => {
  expect(await isLive({ apply: (behaviour) => behaviour, probe: page('/aparts/') })).toBe(false);
});

test('a fault that changes what its probe does not see is told dead', async () => {
  const apply = (behaviour: Behaviour) => ({ ...behaviour, sessionMinutes: 1 });
  expect(await isLive({ apply, probe: page('/aparts/') })).toBe(false);
});

test('a probe that sees something random is an error', async () => {
  const code = { apply: (behaviour: Behaviour) => behaviour, probe: randomCode };
  await expect(isLive(code)).rejects.toThrow('reads something random');
});

async function randomCode(trial: Awaited<ReturnType<typeof startTrial>>): Promise<string> {
  const person = trial.visitor();
  await person.get('/aparts/creation');
  return await person.code();
}

const first = ['identifiant', 'mot de passe', 'Habilitation'] as const;
const [identifiant, motDePasse, habilitation] = first;

test.each([
  ['identifier-mail-lost', [motDePasse, habilitation]],
  ['password-mail-lost', [identifiant, habilitation]],
  ['habilitation-mail-lost', [identifiant, motDePasse]],
  ['password-mail-sent-twice', [identifiant, motDePasse, motDePasse, habilitation]],
  ['habilitation-after-49-hours', [identifiant, motDePasse]],
  ['agents-take-three-days', [identifiant, motDePasse]],
])('%s: the mails of a first access within 48 hours are %j', async (name, subjects) => {
  expect(await subjectsUnder(name)).toEqual(subjects);
});

test.each([
  ['existing-access-gets-three-mails', first],
  ['existing-access-gets-identifier', [identifiant, habilitation]],
  ['existing-access-gets-new-password', [motDePasse, habilitation]],
  ['existing-access-never-habilitated', []],
  ['existing-access-not-recognised', first],
])('%s: the mails of an existing access within 48 hours are %j', async (name, subjects) => {
  const access = { siret, courriel: contact(siret), identifiant: 'SY1', motDePasse: 'x', site: 'SYLAé' };
  expect(await subjectsUnder(name, access)).toEqual(subjects);
});

async function subjectsUnder(name: string, access?: object) {
  const behaviour = faults.find((fault) => fault.name === name)?.apply(procedure);
  if (!behaviour) throw new Error(`No fault is called ${name}.`);
  const trial = await startTrial({ behaviour });
  const headers = { 'x-test-token': token };
  if (access) await trial.app.inject({ method: 'POST', url: '/_test/acces', headers, payload: access });
  const person = trial.visitor();
  await person.openForm(siret);
  await person.send(siret);
  await trial.advance(48);
  const subjects = trial.mails.map(
    ({ subject }) => /identifiant|mot de passe|Habilitation/.exec(subject)?.[0],
  );
  await trial.close();
  return subjects;
}
