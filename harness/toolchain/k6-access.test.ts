import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { certified } from '../target/certificate.test-data.ts';
import { type Embedded, startEmbedded } from '../target/embedded.ts';
import { type Front, startForwardProxy, startGateway } from '../target/front.test-data.ts';
import type { TargetProfile } from '../target/profile.ts';
import { findK6 } from './k6.ts';
import { k6Access } from './k6-access.ts';
import { runK6 } from './k6-run.ts';

const scratch = mkdtempSync(join(tmpdir(), 'guichet-k6-access-'));
const fronts: Front[] = [];
const front = <T extends Front>(each: T): T => {
  fronts.push(each);
  return each;
};
const secrets = { LOAD_USER: 'agent', LOAD_PASSWORD: 'p@ss: wörd', LOAD_KEY: 'clef' };
const authorization = `Basic ${Buffer.from(`agent:${secrets.LOAD_PASSWORD}`).toString('base64')}`;
let k6 = '';
let embedded: Embedded;

// A machine without k6 builds it here: minutes, not seconds.
beforeAll(async () => {
  ({ path: k6 } = await findK6({ log: (line) => process.stdout.write(`${line}\n`) }));
  embedded = await startEmbedded();
}, 600_000);
afterAll(async () => {
  for (const each of fronts) await each.close();
  await embedded?.close();
  rmSync(scratch, { recursive: true });
});

const profileOf = (baseUrl: string, access: TargetProfile['access']) => ({
  ...embedded.profile,
  baseUrl,
  access,
});

async function run(script: string, env: Record<string, string>) {
  const lines: string[] = [];
  const { exitCode } = await runK6({ k6, script, env, onLine: (line) => lines.push(line) });
  return { exitCode, said: lines.join('\n') };
}

test('a whole demande through a gateway that wants credentials and a header, by TLS with an authority of its own', async () => {
  const { ca, ...tls } = certified('127.0.0.1');
  const caFile = join(scratch, 'authority.pem');
  writeFileSync(caFile, ca);
  const requires = { authorization, 'x-key': 'clef' };
  const behind = new URL(embedded.profile.baseUrl).origin;
  const gateway = front(await startGateway({ behind, requires, tls }));
  const profile = profileOf(`${gateway.url}/aparts/`, {
    credentials: { userEnv: 'LOAD_USER', passwordEnv: 'LOAD_PASSWORD' },
    headers: [{ name: 'X-Key', valueEnv: 'LOAD_KEY' }],
    caFile,
  });
  const submission = fileURLToPath(new URL('../../load/submission.ts', import.meta.url));
  const told: Record<string, string> = {
    ...k6Access(profile, secrets),
    ...{ BASE_URL: profile.baseUrl, TEST_TOKEN: embedded.environment.GUICHET_TEST_TOKEN ?? '' },
  };
  expect(await run(submission, told)).toMatchObject({
    exitCode: 0,
    said: expect.stringMatching(/demandes_accepted\.*: 10 /),
  });
  expect(gateway.seen.filter((line) => line.startsWith('without'))).toEqual([]);
  const { SSL_CERT_FILE: _, ...distrusting } = told;
  expect((await run(submission, distrusting)).said).toContain('GUICHET_TARGET_UNREACHABLE');
});

test('an enterprise’s proxy with credentials, for what is not on loopback', async () => {
  const port = Number(new URL(embedded.profile.baseUrl).port);
  const proxy = front(await startForwardProxy({ hosts: { 'extranet.example.org': port }, authorization }));
  const profile = profileOf('http://extranet.example.org/aparts/', {
    headers: [],
    proxy: { server: proxy.url, userEnv: 'LOAD_USER', passwordEnv: 'LOAD_PASSWORD' },
  });
  // The scripts of `load/` refuse to go there at all.
  const script = join(scratch, 'visit.js');
  writeFileSync(
    script,
    `import http from 'k6/http';
    export default () => console.log('answered ' + http.get('${profile.baseUrl}').status);`,
  );
  expect((await run(script, k6Access(profile, secrets))).said).toContain('answered 200');
  expect(proxy.seen).toEqual([`GET ${profile.baseUrl}`]);
});

test('nothing for a target that stands open', () => {
  expect(k6Access(embedded.profile, {})).toEqual({});
});
