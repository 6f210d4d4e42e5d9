import { quantile } from 'simple-statistics';
import type { LoadResults, RunResult } from '../../reports/load-results.ts';
import { statesOf } from '../judge/load-outcomes.ts';
import { type Arm, probeOf, type Run } from '../judge/load-runs.ts';
import type { RunFacts } from '../judge/load-validity.ts';
import type { LedgerRow, LedgerSummary } from '../ledger/ledger.ts';
import type { Crossed } from './inbox.ts';

/** What a run leaves in its folder when it has come to its end. */
export type RunRecord = {
  run: number;
  arm: Arm;
  canariesKept: boolean;
  crossed: Crossed[];
  visitDurations: RunResult['visitDurations'];
  envoyer?: RunResult['envoyer'];
  /** Durations of visits by the instant of the target's clock at which they went. */
  times: { at: string; p50Ms: number; p95Ms: number; p99Ms: number }[];
  /** Files in its folder to which k6 has written its samples. */
  samples?: string[];
};

/** The percentiles of durations in ms; zeros of none. */
export function percentilesOf(durations: readonly number[]): RunResult['visitDurations'] {
  const at = (part: number) => (durations.length > 0 ? quantile([...durations], part) : 0);
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

type Row = Pick<LedgerRow, 'id' | 'planned' | 'mails' | 'state' | 'expects'>;

/** How the ids of a run begin. */
export function beginningOf(run: number): string {
  return `r${String(run).padStart(2, '0')}-`;
}

/** The probes of a run, for the judge. */
export function probesOf(rows: readonly Row[], arm: Arm): Run {
  return { arm, probes: rows.filter(({ id }) => /-p\d+$/.test(id)).map(probeOf) };
}

/** What the judge must know of a run beside its mails. */
export function factsOf(
  rows: readonly Row[],
  { arm, canariesKept }: RunRecord,
  generator: LoadResults['generator'],
): RunFacts {
  const { dropped, planned } = statesOf(rows);
  return {
    arm,
    arrivals: { planned: rows.length, achieved: rows.length - dropped - planned },
    dropped,
    generator: { planned: generator.plannedPerSecond, calibrated: generator.calibratedPerSecond },
    catcherKept: true,
    canariesKept,
    finished: true,
  };
}

type Faults = Pick<LedgerSummary, 'lost' | 'doubled' | 'unexpected'> & { crossed: readonly Crossed[] };

/** Counts of one run. */
export function countsOf(rows: readonly Row[], faults: Faults): LoadResults['totals'] {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    visits: statesOf(rows),
    mails: {
      expected: sum(({ state, expects }) => (state === 'accepted' ? expects.length : 0)),
      received: sum(({ mails }) => mails.length),
      lost: faults.lost.length,
      doubled: faults.doubled.length,
      unexpected: faults.unexpected.length,
      crossed: faults.crossed.length,
    },
  };
}

/** Counts of all runs together. */
export function sumOf(parts: readonly LoadResults['totals'][]): LoadResults['totals'] {
  const total = countsOf([], { lost: [], doubled: [], unexpected: [], crossed: [] });
  for (const { visits, mails } of parts) {
    for (const key of keysOf(visits)) total.visits[key] += visits[key];
    for (const key of keysOf(mails)) total.mails[key] += mails[key];
  }
  return total;
}

function keysOf<Record extends object>(record: Record): (keyof Record)[] {
  return Object.keys(record) as (keyof Record)[];
}

/** The faults of one run. */
export function faultsOf({ lost, doubled, unexpected, crossed }: Faults, run: number): Faults {
  const within = <Kept extends { submission: string }>(list: readonly Kept[]) =>
    list.filter(({ submission }) => submission.startsWith(beginningOf(run)));
  return {
    ...{ lost: within(lost), doubled: within(doubled), unexpected: within(unexpected) },
    crossed: crossed.filter((one) => one.run === run),
  };
}
