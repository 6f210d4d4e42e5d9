import { expect, test } from 'vitest';
import { sampleResults } from './results.test-data.ts';
import { findings, needsAttention, replayCommand, wordsOf } from './summary.ts';
import { counted, duration, typeset } from './wording.ts';

const requirement = (id: string) => {
  const found = sampleResults().requirements.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
};

test('checks that say the same are said once, with all their scenarios; the decisive ones first', () => {
  const base = { outcome: 'passed', expected: 'a', observed: 'b' } as const;
  const found = findings({
    ...requirement('SIRET-23'),
    checks: [
      { ...base, scenario: 'one', evidence: ['x'] },
      { ...base, scenario: 'two', evidence: ['x', 'y'] },
      { ...base, outcome: 'failed', scenario: 'two', evidence: [] },
    ],
  });
  expect(found.map(({ outcome, scenarios, evidence }) => [outcome, scenarios, evidence])).toEqual([
    ['failed', ['two'], []],
    ['passed', ['one', 'two'], ['x', 'y']],
  ]);
});

test('an INFO entry is never held against the target', () => {
  expect(needsAttention({ ...requirement('HOME-15'), outcome: 'failed' })).toBe(false);
  expect(needsAttention({ ...requirement('A11Y-01'), outcome: 'failed' })).toBe(true);
});

test('a requirement is named by the words of the procedure, without their Markdown, or by the norm', () => {
  expect(wordsOf(requirement('HOME-03'))).toBe('« ACTIVITÉ PARTIELLE »');
  expect(wordsOf(requirement('SIRET-21'))).toBe("« J'accepte les conditions générales d'utilisation * »");
  expect(wordsOf(requirement('A11Y-01'))).toBe('RGAA 11.1, 11.2');
});

test('the command to replay is safe to paste', () => {
  const results = sampleResults();
  results.campaign.selection = ['SIRET-23', "l'un; rm -rf /"];
  expect(replayCommand(results)).toBe("npx guichet check SIRET-23 'l'\\''un; rm -rf /' --seed 42");
});

test('French numbers, durations and spaces', () => {
  expect([0, 1, 2].map((n) => counted(n, ['exigence', 'exigences']))).toEqual([
    '0 exigence',
    '1 exigence',
    '2 exigences',
  ]);
  expect([849.6, 12_440, 59_980, 125_000].map(duration)).toEqual([
    '850 ms',
    '12,4 s',
    '1 min 00 s',
    '2 min 05 s',
  ]);
  expect(typeset('« oui » : 3 mails ?')).toBe('«\u00a0oui\u00a0»\u00a0: 3\u00a0mails\u00a0?');
});
