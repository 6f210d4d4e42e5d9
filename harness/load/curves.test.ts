import { expect, test } from 'vitest';
import type { LedgerRow } from '../ledger/ledger.ts';
import type { RunRecord } from './account.ts';
import { curvesOf } from './curves.ts';

const at = (hours: number) => new Date(Date.parse('2026-03-03T08:00:00Z') + hours * 3_600_000);
const kinds = ['identifiant', 'mot-de-passe', 'habilitation'] as const;

/** A probe whose mails come so many hours after it; `null`: never. */
function probe(run: number, index: number, planned: number, hours: readonly (number | null)[]): LedgerRow {
  return {
    ...{ id: `r0${run}-p${index}`, siret: '', courriel: '', planned: at(planned), expects: kinds },
    ...{ state: 'accepted', answered: undefined, detail: undefined },
    mails: kinds.flatMap((kind, which) => {
      const wait = hours[which];
      return wait == null ? [] : [{ id: `${run}${index}${kind}`, kind, received: at(planned + wait) }];
    }),
  };
}

const record = (run: number, arm: RunRecord['arm']): RunRecord => ({
  ...{ run, arm, canariesKept: true, crossed: [] },
  visitDurations: { p50Ms: 1, p95Ms: 2, p99Ms: 3 },
  times: [{ at: at(1).toISOString(), p50Ms: 1, p95Ms: 2, p99Ms: 3 }],
});

const rows = [
  probe(1, 1, 0, [1, 2, 3]),
  probe(1, 2, 1, [1, 2, 4]),
  probe(2, 1, 0, [1, 2, 10]),
  probe(2, 2, 0.25, [1, 2, null]),
];

const rowsOf = (run: number) => rows.filter(({ id }) => id.startsWith(`r0${run}-`));

test('runs, waits, arrivals and backlog are those of the ledger', () => {
  const curves = curvesOf(rowsOf, [record(1, 'baseline'), record(2, 'load')], 48);
  expect(curves.runs).toEqual([
    { run: 1, arm: 'baseline', hours: 3.5, missed: 0 },
    { run: 2, arm: 'load', hours: 29, missed: 0.5 },
  ]);
  const [, loaded] = curves.mails[2]?.arms ?? [];
  expect(loaded?.survival.map(({ hours, share }) => [hours, share])).toEqual([[10, 0.5]]);
  // Two in the first half hour.
  expect(curves.arrivals.planned).toEqual([
    { x: 0, y: 4 },
    { x: 0.5, y: 0 },
  ]);
  expect(curves.arrivals.achieved).toEqual(curves.arrivals.planned);
  expect(curves.backlog).toEqual([
    {
      arm: 'baseline',
      points: [
        { x: 0, y: 1 },
        { x: 1, y: 2 },
        { x: 3, y: 1 },
        { x: 5, y: 0 },
      ],
    },
    {
      arm: 'load',
      // One of them waits for ever.
      points: [
        { x: 0, y: 1 },
        { x: 0.25, y: 2 },
        { x: 10, y: 1 },
      ],
    },
  ]);
  expect(curves.times).toEqual([{ hours: 1, p50Ms: 1, p95Ms: 2, p99Ms: 3 }]);
});

test('of no run there is nothing to draw', () => {
  const curves = curvesOf(() => [], [], 48);
  expect(curves).toMatchObject({ runs: [], backlog: [], times: [], arrivals: { planned: [] } });
});
