import type { LoadCurves } from '../../reports/load-report.ts';
import { type Arm, figuresOf, waitsFor } from '../judge/load-runs.ts';
import { survivalOf } from '../judge/survival.ts';
import type { LedgerRow } from '../ledger/ledger.ts';
import { accountContents } from '../mail/account-mail.ts';
import { probesOf, type RunRecord, rowsOf } from './account.ts';

const hour = 3_600_000;
/** Arrivals are counted by so many hours. */
const bin = 0.5;
const arms = ['baseline', 'load'] as const;

/**
 * What a report draws of a campaign: of the probes of all runs how long each mail was awaited, of each run its figures,
 * and of the first run of each arm its arrivals, its backlog and its durations. Hours are of the target's clock.
 */
export function curvesOf(
  rows: readonly LedgerRow[],
  records: readonly RunRecord[],
  tauHours: number,
): LoadCurves {
  const of = (arm: Arm) => records.filter((record) => record.arm === arm);
  const first = of('load')[0];
  const sent = first ? rowsOf(rows, first.run) : [];
  const start = Math.min(...sent.map(({ planned }) => planned.getTime()));
  return {
    tauHours,
    mails: accountContents.map((kind) => ({
      kind,
      arms: arms.map((arm) => ({
        arm,
        survival: survivalOf(
          waitsFor(
            kind,
            of(arm).flatMap(({ run }) => rowsOf(rows, run).filter(({ id }) => /-p\d+$/.test(id))),
            tauHours,
          ),
        ).map(({ hours, awaited, lower, upper }) => ({ hours, share: awaited, low: lower, high: upper })),
      })),
    })),
    runs: records.map(({ run, arm }) => ({
      ...{ run, arm },
      ...figuresOf(probesOf(rowsOf(rows, run), arm), tauHours),
    })),
    arrivals: {
      planned: perHour(
        sent.map(({ planned }) => planned.getTime()),
        start,
      ),
      achieved: perHour(
        sent
          .filter(({ state }) => state !== 'planned' && state !== 'dropped')
          .map(({ planned }) => planned.getTime()),
        start,
      ),
    },
    backlog: arms.flatMap((arm) => {
      const run = of(arm)[0]?.run;
      return run === undefined ? [] : [{ arm, points: backlogOf(rowsOf(rows, run)) }];
    }),
    times: (first?.times ?? []).map(({ at, ...percentiles }) => ({
      hours: (Date.parse(at) - start) / hour,
      ...percentiles,
    })),
  };
}

function perHour(instants: readonly number[], start: number): { x: number; y: number }[] {
  const counts = new Map<number, number>();
  for (const instant of instants) {
    const at = Math.floor((instant - start) / hour / bin);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const last = Math.max(...counts.keys());
  return Array.from({ length: last + 2 }, (_, at) => ({ x: at * bin, y: (counts.get(at) ?? 0) / bin }));
}

/** How many accepted demandes still await a mail, at each instant at which that changes. */
function backlogOf(rows: readonly LedgerRow[]): { x: number; y: number }[] {
  const start = Math.min(...rows.map(({ planned }) => planned.getTime()));
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
