import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assemble } from './assemble.ts';
import { type JournalLine, journalName, readJournal } from './journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'guichet-journal-'));
const begin = { kind: 'begin', scenarios: 2 } as const;
const file = 'scenarios/siret.spec.ts:9';
const check: JournalLine = {
  kind: 'check',
  scenario: file,
  id: 'SIRET-23',
  outcome: 'passed',
  expected: 'refus',
  observed: 'refus',
  evidence: [],
};
const scenario = {
  kind: 'scenario',
  id: file,
  title: 'CGU',
  status: 'passed',
  durationMs: 5,
} as const;

function results(journal: readonly JournalLine[]) {
  const facts = {
    id: 'x',
    startedAt: new Date().toISOString(),
    seed: 1,
    strict: false,
    selection: [],
    flags: [],
  };
  const target = { name: 'x', baseUrl: 'http://127.0.0.1/' };
  return assemble(
    [journal],
    { folder, guichet: '0', facts, target, faults: [] },
    { scope: new Set(['SIRET-23']), inapplicable: {}, strict: false },
  );
}

test('a journal that a kill cut in mid-line keeps every whole line', () => {
  const lines = [begin, check].map((line) => JSON.stringify(line));
  writeFileSync(join(folder, journalName), `${lines.join('\n')}\n{"kind":"chec`);
  expect(readJournal(folder)).toEqual([begin, check]);
});

test('no journal is an empty one', () => {
  expect(readJournal(join(folder, 'nowhere'))).toEqual([]);
});

test('a campaign that ended is judged by its checks', () => {
  const { verdict, campaign, scenarios } = results([
    begin,
    check,
    scenario,
    { kind: 'end', interrupted: false },
  ]);
  expect(verdict).toMatchObject({ outcome: 'conform', exitCode: 0 });
  expect(campaign.interrupted).toBe(false);
  expect(scenarios).toHaveLength(1);
});

test('a campaign without its end was killed: partial, and never green', () => {
  const { verdict, campaign } = results([begin, check, scenario]);
  expect(campaign.interrupted).toBe(true);
  expect(verdict).toMatchObject({ outcome: 'inconclusive', exitCode: 3 });
});

test('an aborted scenario, or a bench that did not start, is never green', () => {
  const aborted = { ...scenario, status: 'aborted', error: 'le formulaire ne s’ouvre pas' } as const;
  expect(
    results([begin, check, aborted, { kind: 'end', interrupted: false }]).verdict.reasons.join(),
  ).toContain('le formulaire ne s’ouvre pas');
  expect(results([begin, check, { kind: 'end', interrupted: false, error: 'boum' }]).verdict.exitCode).toBe(
    3,
  );
});
