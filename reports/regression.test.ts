import { expect, test } from 'vitest';
import { regressionOf } from './regression.ts';
import { sampleResults } from './results.test-data.ts';
import type { Outcome, Results } from './results.ts';

const example = sampleResults('green');

function campaign(outcomes: Record<string, Outcome>, { durationMs = 1000, inScope = true } = {}): Results {
  return {
    ...example,
    requirements: example.requirements.map((entry) => ({
      ...entry,
      inScope,
      outcome: outcomes[entry.id] ?? 'passed',
    })),
    scenarios: [{ id: 'a:1', title: 'Un scénario', status: 'passed', durationMs }],
  };
}

test('nothing changed between equal campaigns, whatever small time they took', () => {
  const none = { red: [], green: [], untested: [], slower: [] };
  expect(regressionOf(campaign({}), campaign({}, { durationMs: 1900 }))).toEqual(none);
});

test('what turned red, green or untested is told apart', () => {
  const before = campaign({ 'FORM-10': 'failed', 'FORM-12': 'failed' });
  const after = campaign({
    'FORM-12': 'failed',
    'SIRET-23': 'failed',
    'MAIL-02': 'cantTell',
    'MAIL-03': 'untested',
  });
  const { red, green, untested } = regressionOf(before, after);
  expect(red).toEqual([{ id: 'SIRET-23', level: 'MUST', before: 'passed', after: 'failed' }]);
  expect(green.map(({ id }) => id)).toEqual(['FORM-10']);
  expect(untested.map(({ id }) => id)).toEqual(['MAIL-02', 'MAIL-03']);
});

test('another selection is no regression', () => {
  const { red, untested } = regressionOf(
    campaign({}),
    campaign({ 'SIRET-23': 'untested' }, { inScope: false }),
  );
  expect([...red, ...untested]).toEqual([]);
});

test('a scenario that takes much longer is named', () => {
  const { slower } = regressionOf(campaign({}), campaign({}, { durationMs: 4000 }));
  expect(slower).toEqual([{ scenario: 'Un scénario', before: 1000, after: 4000 }]);
});
