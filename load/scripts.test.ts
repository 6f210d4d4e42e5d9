import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { demandeForLoad } from '../fixtures/demande.ts';
import { personaOf } from '../fixtures/wire-map.ts';
import { type Embedded, startEmbedded } from '../harness/target/embedded.ts';
import { findK6 } from '../harness/toolchain/k6.ts';
import { runK6 } from '../harness/toolchain/k6-run.ts';
import { embeddedWire } from './wire.ts';

const scripts = ['siret.ts', 'submission.ts', 'journey.ts'];
const pathOf = (script: string) => fileURLToPath(new URL(script, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'guichet-scripts-'));
const servers: Server[] = [];
let k6 = '';
let embedded: Embedded;

// A machine without k6 builds it here: minutes, not seconds.
beforeAll(async () => {
  ({ path: k6 } = await findK6({ log: (line) => process.stdout.write(`${line}\n`) }));
  embedded = await startEmbedded();
}, 600_000);
afterAll(async () => {
  for (const server of servers) server.close();
  await embedded?.close();
  rmSync(folder, { recursive: true });
});

/** Runs a script; answers its exit code and all that it said. */
async function run(script: string, env: Record<string, string>, args: string[] = []) {
  const lines: string[] = [];
  const { exitCode } = await runK6({
    ...{ k6, script: pathOf(script), env, args },
    onLine: (line) => lines.push(line),
  });
  return { exitCode, said: lines.join('\n') };
}

function planOf(personas: readonly unknown[]): string {
  const path = join(folder, `plan-${crypto.randomUUID()}.json`);
  writeFileSync(path, JSON.stringify(personas));
  return path;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const atExtranet = () => ({
  BASE_URL: embedded.profile.baseUrl,
  TEST_TOKEN: embedded.environment.GUICHET_TEST_TOKEN ?? '',
});
const personas = (seed: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `p${index}`,
    ...{ seed, index },
  })).map(({ id, seed, index }) =>
    personaOf(embeddedWire, { id, demande: demandeForLoad({ seed, index, mailDomain: 'exemple.test' }) }),
  );

describe.concurrent.each(scripts)('%s', (script) => {
  it('is accepted by k6 inspect', ({ expect }) => {
    const options = JSON.parse(execFileSync(k6, ['inspect', pathOf(script)], { encoding: 'utf8' }));
    const [scenario] = Object.values(options.scenarios) as { executor: string; maxVUs: number }[];
    expect(scenario).toMatchObject({ executor: 'constant-arrival-rate', maxVUs: 20 });
  });

  it('passes bare on the extranet', async ({ expect }) => {
    const { exitCode, said } = await run(script, atExtranet());
    expect(said).toMatch(/_accepted\.*: 10 /);
    expect(exitCode).toBe(0);
  });

  it('is no silent green when every journey throws', async ({ expect }) => {
    const { exitCode, said } = await run(script, {
      ...atExtranet(),
      PLAN: planOf([{ id: 'a' }, { id: 'b' }]),
    });
    expect(said).toContain('errored: ');
    expect(exitCode).toBe(99);
  });

  it('is no silent green when the iteration throws before its journey', async ({ expect }) => {
    const { exitCode } = await run(script, { ...atExtranet(), PLAN: planOf([true, 7]) });
    expect(exitCode).toBe(99);
  });

  it.for([{ plan: [] }, { plan: [null] }])(
    'is no silent green without samples: %j',
    async ({ plan }, { expect }) => {
      const { exitCode } = await run(script, { ...atExtranet(), PLAN: planOf(plan) });
      expect(exitCode).toBe(99);
    },
  );

  it('refuses a foreign origin before it sends anything', async ({ expect }) => {
    let requests = 0;
    const proxy = await serve((_, answer) => {
      requests += 1;
      answer.end();
    });
    const { exitCode, said } = await run(script, {
      BASE_URL: 'https://example.org',
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
    });
    expect(said).toContain('GUICHET_ORIGIN_REFUSED: BASE_URL');
    expect(exitCode).toBe(107);
    expect(requests).toBe(0);
  });

  it('never follows a redirect to another origin', async ({ expect }) => {
    let strayed = 0;
    const other = await serve((_, answer) => {
      strayed += 1;
      answer.end();
    });
    const BASE_URL = await serve((_, answer) =>
      answer.writeHead(302, { location: `${other}/aparts/creation` }).end(),
    );
    const { exitCode, said } = await run(script, { BASE_URL, PLAN: planOf(personas(1, 1)) });
    expect(said).toContain('which is not followed');
    expect(exitCode).toBe(99);
    expect(strayed).toBe(0);
    // Whatever k6 is told.
    const told = { BASE_URL, PLAN: planOf(personas(1, 1)) };
    await run(script, told, ['--max-redirects', '9']);
    expect(strayed).toBe(0);
  });

  it('tells a target that is not there, once', async ({ expect }) => {
    const { exitCode, said } = await run(script, { BASE_URL: 'http://127.0.0.1:1' });
    expect(said.match(/GUICHET_TARGET_UNREACHABLE/g)).toHaveLength(1);
    expect(exitCode).toBe(108);
  });
});

describe.concurrent('submission.ts with a plan', () => {
  it('reports each demande as one line: accepted, and refused the second time', async ({ expect }) => {
    const log = join(folder, 'outcomes.log');
    const [first, second] = personas(11, 2);
    const plan = [first, second, { ...first, id: 'again' }];
    const { exitCode } = await runK6({
      k6,
      script: pathOf('submission.ts'),
      args: [`--log-output=file=${log}`, '--log-format=raw'],
      env: { ...atExtranet(), PLAN: planOf(plan), OUTCOMES: '1' },
      onLine: () => {},
    });
    const lines = readFileSync(log, 'utf8').split('\n');
    const outcomes = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    expect(outcomes.map(({ id, state, status }) => [id, state, status])).toEqual([
      ['p0', 'accepted', 200],
      ['p1', 'accepted', 200],
      ['again', 'refused', 422],
    ]);
    expect(exitCode).toBe(99);
  });
});
