import { afterAll, expect, test } from 'vitest';
import { errorsOf, sirets, startTrial } from '../trial.ts';

const trial = await startTrial();
afterAll(() => trial.close());
const [siret] = sirets;
const path = '/aparts/creation';

async function arrive() {
  const person = trial.visitor();
  await person.get(path);
  return person;
}

test('SIRET, code and CGU lead to the form', async () => {
  const person = await arrive();
  const answer = await person.post(path, {
    siret: '732 829 320\u00a000074 ',
    code: await person.code(),
    cgu: 'oui',
  });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/aparts/creation/compte']);
  expect((await person.get('/aparts/creation/compte')).body).toContain(siret);
});

test('the code may be typed in small letters', async () => {
  const person = await arrive();
  const code = (await person.code()).toLowerCase();
  expect((await person.post(path, { siret, code, cgu: 'oui' })).statusCode).toBe(303);
});

test.each([
  ['no SIRET', { siret: '' }, 'N° de Siret\u00a0: ce champ est obligatoire.'],
  ['13 digits', { siret: '7328293200007' }, /^N° de Siret\u00a0: indiquez un SIRET de 14 chiffres/],
  ['a wrong check digit', { siret: '73282932000075' }, /^N° de Siret\u00a0: ce numéro n’est pas un SIRET/],
  ['all zeros', { siret: '00000000000000' }, /^N° de Siret\u00a0: ce numéro n’est pas un SIRET/],
  ['no code', { code: '' }, 'Recopier le code ci-contre\u00a0: ce champ est obligatoire.'],
  ['a wrong code', { code: 'XXXXXX' }, /^Recopier le code ci-contre\u00a0: le code recopié n’est pas/],
  [
    'no CGU',
    { cgu: '' },
    "N'oubliez pas de cocher les conditions générales d'utilisation avant de valider votre demande.",
  ],
])('%s is refused with its cause, and nothing more', async (_, change, message) => {
  const person = await arrive();
  const valid = { siret, code: await person.code(), cgu: 'oui' };
  const answer = await person.post(path, { ...valid, ...change });
  expect(answer.statusCode).toBe(422);
  expect(errorsOf(answer)).toEqual([message instanceof RegExp ? expect.stringMatching(message) : message]);
  expect(answer.body).toContain('aria-invalid="true"');
  expect((await person.get('/aparts/creation/compte')).headers.location).toBe(path);
});

test('a code serves once, even for a refusal', async () => {
  const person = await arrive();
  const code = await person.code();
  const refused = await person.post(path, { siret: '', code, cgu: 'oui' });
  expect(refused.body).toContain(' checked');
  expect(await person.code()).not.toBe(code);
  expect((await person.post(path, { siret, code, cgu: 'oui' })).statusCode).toBe(422);
});

test('a code expires', async () => {
  const own = await startTrial();
  const person = own.visitor();
  await person.get(path);
  const code = await person.code();
  await own.advance(0.3);
  const answer = await person.post(path, { siret, code, cgu: 'oui' });
  expect(errorsOf(answer)).toEqual([expect.stringContaining('le code a expiré')]);
  await own.close();
});

test('a change keeps SIRET and CGU, refuses the code before and takes the new one', async () => {
  const person = await arrive();
  const before = await person.code();
  const changed = await person.post(`${path}/code`, { siret: '732 829 320 00074', code: 'abc', cgu: 'oui' });
  expect(changed.statusCode).toBe(200);
  expect(changed.body).toContain('value="732 829 320 00074"');
  expect(changed.body).toMatch(/name="cgu"[^>]* checked/);
  const after = await person.code();
  expect(after).not.toBe(before);
  const refused = await person.post(path, { siret, code: before, cgu: 'oui' });
  expect(refused.statusCode).toBe(422);
  expect((await person.post(path, { siret, code: await person.code(), cgu: 'oui' })).statusCode).toBe(303);
});

test('the picture holds no text and its alternative no code; the way without a picture is in words', async () => {
  const person = trial.visitor();
  const page = await person.get(path);
  const code = await person.code();
  const picture = /src="data:image\/svg\+xml;base64,([^"]*)"/.exec(page.body)?.[1] ?? '';
  const svg = Buffer.from(picture, 'base64').toString();
  expect(svg).toContain('<path');
  expect(svg).not.toContain('<text');
  expect(page.body + svg).not.toContain(code);
  const inWords = await person.post(`${path}/code`, { forme: 'mots' });
  expect(inWords.body).toContain('Écrivez en chiffres');
  expect(await person.code()).toMatch(/^\d{6}$/);
});

test('the page’s script gets the new picture alone', async () => {
  const person = await arrive();
  const answer = await trial.app.inject({
    method: 'POST',
    url: `${path}/code`,
    headers: { accept: 'application/json', cookie: person.cookie() },
  });
  expect(answer.json()).toEqual({ image: expect.stringMatching(/^data:image\/svg/) });
});

test('a SIRET that has a demande is refused', async () => {
  const first = trial.visitor();
  await first.openForm(sirets[1]);
  expect((await first.send(sirets[1])).statusCode).toBe(303);
  const second = await arrive();
  const answer = await second.post(path, { siret: sirets[1], code: await second.code(), cgu: 'oui' });
  expect(errorsOf(answer)).toEqual([
    expect.stringContaining('une demande de création de compte existe déjà'),
  ]);
});

test('a visit without a cookie gets a session, and no code is right for it', async () => {
  const person = trial.visitor();
  const answer = await person.post(path, { siret, code: 'ABCDEF', cgu: 'oui' });
  expect(errorsOf(answer)).toEqual([expect.stringContaining('le code a expiré')]);
  expect(person.cookie()).toMatch(/^guichet_session=/);
  expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax/);
});
