import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { certified } from './certificate.test-data.ts';
import { embeddedProfile } from './embedded.ts';
import { type Front, startForwardProxy, startGateway } from './front.test-data.ts';
import { openPassage, type Passage } from './passage.ts';
import type { TargetProfile } from './profile.ts';
import { openRequests, type Requests } from './request.ts';

const scratch = mkdtempSync(join(tmpdir(), 'guichet-passage-'));
const { ca, ...tls } = certified('127.0.0.1', 'extranet.example.org');
const caFile = join(scratch, 'ca.pem');
writeFileSync(caFile, ca);
const stranger = join(scratch, 'stranger.pem');
writeFileSync(stranger, certified('127.0.0.1').ca);

let extranet: Server;
let behind = '';
const opened: (Front | Passage | Requests)[] = [];
const later = <T extends Front | Passage | Requests>(each: T): T => {
  opened.push(each);
  return each;
};

beforeAll(async () => {
  extranet = createServer((asked, answer) => {
    const to = new URL(asked.url ?? '', behind).searchParams.get('to');
    if (to) answer.writeHead(302, { location: to });
    answer.end(JSON.stringify(asked.headers));
  });
  await new Promise<void>((resolve) => extranet.listen(0, '127.0.0.1', resolve));
  behind = `http://127.0.0.1:${(extranet.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});
afterAll(() => {
  extranet.close();
  rmSync(scratch, { recursive: true });
});

const profileOf = (origin: string, access: TargetProfile['access']): TargetProfile => ({
  ...embeddedProfile({ extranet: origin }),
  access,
});

test('headers and credentials go to the target and nowhere else', async () => {
  const secrets = { RECETTE_USER: 'qa', RECETTE_PASSWORD: 'geheim', RECETTE_KEY: 'clef' };
  const profile = profileOf(behind, {
    credentials: { userEnv: 'RECETTE_USER', passwordEnv: 'RECETTE_PASSWORD' },
    headers: [
      { name: 'X-Environment', value: 'recette' },
      { name: 'X-Key', valueEnv: 'RECETTE_KEY' },
    ],
  });
  const { send } = later(await openRequests(profile, secrets));
  const told = { 'x-environment': 'recette', 'x-key': 'clef', authorization: 'Basic cWE6Z2VoZWlt' };
  expect(await (await send(`${behind}/aparts/`)).json()).toMatchObject(told);
  const elsewhere = later(await startGateway({ behind }));
  const door = { headers: { 'x-test-token': 'jeton' } };
  for (const url of [`${elsewhere.url}/`, `${behind}/?to=${elsewhere.url}/`]) {
    const seen = await (await send(url, url.includes('?') ? door : {})).json();
    for (const name of [...Object.keys(told), 'x-test-token']) expect(seen).not.toHaveProperty(name);
  }
  await expect(openRequests(profile, { ...secrets, RECETTE_KEY: '' })).rejects.toThrow(
    /^GUICHET_PROFILE_INVALID: access: the environment variable RECETTE_KEY/,
  );
});

test('a redirect to where nothing may go is not followed', async () => {
  const { send } = later(await openRequests(profileOf(behind, undefined), {}));
  await expect(send(`${behind}/?to=https://evil.example.org/`)).rejects.toThrow(
    /^GUICHET_ORIGIN_REFUSED: .* redirects to https:\/\/evil\.example\.org\//,
  );
  expect((await send(`${behind}/?to=/`, { method: 'POST' })).status).toBe(302);
});

test('a host elsewhere is reached through the proxy, by fetch and by node:http, until the target is closed', async () => {
  const hosts = { 'extranet.example.org': Number(new URL(behind).port) };
  const proxy = later(await startForwardProxy({ hosts, authorization: 'Basic dTpw' }));
  const url = 'http://extranet.example.org/aparts/';
  const profile = {
    ...embeddedProfile({ extranet: 'http://extranet.example.org' }),
    ...{ sirets: { kind: 'list' }, maxSubmissions: 1 },
    access: {
      headers: [],
      proxy: { server: proxy.url, userEnv: 'PROXY_USER', passwordEnv: 'PROXY_PASSWORD' },
    },
  } as unknown as TargetProfile;
  const environment = { PROXY_USER: 'u', PROXY_PASSWORD: 'p' };
  await expect(openRequests(profile, environment)).rejects.toThrow(/^GUICHET_ORIGIN_REFUSED: baseUrl/);
  await expect(openPassage(profile, environment)).rejects.toThrow(/^GUICHET_ORIGIN_REFUSED: baseUrl/);
  const permitted = { ...environment, GUICHET_I_MAY: 'http://extranet.example.org' };
  const refused = await openRequests(profile, { ...permitted, PROXY_PASSWORD: 'wrong' });
  await expect(refused.send(url)).rejects.toThrow(/^the proxy .* answered 407$/);
  await refused.close();

  proxy.seen.length = 0;
  const requests = await openRequests(profile, permitted);
  expect((await requests.send(url)).status).toBe(200);
  expect(await new Promise((resolve) => get(url, ({ statusCode }) => resolve(statusCode)))).toBe(200);
  expect(proxy.seen).toEqual(['CONNECT extranet.example.org:80', `GET ${url}`]);
  await expect(fetch('http://evil.example.org/')).rejects.toThrow();
  expect(proxy.seen).toHaveLength(2);
  expect((await fetch(behind)).status).toBe(200);

  await requests.close();
  await expect(fetch(url)).rejects.toThrow();
  expect(proxy.seen).toHaveLength(2);
});

test('an authority of its own is trusted for as long as the target is open', async () => {
  const front = later(await startGateway({ behind, tls }));
  const profile = profileOf(front.url, { headers: [], caFile });
  await expect(fetch(front.url)).rejects.toThrow();
  const requests = await openRequests(profile, {});
  expect((await requests.send(front.url)).status).toBe(200);
  expect(later(await openPassage(profile, {})).browserArguments).toEqual([
    expect.stringMatching(/^--ignore-certificate-errors-spki-list=[\w+/]{43}=$/),
  ]);
  await requests.close();
  // Another, since the connection to the first one is still there.
  const other = later(await startGateway({ behind, tls }));
  await expect(fetch(other.url)).rejects.toThrow();
});

test('a certificate that the authority did not sign opens nothing', async () => {
  const front = later(await startGateway({ behind, tls }));
  const access = { headers: [], caFile: stranger };
  await expect(openPassage(profileOf(front.url, access), {})).rejects.toThrow(
    /^GUICHET_CERTIFICATE_REFUSED: https:\/\/127\.0\.0\.1:\d+ shows a certificate .*\(CERT_SIGNATURE_FAILURE\)/,
  );
  await expect(openPassage(profileOf('https://127.0.0.1:9', { headers: [], caFile }), {})).rejects.toThrow(
    /^GUICHET_TARGET_UNREACHABLE: https:\/\/127\.0\.0\.1:9 cannot be connected to/,
  );
});

test.each([
  ['no-such.pem', /cannot be read \(ENOENT\)/],
  ['key.pem', /holds no certificate/],
])('caFile %s is refused', async (name, message) => {
  writeFileSync(join(scratch, 'key.pem'), tls.key);
  const access = { headers: [], caFile: join(scratch, name) };
  await expect(openPassage(profileOf(behind, access), {})).rejects.toThrow(message);
});
