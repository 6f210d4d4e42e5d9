import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { embeddedProfile } from '../target/embedded.ts';
import { secretsOf } from '../target/secrets.ts';
import { leaksIn } from './leaks.ts';
import { seal } from './seal.ts';

const folder = mkdtempSync(join(tmpdir(), 'guichet-leaks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const secret = 'Été <12> & "z"=';

test.each([
  ['as it is', secret],
  ['in JSON', JSON.stringify({ observed: `x ${secret} y` })],
  ['in HTML', 'Été &lt;12&gt; &amp; &quot;z&quot;='],
  ['in HTML by numbers', 'Été &#60;12&#62; &#38; &#34;z&#34;='],
  ['in a URL', `/connexion?motDePasse=${encodeURIComponent(secret)}`],
  ['in quoted-printable', '=C3=89t=C3=A9=20<12>=20&=20"z"=3D'],
  ...[0, 1, 2].map((shift) => [
    'in base64',
    Buffer.from(`${'x'.repeat(shift)}${secret} rest`).toString('base64'),
  ]),
])('finds a secret %s', (_how, text) => {
  mkdirSync(join(folder, 'evidence'), { recursive: true });
  writeFileSync(join(folder, 'evidence', 'mail.json'), String(text));
  writeFileSync(join(folder, 'results.json'), '{}');
  expect(leaksIn(folder, [secret, 'another'])).toEqual([join('evidence', 'mail.json')]);
});

test('finds none where there is none', () => {
  writeFileSync(join(folder, 'evidence', 'mail.json'), '[secret a1b2c3]');
  expect(leaksIn(folder, [secret])).toEqual([]);
});

test('a profile names its secrets', () => {
  expect(secretsOf(embeddedProfile(), { GUICHET_TEST_TOKEN: 'jeton' })).toContain('jeton');
  expect(secretsOf({ mail: { passwordEnv: 'NONE' } }, {})).toEqual([]);
});

test('the seal is one that sha256sum checks, and breaks with a changed file', () => {
  seal(folder);
  const check = () => spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder }).status;
  expect(check()).toBe(0);
  writeFileSync(join(folder, 'results.json'), '{"verdict":"conform"}');
  expect(check()).not.toBe(0);
});
