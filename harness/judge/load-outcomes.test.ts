import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLedger } from '../ledger/ledger.ts';
import { readOutcomes, recordOutcomes } from './load-outcomes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-outcomes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = '2026-03-03T08:00:00.000Z';
const line = (id: string, state: string) =>
  JSON.stringify({ id, state, status: state === 'errored' ? 0 : 200, detail: 'ENVOYER', at, durationMs: 12 });

it('reads outcomes, sets k6’s own words apart, and drops a torn line', () => {
  const log = join(folder, 'k6.log');
  writeFileSync(
    log,
    `seed 3\n${line('1', 'accepted')}\nthresholds crossed\n\n${line('2', 'refused').slice(0, 30)}`,
  );
  const { outcomes, said } = readOutcomes(log);
  expect(outcomes.map(({ id, state }) => [id, state])).toEqual([['1', 'accepted']]);
  expect(said).toEqual(['seed 3', 'thresholds crossed']);
  expect(readOutcomes(join(folder, 'none'))).toEqual({ outcomes: [], said: [] });
});

it.each([
  ['dropped', { exitCode: 99, signal: null }],
  ['unknown', { exitCode: null, signal: 'SIGKILL' as const }],
  ['unknown', { exitCode: 105, signal: null }],
])('takes a submission without an outcome for %s when k6 ended with %j', (state, end) => {
  const ledger = openLedger(join(folder, 'ledger.sqlite'));
  try {
    ledger.plan(
      ['1', '2', '3'].map((id) => ({
        id,
        siret: `${id}`,
        courriel: `${id}@guichet.test`,
        planned: new Date(at),
      })),
    );
    writeFileSync(
      join(folder, 'k6.log'),
      `${line('1', 'accepted')}\n${line('3', 'errored')}\n${line('1', 'errored')}\n`,
    );
    recordOutcomes(ledger, readOutcomes(join(folder, 'k6.log')).outcomes, end, new Date(at));
    expect(ledger.rows().map((row) => [row.state, row.detail])).toEqual([
      ['accepted', undefined],
      [state, undefined],
      ['errored', 'ENVOYER (0)'],
    ]);
  } finally {
    ledger.close();
  }
});
