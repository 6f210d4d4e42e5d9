import { basename } from 'node:path';
import { type LoadResults, loadResults } from '../../reports/load-results.ts';
import { judgeLoad } from '../judge/load-verdict.ts';
import type { LedgerRow, LedgerSummary } from '../ledger/ledger.ts';
import { countsOf, factsOf, faultsOf, probesOf, type RunRecord, sumOf } from './account.ts';
import type { Calibration } from './calibration.ts';
import type { LoadOrder } from './order.ts';

type Known = {
  /** The rows of one run, read anew each time: those of all would fill the memory. */
  rowsOf: (run: number) => LedgerRow[];
  records: readonly RunRecord[];
  summary: LedgerSummary;
  calibration: Calibration;
  stopped: string | undefined;
};

/** What a campaign in that folder comes to so far: counts, faults, and the judgement once all runs have come to their end. */
export function resultsOf(
  { folder, order }: { folder: string; order: LoadOrder },
  { rowsOf, records, summary, calibration, stopped }: Known,
): LoadResults {
  const { measure, protocol, arms, perSecond } = order;
  const generator = {
    ...{ plannedPerSecond: perSecond, calibratedPerSecond: calibration.perMinute / 60 },
    own: calibration.own,
  };
  const crossed = records.flatMap((record) => record.crossed);
  const finished = records.length === arms.length;
  // The mails of a run that has not come to its end are not all due.
  const over = new Set(records.map(({ run }) => run));
  const due = <Kept extends { submission: string }>(list: readonly Kept[]) =>
    list.filter(({ submission }) => over.has(Number(/^r(\d+)/.exec(submission)?.[1])));
  const faults = {
    lost: due(summary.lost),
    ...{ doubled: summary.doubled, unexpected: summary.unexpected, crossed },
  };
  const counted = arms.map((_, at) => {
    const rows = rowsOf(at + 1);
    const record = records.find(({ run }) => run === at + 1);
    return {
      counts: countsOf(rows, faultsOf(faults, at + 1)),
      ...(record
        ? { record, probes: probesOf(rows, record.arm), facts: factsOf(rows, record, generator) }
        : {}),
    };
  });
  const judgement = finished
    ? judgeLoad(
        protocol,
        counted.flatMap(({ probes }) => probes ?? []),
        counted.flatMap(({ facts }) => facts ?? []),
      )
    : undefined;
  const wrong = faults.lost.length + faults.doubled.length + faults.unexpected.length + crossed.length > 0;
  return loadResults.parse({
    ...{ version: 1, campaign: basename(folder), startedAt: order.startedAt, finished, generator },
    writtenAt: new Date().toISOString(),
    ...(stopped ? { stopped } : {}),
    ...{ workload: order.workload.name, coupling: order.coupling },
    ...{ compression: measure.factor, agents: measure.agents },
    runs: counted.flatMap(({ record, counts: { visits, mails } }) => {
      if (!record) return [];
      const { run, arm, visitDurations, envoyer } = record;
      return { run, arm, finished: true, visits, mails, visitDurations, ...(envoyer ? { envoyer } : {}) };
    }),
    totals: sumOf(counted.map(({ counts }) => counts)),
    ...faults,
    ...(judgement ? { judgement } : {}),
    exitCode: wrong ? 1 : (judgement?.exitCode ?? 3),
  } satisfies LoadResults);
}
