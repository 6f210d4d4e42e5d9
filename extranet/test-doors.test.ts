import { expect, test } from 'vitest';
import { procedure } from './behaviour.ts';
import { realClock } from './clock.ts';
import { buildExtranet } from './server.ts';
import { advance, opening, sirets, startTrial, token } from './trial.ts';

const doors = [
  ['GET', '/_test/clock'],
  ['POST', '/_test/clock/advance'],
  ['GET', '/_test/code'],
  ['POST', '/_test/acces'],
  ['POST', '/_test/refus'],
  ['POST', '/_test/reset'],
  ['POST', '/_test/notification'],
] as const;

test('without a token at start the doors are unknown pages, whatever the request carries', async () => {
  const app = buildExtranet(procedure, {
    database: ':memory:',
    smtp: { host: '127.0.0.1', port: 1 },
    clock: realClock(),
  });
  for (const [method, url] of doors) {
    for (const given of [undefined, '', 'undefined', token]) {
      const headers = given === undefined ? {} : { 'x-test-token': given };
      const answer = await app.inject({ method, url, headers });
      const unknown = await app.inject({ method, url: '/_test/inconnue', headers });
      expect([answer.statusCode, answer.body]).toEqual([404, unknown.body]);
    }
  }
  await app.close();
});

test('with a token the doors are unknown pages to who does not carry it', async () => {
  const { app, close } = await startTrial();
  for (const [method, url] of doors) {
    for (const given of [undefined, '', 'autre', `${token}x`]) {
      const headers = given === undefined ? {} : { 'x-test-token': given };
      const answer = await app.inject({ method, url, headers });
      const unknown = await app.inject({ method, url: '/_test/inconnue', headers });
      expect([answer.statusCode, answer.body]).toEqual([404, unknown.body]);
    }
  }
  await close();
});

test('the clock is told and advanced, never back', async () => {
  const trial = await startTrial();
  const headers = { 'x-test-token': token };
  const now = async () => (await trial.app.inject({ url: '/_test/clock', headers })).json();
  expect(await now()).toEqual({ now: opening.toISOString() });
  expect((await trial.advance(1)).json()).toEqual({ now: '2026-03-03T09:00:00.000Z' });
  expect((await trial.advance(0.5)).statusCode).toBe(400);
  const nonsense = { method: 'POST', url: '/_test/clock/advance', headers } as const;
  expect((await trial.app.inject({ ...nonsense, payload: { to: 'demain' } })).statusCode).toBe(400);
  expect((await trial.app.inject({ ...nonsense, payload: {} })).statusCode).toBe(400);
  await trial.close();
});

test('a clock that runs by itself is not advanced', async () => {
  const trial = await startTrial({ clock: realClock() });
  expect((await advance(trial.app, 1e6)).statusCode).toBe(409);
  await trial.close();
});

test('advancing says so when the mail server takes nothing', async () => {
  const trial = await startTrial({
    answer: () => Promise.reject(Object.assign(new Error('plus tard'), { responseCode: 451 })),
  });
  const person = trial.visitor();
  await person.openForm('73282932000074');
  await person.send('73282932000074');
  const answer = await trial.advance(3);
  expect([answer.statusCode, answer.json()]).toEqual([
    503,
    { error: 'The mail server has not taken 3 mails.' },
  ]);
  await trial.close();
});

test('there is no code without a session, and an access needs all its parts, once', async () => {
  const { app, close } = await startTrial();
  const headers = { 'x-test-token': token };
  expect((await app.inject({ url: '/_test/code', headers })).statusCode).toBe(404);
  const access = {
    siret: '73282932000074',
    courriel: 'a@e.fr',
    identifiant: 'SY1',
    motDePasse: 'x',
    site: 'APEA',
  };
  const post = (payload: object) => app.inject({ method: 'POST', url: '/_test/acces', headers, payload });
  expect((await post({ ...access, site: 'Autre' })).statusCode).toBe(400);
  expect((await post({ ...access, siret: '' })).statusCode).toBe(400);
  expect((await post(access)).statusCode).toBe(201);
  expect((await post(access)).statusCode).toBe(409);
  await close();
});

test('a SIRET that is forgotten opens an account anew, and no other one is touched', async () => {
  const trial = await startTrial();
  const [siret, other] = sirets;
  const ask = async (one: string) => {
    const person = trial.visitor();
    await person.openForm(one);
    return (await person.send(one)).statusCode;
  };
  for (const one of [siret, other]) expect(await ask(one)).toBe(303);
  await trial.advance(48);
  const headers = { 'x-test-token': token };
  const reset = (payload: object) =>
    trial.app.inject({ method: 'POST', url: '/_test/reset', headers, payload });
  expect((await reset({})).statusCode).toBe(400);
  expect((await reset({ sirets: [siret] })).json()).toEqual({ forgotten: 1 });
  trial.mails.length = 0;
  expect(await ask(siret)).toBe(303);
  await ask(other);
  await trial.advance(96);
  expect(trial.mails).toHaveLength(3);
  await trial.close();
});
