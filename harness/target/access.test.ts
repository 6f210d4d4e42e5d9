import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certified } from './certificate.test-data.ts';
import { type Embedded, startEmbedded } from './embedded.ts';
import { type Front, startForwardProxy, startGateway } from './front.test-data.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'guichet-access-'));
let embedded: Embedded;
let extranet = '';
const fronts: Front[] = [];
const front = <T extends Front>(each: T): T => {
  fronts.push(each);
  return each;
};

beforeAll(async () => {
  embedded = await startEmbedded();
  extranet = new URL(embedded.profile.baseUrl).origin;
});
afterAll(async () => {
  for (const each of fronts) await each.close();
  await embedded.close();
  rmSync(scratch, { recursive: true });
});

/** The profile of the running extranet, reached at another origin. */
function profile(name: string, origin: string, change: object): string {
  const path = join(scratch, name);
  const text = JSON.stringify(embedded.profile).replaceAll(extranet, origin);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(text), ...change }));
  return path;
}

/** A whole demande through the real CLI: a page, the form, its POST, the doors, the mails. */
async function check(args: string[], secrets: Record<string, string> = {}) {
  const env = { ...process.env, NO_COLOR: '1', ...embedded.environment, ...secrets };
  const child = spawn(
    process.execPath,
    ['harness/cli.ts', 'check', 'HOME-01', 'SIRET-27', '--target', ...args],
    {
      cwd: root,
      env,
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const report = /^Rapport : (.+)report\.html$/m.exec(said)?.[1];
  return { status, said, folder: report ? join(root, report) : '' };
}

const green = { status: 0, said: expect.stringContaining('2 passed, 0 failed, 0 untested of 2 MUST') };

describe('guichet check', { timeout: 240_000 }, () => {
  test('through a gateway that wants credentials and headers, over TLS with an authority of its own', async () => {
    const { ca, ...tls } = certified('127.0.0.1');
    writeFileSync(join(scratch, 'authority.pem'), ca);
    const requires = {
      authorization: `Basic ${Buffer.from('recette:Sesame-2026').toString('base64')}`,
      'x-environment': 'integration',
      'x-api-key': 'clef-du-mandataire',
    };
    const gateway = front(await startGateway({ behind: extranet, requires, tls }));
    const access = {
      credentials: { userEnv: 'RECETTE_USER', passwordEnv: 'RECETTE_PASSWORD' },
      headers: [
        { name: 'X-Environment', value: 'integration' },
        { name: 'X-Api-Key', valueEnv: 'RECETTE_KEY' },
      ],
    };
    const secrets = {
      RECETTE_USER: 'recette',
      RECETTE_KEY: 'clef-du-mandataire',
      RECETTE_PASSWORD: 'Sesame-2026',
    };
    const distrusted = profile('distrusted.json', gateway.url, { access });
    const trusted = profile('trusted.json', gateway.url, { access: { ...access, caFile: 'authority.pem' } });
    for (const [path, given, status, said] of [
      [distrusted, secrets, 3, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
      [trusted, { ...secrets, RECETTE_PASSWORD: '' }, 2, 'the environment variable RECETTE_PASSWORD'],
      [trusted, { ...secrets, RECETTE_PASSWORD: 'wrong' }, 3, 'answered 401'],
    ] as const) {
      expect(await check([path], given)).toMatchObject({ status, said: expect.stringContaining(said) });
    }
    expect(await check([trusted], secrets)).toMatchObject(green);
    expect(gateway.seen.filter((line) => line.startsWith('without x-'))).toEqual([]);
    expect(gateway.seen.some((line) => line.startsWith('POST /aparts/creation/compte'))).toBe(true);
  });

  test('at a host elsewhere, through an enterprise’s proxy, once it is permitted', async () => {
    const hosts = { 'extranet.example.org': Number(new URL(extranet).port) };
    const authorization = `Basic ${Buffer.from('agent:Sesame-2026').toString('base64')}`;
    const proxy = front(await startForwardProxy({ hosts, authorization }));
    const origin = 'http://extranet.example.org';
    const path = profile('elsewhere.json', origin, {
      access: { proxy: { server: proxy.url, userEnv: 'PROXY_USER', passwordEnv: 'PROXY_PASSWORD' } },
      sirets: { kind: 'list', available: ['73282932000074'] },
      maxSubmissions: 1,
    });
    const secrets = { PROXY_USER: 'agent', PROXY_PASSWORD: 'Sesame-2026' };
    // A permit of the shell is Playwright's; the command wants its flag.
    expect(await check([path], { ...secrets, GUICHET_I_MAY: origin })).toMatchObject({
      status: 2,
      said: expect.stringContaining(`--i-may ${origin}`),
    });
    expect(await check([path, '--i-may', `${origin}:8080`], secrets)).toMatchObject({ status: 2 });
    expect(proxy.seen).toEqual([]);

    const { folder, ...judged } = await check([path, '--i-may', origin], secrets);
    expect(judged).toMatchObject(green);
    expect(proxy.seen.some((line) => line === `POST ${origin}/aparts/creation/compte`)).toBe(true);
    expect(proxy.seen.filter((line) => !line.includes('extranet.example.org'))).toEqual([]);
    const results = readFileSync(join(folder, 'results.json'), 'utf8');
    expect(JSON.parse(results).campaign.flags).toEqual(['--target', path, '--i-may', origin]);
  });
});
