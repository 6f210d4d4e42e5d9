import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../../fixtures/stages.ts';
import type { Persona } from '../../fixtures/wire-map.ts';
import { GuichetError } from '../errors.ts';
import { runK6 } from '../toolchain/k6-run.ts';
import { readSummary } from '../toolchain/k6-summary.ts';
import { handOver } from './hand-over.ts';
import { startNoop } from './noop.ts';
import { stoppedByOperator } from './stopped.ts';

/** What the generator can do here, and what it adds to what it times. */
export type Calibration = {
  /** Whole visits a minute at most, and their requests a second. */
  perMinute: number;
  requestsPerSecond: number;
  /** What a request to an endpoint that does nothing takes at the planned rate, in ms. */
  own: { p95Ms: number; p99Ms: number };
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Calibrates the generator: the journey script visits a server that does nothing, in its own process on this machine, for
 * `seconds` as fast as it goes, then as long at the highest rate of the plan. `personas`: some of the plan. Throws
 * `GUICHET_LOAD_STOPPED` when the operator stops it, `GUICHET_LOAD_INVALID` when it does not come to an end in order, and
 * `GUICHET_K6_MISSING`.
 */
export async function calibrate({
  k6,
  run,
  personas,
  seconds = 3,
  signal,
}: {
  k6: string;
  run: Run;
  personas: readonly Persona[];
  seconds?: number;
  signal?: AbortSignal;
}): Promise<Calibration> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-calibration-'));
  await using defer = new AsyncDisposableStack();
  defer.defer(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startNoop(run.wire);
  defer.defer(() => server.close());

  const summary = join(folder, 'summary.json');
  const whole = personas.filter(({ leaves }) => !leaves).slice(0, 100);
  const said: string[] = [];
  const end = await runK6({
    ...{ k6, script: here('../../load/calibration.ts') },
    args: [
      `--log-output=file=${join(folder, 'k6.log')}`,
      ...['--log-format=raw', `--summary-export=${summary}`],
    ],
    env: {
      ...handOver(folder, { ...run, wire: server.wire }, whole),
      ...{ BASE_URL: server.url, OUTCOMES: '1', SECONDS: String(seconds) },
    },
    onLine: (line) => said.push(line),
    ...(signal ? { signal } : {}),
  });
  if (signal?.aborted) throw stoppedByOperator();
  if (end.exitCode !== 0) {
    throw new GuichetError(
      'GUICHET_LOAD_INVALID',
      `The calibration ended with ${end.exitCode ?? end.signal}: ${lastWord(folder) ?? said.at(-1) ?? ''}.`,
      'Calibrate again; nothing was sent to the target.',
    );
  }
  const read = readSummary(summary);
  const { p95Ms, p99Ms } = read.durations('http_req_duration{scenario:open}');
  return {
    perMinute: (read.count('iterations{scenario:closed}') / seconds) * 60,
    requestsPerSecond: read.count('http_reqs{scenario:closed}') / seconds,
    own: { p95Ms, p99Ms },
  };
}

/** How much of the calibrated rate a plan takes at its highest; above half of it, the generator is saturated. */
export function saturationOf(
  { perMinute }: Calibration,
  plannedPerMinute: number,
): { share: number; saturated: boolean } {
  const share = perMinute > 0 ? plannedPerMinute / perMinute : Number.POSITIVE_INFINITY;
  return { share, saturated: share > 0.5 };
}

/** What part of measured percentiles is the generator's own, from 0 to 1. */
export function ownPart(
  { own }: Calibration,
  measured: { p95Ms: number; p99Ms: number },
): { p95: number; p99: number } {
  const part = (ours: number, all: number) => (all > 0 ? Math.min(1, ours / all) : 1);
  return { p95: part(own.p95Ms, measured.p95Ms), p99: part(own.p99Ms, measured.p99Ms) };
}

function lastWord(folder: string): string | undefined {
  try {
    const lines = readFileSync(join(folder, 'k6.log'), 'utf8').split('\n');
    return lines.filter((line) => line.trim() && !line.includes('"state":"accepted"')).at(-1);
  } catch {
    return undefined;
  }
}
