// What the journey makes of a target that fails: who begins anew, what is never sent again, what ends the run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demandeForLoad } from '../fixtures/demande.ts';
import type { Stage } from '../fixtures/stages.ts';
import { type Persona, personaOf, type WireMap } from '../fixtures/wire-map.ts';
import { handOver } from '../harness/load/hand-over.ts';
import { type Embedded, startEmbedded } from '../harness/target/embedded.ts';
import { pass } from '../harness/target/front.test-data.ts';
import { findK6 } from '../harness/toolchain/k6.ts';
import { runK6 } from '../harness/toolchain/k6-run.ts';
import { embeddedWire } from './wire.ts';

const script = fileURLToPath(new URL('journey.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'guichet-journey-'));
const steady: Stage[] = [{ fromPerMinute: 120, toPerMinute: 120, seconds: 1 }];
let k6 = '';
let embedded: Embedded;
let front: Server;
let url = '';
/** What becomes of a request: a status, no answer (`lost`: after it has arrived), one after a second, or what the extranet says. */
let fault: (request: string) => number | 'cut' | 'lost' | 'slow' | undefined = () => undefined;
let seen: string[] = [];
let posted: string[] = [];

beforeAll(async () => {
  ({ path: k6 } = await findK6({ log: (line) => process.stdout.write(`${line}\n`) }));
  embedded = await startEmbedded();
  const { origin } = new URL(embedded.profile.baseUrl);
  front = createServer((asked, answer) => {
    const line = `${asked.method} ${asked.url}`;
    seen.push(line);
    asked.on('data', (chunk) => posted.push(String(chunk)));
    const wrong = fault(line);
    if (typeof wrong === 'number') return void answer.writeHead(wrong).end();
    if (wrong === 'cut') return void asked.socket.destroy();
    if (wrong === 'lost') {
      const { socket } = asked;
      answer.writeHead = () => {
        socket.destroy();
        return answer;
      };
    }
    const to = new URL(asked.url ?? '/', origin);
    if (wrong === 'slow') setTimeout(() => pass(asked, answer, to), 1000);
    else pass(asked, answer, to);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
}, 600_000);
afterAll(async () => {
  front?.close();
  front?.closeAllConnections();
  await embedded?.close();
  rmSync(folder, { recursive: true });
});

let drawn = 0;
const person = (more: Partial<Persona> = {}): Persona => {
  const demande = demandeForLoad({ seed: 77, index: drawn++, mailDomain: 'guichet.test' });
  return { ...personaOf(embeddedWire, { id: 'p', demande }), ...more };
};

async function visit(
  personas: Persona[],
  wrong: typeof fault,
  stages = steady,
  wire: WireMap = embeddedWire,
) {
  fault = wrong;
  seen = [];
  posted = [];
  const log = join(folder, `${crypto.randomUUID()}.log`);
  const { exitCode } = await runK6({
    ...{ k6, script, onLine: () => {} },
    args: [`--log-output=file=${log}`, '--log-format=raw'],
    env: {
      ...handOver(folder, { wire, stages, atOnce: 5, mailDomain: 'guichet.test' }, personas),
      BASE_URL: url,
      TEST_TOKEN: embedded.environment.GUICHET_TEST_TOKEN ?? '',
      OUTCOMES: '1',
    },
  });
  const outcomes = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .map(({ state, status, detail }) => `${state} ${status} ${detail}`);
  return { exitCode, outcomes };
}

const homes = () => seen.filter((line) => line === 'GET /aparts/').length;
const sent = () => seen.filter((line) => line === 'POST /aparts/creation/compte').length;

/** Fails so many requests of a kind. */
const times = (count: number, line: string, what: number | 'cut' | 'lost'): typeof fault => {
  let left = count;
  return (request) => (request === line && left-- > 0 ? what : undefined);
};

it('begins anew as often as the persona does, as a newcomer', async () => {
  const failing = times(2, 'POST /aparts/creation', 500);
  expect(await visit([person({ retries: 2 })], failing)).toEqual({
    ...{ exitCode: 0, outcomes: ['accepted 200 ENVOYER'] },
  });
  expect([homes(), sent()]).toEqual([3, 1]);
});

it('gives up when the persona does, and ends as no green', async () => {
  const failing = times(9, 'GET /aparts/creation', 502);
  expect(await visit([person({ retries: 1 })], failing)).toEqual({
    ...{ exitCode: 99, outcomes: ['errored 502 SIRET: ended on /aparts/creation'] },
  });
  expect(homes()).toBe(2);
});

it.each(['cut', 'lost'] as const)('never sends again what had no answer: %s', async (how) => {
  const failing = times(1, 'POST /aparts/creation/compte', how);
  const { exitCode, outcomes } = await visit([person({ retries: 3 })], failing);
  expect(outcomes).toEqual([expect.stringMatching(/^unknown 0 ENVOYER: /)]);
  expect([exitCode, sent()]).toEqual([99, 1]);
});

it.each([503, 429])('ends at the first %i', async (status) => {
  const failing = times(1, 'GET /aparts/', status);
  const { exitCode, outcomes } = await visit([person({ retries: 3 }), person(), person()], failing);
  expect(outcomes[0]).toBe(`errored ${status} accueil: ended on /aparts/`);
  expect([exitCode, sent()]).toEqual([108, 0]);
});

it.each([
  [{ kind: 'fixed', answer: 'à 1&2' }, 'code=%C3%A0%201%262&'],
  [{ kind: 'none' }, 'code=&'],
] as const)('types the code that a target has, and asks no door for it: %j', async (code, said) => {
  const wire = { ...embeddedWire, code };
  const { outcomes } = await visit([person()], () => undefined, steady, wire);
  // The extranet wants another one.
  expect(outcomes).toEqual(['refused 422 VALIDER']);
  expect(posted).toEqual([expect.stringContaining(said)]);
  expect(seen).not.toContain('GET /_test/code');
});

it('sends nothing for an arrival more than planned', async () => {
  const planned = await visit([person()], () => undefined, [
    { fromPerMinute: 300, toPerMinute: 300, seconds: 1 },
  ]);
  expect(planned).toEqual({ exitCode: 0, outcomes: ['accepted 200 ENVOYER'] });
  expect(homes()).toBe(1);
});

it('is no green when an arrival finds no room', async () => {
  const rush = [{ fromPerMinute: 1200, toPerMinute: 1200, seconds: 1 }];
  const ten = Array.from({ length: 10 }, () => person({ leaves: 'home' }));
  const { exitCode, outcomes } = await visit(ten, () => 'slow', rush);
  expect(exitCode).toBe(99);
  expect(outcomes.length).toBeLessThan(10);
});

it('goes through stages as k6 does, jumps included', () => {
  const stages = [
    { fromPerMinute: 0, toPerMinute: 90.5, seconds: 1.5 },
    { fromPerMinute: 30, toPerMinute: 30, seconds: 60 },
  ];
  const { RUN = '' } = handOver(
    folder,
    { wire: embeddedWire, stages, atOnce: 7, mailDomain: 'guichet.test' },
    [],
  );
  const said = execFileSync(k6, ['inspect', '--env', `RUN=${RUN}`, script], { encoding: 'utf8' });
  expect(JSON.parse(said).scenarios.visits).toMatchObject({
    ...{ executor: 'ramping-arrival-rate', startRate: 0, timeUnit: '1h0m0s', maxVUs: 7 },
    stages: [
      { target: 5430, duration: '1.5s' },
      { target: 1800, duration: '0s' },
      { target: 1800, duration: '1m0s' },
    ],
  });
});
