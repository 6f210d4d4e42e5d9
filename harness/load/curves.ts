import type { LoadCurves } from '../../reports/load-report.ts';
import { type Arm, figuresOf, waitsFor } from '../judge/load-runs.ts';
import { survivalOf } from '../judge/survival.ts';
import type { LedgerRow } from '../ledger/ledger.ts';
import { accountContents } from '../mail/account-mail.ts';
import { probesOf, type RunRecord } from './account.ts';

const hour = 3_600_000;
/** Arrivals are counted by so many hours. */
const bin = 0.5;
const arms = ['baseline', 'load'] as const;

/**
 * What a report draws of a campaign: of the probes of all runs how long each mail was awaited, of each run its figures,
 * and of the first run of each arm its arrivals, its backlog and its durations. Hours are of the target's clock.
 */
export function curvesOf(
  rowsOf: (run: number) => readonly LedgerRow[],
  records: readonly RunRecord[],
  tauHours: number,
): LoadCurves {
  const first = (arm: Arm) => records.find((record) => record.arm === arm);
  // The rows of one run at a time: those of all would fill the memory.
  const seen = records.map((record) => {
    const { run, arm } = record;
    const rows = rowsOf(run);
    const probes = rows.filter(({ id }) => /-p\d+$/.test(id));
    return {
      ...{ run, arm },
      waits: accountContents.map((kind) => waitsFor(kind, probes, tauHours)),
      figures: figuresOf(probesOf(rows, arm), tauHours),
      ...(record === first(arm) ? { backlog: backlogOf(rows) } : {}),
      ...(record === first('load') ? arrivalsOf(rows) : {}),
    };
  });
  const loaded = seen.find(({ arrivals }) => arrivals);
  return {
    tauHours,
    mails: accountContents.map((kind, at) => ({
      kind,
      arms: arms.map((arm) => ({
        arm,
        survival: survivalOf(seen.flatMap(({ arm: of, waits }) => (of === arm ? (waits[at] ?? []) : []))).map(
          ({ hours, awaited, lower, upper }) => ({ hours, share: awaited, low: lower, high: upper }),
        ),
      })),
    })),
    runs: seen.map(({ run, arm, figures }) => ({ run, arm, ...figures })),
    arrivals: loaded?.arrivals ?? { planned: [], achieved: [] },
    backlog: arms.flatMap((arm) => {
      const points = seen.find((one) => one.arm === arm && one.backlog)?.backlog;
      return points ? [{ arm, points }] : [];
    }),
    times: (first('load')?.times ?? []).map(({ at, ...percentiles }) => ({
      hours: (Date.parse(at) - (loaded?.start ?? 0)) / hour,
      ...percentiles,
    })),
  };
}

function arrivalsOf(rows: readonly LedgerRow[]) {
  const start = startOf(rows);
  const instants = (some: readonly LedgerRow[]) => some.map(({ planned }) => planned.getTime());
  const sent = rows.filter(({ state }) => state !== 'planned' && state !== 'dropped');
  return {
    start,
    arrivals: { planned: perHour(instants(rows), start), achieved: perHour(instants(sent), start) },
  };
}

/** Rows are in the order of their planned instants. */
function startOf(rows: readonly LedgerRow[]): number {
  return rows[0]?.planned.getTime() ?? 0;
}

function perHour(instants: readonly number[], start: number): { x: number; y: number }[] {
  const counts = new Map<number, number>();
  for (const instant of instants) {
    const at = Math.floor((instant - start) / hour / bin);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const last = [...counts.keys()].reduce((most, at) => Math.max(most, at));
  return Array.from({ length: last + 2 }, (_, at) => ({ x: at * bin, y: (counts.get(at) ?? 0) / bin }));
}

/** How many accepted demandes still await a mail, at each instant at which that changes. */
function backlogOf(rows: readonly LedgerRow[]): { x: number; y: number }[] {
  const start = startOf(rows);
  const steps = rows
    .filter(({ state, expects }) => state === 'accepted' && expects.length > 0)
    .flatMap(({ planned, expects, mails }) => {
      const came = expects.map((kind) => mails.find((mail) => mail.kind === kind)?.received.getTime());
      const last = came.includes(undefined) ? [] : [Math.max(...came.map(Number))];
      return [{ at: planned.getTime(), by: 1 }, ...last.map((at) => ({ at, by: -1 }))];
    })
    .sort((a, b) => a.at - b.at);
  let waiting = 0;
  return steps.map(({ at, by }) => {
    waiting += by;
    return { x: (at - start) / hour, y: waiting };
  });
}
