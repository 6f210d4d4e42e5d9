import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { procedure } from './behaviour.ts';
import { manualClock } from './clock.ts';
import { startExtranet } from './server.ts';
import { legacy } from './skins/legacy.ts';
import { opening, sirets, startTrial, textOfPage } from './trial.ts';

const trial = await startTrial();
const dressed = await startTrial({ skin: legacy });
afterAll(async () => {
  await trial.close();
  await dressed.close();
});
const [siret] = sirets;
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const posts = [
  '/aparts/creation',
  '/aparts/creation/code',
  '/aparts/creation/compte',
  '/aparts/connexion',
  '/aparts/espace/mot-de-passe',
  '/aparts/identifiant-oublie',
  '/aparts/mot-de-passe-oublie',
  '/aparts/mot-de-passe-oublie/question',
  '/sylae/connexion',
  '/sylae/espace/mot-de-passe',
  '/apea/deconnexion',
  '/aparts/deconnexion',
];

const bodies: readonly [name: string, headers: Record<string, string>, payload: string | Buffer][] = [
  ['nothing', {}, ''],
  ['an empty form', form, ''],
  ['fields twice', form, 'siret=1&siret=2&nom=a&nom=b&identifiant=x&identifiant=y&jeton=a&jeton=b'],
  ['fields named as a prototype', form, '__proto__=1&constructor=2&toString=3'],
  ['bad percent signs', form, 'siret=%E0%A4%A&nom=%&code=%ZZ'],
  ['bytes that are no UTF-8', form, Buffer.from('nom=\xe9\xff&siret=\x00', 'latin1')],
  ['NUL and lone surrogates', form, 'nom=%00&denomination=%ED%A0%80&courriel=%00@e.fr&identifiant=%00'],
  ['JSON', { 'content-type': 'application/json' }, '{"siret":{"a":[1]},"code":7,"nom":null}'],
  ['JSON that is none', { 'content-type': 'application/json' }, '{"siret":'],
  ['a JSON list', { 'content-type': 'application/json' }, '[1,2]'],
  ['plain text', { 'content-type': 'text/plain' }, 'siret=1'],
  ['a multipart form', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
  ['a strange type', { 'content-type': ';;;' }, 'x'],
  ['too much', form, `nom=${'x'.repeat(70_000)}`],
  ['much', form, `nom=${'é'.repeat(10_000)}&identifiant=${'x'.repeat(10_000)}`],
];

test.each(bodies)(
  '%s, posted anywhere, is answered in French without a server error',
  async (_, headers, payload) => {
    for (const { app, visitor } of [trial, dressed]) {
      for (const signedIn of [false, true]) {
        const person = visitor();
        if (signedIn) await person.openForm(siret);
        for (const url of posts) {
          const cookie = person.cookie() || 'guichet_session=%zz; x="';
          const answer = await app.inject({ method: 'POST', url, headers: { ...headers, cookie }, payload });
          expect(answer.statusCode, url).toBeLessThan(500);
          expect(answer.headers['content-type'] ?? 'text/html', url).toContain('text/html');
        }
      }
    }
  },
);

test.each([
  ['/aparts/nulle-part', 404],
  ['/aparts/%E0%A4%A', 400],
  [`/${'x'.repeat(300)}`, 404],
  ['/aparts/espace?enregistre[]=1', 303],
])('GET %s answers %d', async (url, status) => {
  const answer = await trial.app.inject(url);
  expect(answer.statusCode).toBe(status);
  if (status !== 303) expect(textOfPage(answer.body)).toMatch(/Page introuvable|Demande incorrecte/);
});

test('pages forbid inline scripts, other origins and guesses of their type', async () => {
  const answer = await trial.app.inject('/aparts/');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.headers['content-security-policy']).not.toContain('unsafe');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  expect(answer.body).not.toMatch(/<script>|<style|style="|onclick|onpaste/);
});

test('it starts on a free port of the loopback, says its URL, and stops', async () => {
  const options = { database: ':memory:', smtp: { host: '127.0.0.1', port: 1 }, clock: manualClock(opening) };
  const extranet = await startExtranet(options);
  expect(extranet.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(`${extranet.url}/aparts/`)).text()).toContain('lang="fr"');
  const port = Number(new URL(extranet.url).port);
  await expect(startExtranet({ ...options, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await extranet.close();
  await expect(fetch(extranet.url)).rejects.toThrow();
});

test('it shows the behaviour that it is given', async () => {
  const behaviour = { ...procedure, home: { ...procedure.home, title: 'AUTRE TITRE' } };
  const own = await startTrial({ behaviour });
  expect((await own.app.inject('/aparts/')).body).toContain('<h1>AUTRE TITRE</h1>');
  await own.close();
});

test('secrets stay out of the store once they have served', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'extranet-'));
  const own = await startTrial({ database: join(folder, 'extranet.db') });
  const person = own.visitor();
  await person.openForm(siret);
  await person.send(siret, { reponse: 'Candide ou l’optimisme' });
  await own.advance(48);
  const password = /Mot de passe : (\S+)/.exec(own.mails.map(({ text }) => text).join())?.[1] ?? '';
  expect(password).toHaveLength(14);
  await own.close();
  const stored = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join();
  expect(stored).toContain('Dupont & Fils');
  expect(stored).not.toContain(password);
  expect(stored).not.toContain('optimisme');
  rmSync(folder, { recursive: true });
});
