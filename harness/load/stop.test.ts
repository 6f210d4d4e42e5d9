// How soon the generator is silent: real k6 runs, at a name that only a proxy on loopback knows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demandeForLoad } from '../../fixtures/demande.ts';
import { personaOf } from '../../fixtures/wire-map.ts';
import { embeddedWire } from '../../load/wire.ts';
import { type Embedded, startEmbedded } from '../target/embedded.ts';
import { openRequests } from '../target/request.ts';
import { findK6 } from '../toolchain/k6.ts';
import { k6Access } from '../toolchain/k6-access.ts';
import { type K6End, runK6 } from '../toolchain/k6-run.ts';
import { integrate } from './cap.ts';
import { type Consenting, consentOf, startConsenting } from './consenting.test-data.ts';
import { handOver } from './hand-over.ts';
import { withSpare } from './real-plan.ts';
import { watchLoad } from './watch.ts';

const script = fileURLToPath(new URL('../../load/journey.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'guichet-stop-'));
const stages = [{ fromPerMinute: 300, toPerMinute: 300, seconds: 60 }];
/** Silence is promised within this time, measured or not; an idle machine takes far less (docs/load-safety.md). */
const promiseMs = 10_000;
let k6 = '';
let embedded: Embedded;
let target: Consenting;
let told: Record<string, string>;

beforeAll(async () => {
  ({ path: k6 } = await findK6({ log: (line) => process.stdout.write(`${line}\n`) }));
  embedded = await startEmbedded();
  const personas = Array.from({ length: 300 }, (_, index) =>
    personaOf(embeddedWire, {
      id: `p${index}`,
      demande: demandeForLoad({ seed: Date.now(), index, mailDomain: 'guichet.test' }),
    }),
  );
  const run = { wire: embeddedWire, stages: withSpare(stages), atOnce: 20, mailDomain: 'guichet.test' };
  told = handOver(folder, run, personas);
}, 600_000);
afterAll(async () => {
  await embedded?.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  target = await startConsenting(embedded);
  // All that is planned: the arrivals to spare send nothing.
  target.consent = consentOf({ rate: 300, total: 300 });
});
afterEach(async () => await target.close());

type Ended = K6End & { said: string };

/** k6 as a person starts it. */
async function bare(
  env: Record<string, string> = {},
  { signal, args = [] }: { signal?: AbortSignal; args?: string[] } = {},
): Promise<Ended> {
  const lines: string[] = [];
  const end = await runK6({
    ...{ k6, script, args, onLine: (line: string) => lines.push(line) },
    ...(signal ? { signal } : {}),
    env: {
      ...k6Access(target.profile, target.environment),
      ...{ BASE_URL: target.profile.baseUrl, GUICHET_I_MAY: target.origin, ...told },
      TEST_TOKEN: embedded.environment.GUICHET_TEST_TOKEN ?? '',
      ...env,
    },
  });
  return { ...end, said: lines.join('\n') };
}

/** Lets it run, makes `happens` happen, and tells how long requests came after that, in ms. */
async function silenceAfter(running: Promise<Ended>, happens: () => void) {
  await expect.poll(() => target.requests.length, { timeout: 15_000 }).toBeGreaterThan(20);
  const at = Date.now();
  happens();
  const end = await running;
  const last = target.requests.at(-1) ?? 0;
  const ms = Math.max(0, last - at);
  process.stdout.write(`silent after ${ms} ms, ended after ${Date.now() - at} ms\n`);
  return { ...end, ms };
}

describe('bare k6', () => {
  it.each([
    ['without a permit', { GUICHET_I_MAY: '' }, 107, 'GUICHET_ORIGIN_REFUSED'],
    ['with a permit for another port', { GUICHET_I_MAY: 'http://recette.example.org:81' }, 107, 'ORIGIN'],
    [
      'at a government domain',
      { BASE_URL: 'https://x.gouv.fr', GUICHET_I_MAY: 'https://x.gouv.fr' },
      107,
      'government',
    ],
    ['with invented SIRETs', { PLAN: '' }, 107, 'the SIRETs are invented'],
  ])('%s sends nothing', async (_, env, exitCode, why) => {
    expect(await bare(env)).toMatchObject({ exitCode, said: expect.stringContaining(why) });
    expect([target.requests.length, target.consentRequests]).toEqual([0, 0]);
  });

  it.each([
    ['without a consent file', undefined, 'it answers 404'],
    ['over the rate of the consent', consentOf({ rate: 299 }), '300 a minute are asked, 299 allowed'],
    ['over its total', consentOf({ total: 299 }), '300 in all are asked, 299 allowed'],
    [
      'for longer than it lasts',
      consentOf({ expires: new Date(Date.now() + 30_000).toISOString() }),
      'expires at',
    ],
  ])('%s sends nothing', async (_, consent, why) => {
    target.consent = consent;
    expect(await bare()).toMatchObject({ exitCode: 108, said: expect.stringContaining(why) });
    expect(target.requests).toEqual([]);
    expect(target.consentRequests).toBe(1);
  });

  it('whose flags replace the plan sends nothing', async () => {
    const end = await bare({}, { args: ['--vus', '3', '--duration', '9s'] });
    expect(end).toMatchObject({ exitCode: 108, said: expect.stringContaining('replace the plan') });
    expect([target.requests.length, target.consentRequests]).toEqual([0, 0]);
  });

  it('is silent soon after the consent is withdrawn', async () => {
    const { exitCode, said, ms } = await silenceAfter(bare(), () => {
      target.consent = undefined;
    });
    expect(said).toContain('GUICHET_CONSENT_REFUSED');
    expect(exitCode).toBe(108);
    expect(ms).toBeLessThan(promiseMs);
  });

  it.each(['503', 'maintenance'] as const)(
    'is silent soon after the target answers with %s',
    async (state) => {
      const { exitCode, said, ms } = await silenceAfter(bare(), () => {
        target.state = state;
      });
      expect(said).toContain('GUICHET_LOAD_STOPPED');
      expect(exitCode).toBe(108);
      expect(ms).toBeLessThan(promiseMs);
    },
  );
});

describe('under the watch', () => {
  it('is silent soon after the consent is withdrawn', async () => {
    const requests = await openRequests(target.profile, target.environment);
    const watch = watchLoad({ profile: target.profile, requests, demand: integrate(stages) });
    const { exitCode, ms } = await silenceAfter(bare({}, { signal: watch.signal }), () => {
      target.consent = undefined;
    });
    expect(watch.signal.reason).toMatchObject({ code: 'GUICHET_CONSENT_REFUSED' });
    // Of k6's own watch or of ours, whichever came first.
    expect([105, 108, null]).toContain(exitCode);
    expect(ms).toBeLessThan(promiseMs);
    await watch.close();
    await requests.close();
  });
});
