import { describe, expect, test } from 'vitest';
import type { Check, Outcome } from '../../reports/results.ts';
import { resultsOf, type Terms, verdictOf } from './conformity.ts';

const terms: Terms = {
  scope: new Set(['SIRET-23', 'SIRET-16']),
  inapplicable: {},
  strict: false,
  faults: [],
};

function judged(outcomes: Record<string, Outcome[]>, given: Partial<Terms> = {}) {
  const checks = new Map<string, Check[]>(
    Object.entries(outcomes).map(([id, all]) => [
      id,
      all.map((outcome) => ({ scenario: 'x', outcome, expected: '', observed: '', evidence: [] })),
    ]),
  );
  const all = { ...terms, ...given };
  const requirements = resultsOf(checks, all);
  return { requirements, verdict: verdictOf(requirements, all) };
}

describe('the outcome of a requirement is the worst of its checks', () => {
  test.each([
    [['passed', 'passed'], 'passed'],
    [['passed', 'failed', 'cantTell'], 'failed'],
    [['passed', 'cantTell'], 'cantTell'],
    [[], 'untested'],
  ] as const)('%j: %s', (outcomes, worst) => {
    const { requirements } = judged({ 'SIRET-23': [...outcomes] });
    expect(requirements.find(({ id }) => id === 'SIRET-23')?.outcome).toBe(worst);
  });
});

// SIRET-23 is a MUST, SIRET-16 a SHOULD.
describe('the verdict', () => {
  test.each([
    ['all passed', { 'SIRET-23': ['passed'], 'SIRET-16': ['passed'] }, {}, 'conform', 0],
    ['a failed SHOULD only warns', { 'SIRET-23': ['passed'], 'SIRET-16': ['failed'] }, {}, 'conform', 0],
    [
      'a failed SHOULD under --strict',
      { 'SIRET-23': ['passed'], 'SIRET-16': ['failed'] },
      { strict: true },
      'not-conform',
      1,
    ],
    ['a failed MUST', { 'SIRET-23': ['failed'], 'SIRET-16': ['passed'] }, {}, 'not-conform', 1],
    [
      'a failed MUST outranks a fault of the run',
      { 'SIRET-23': ['failed'] },
      { faults: ['x'] },
      'not-conform',
      1,
    ],
    ['an untested MUST', { 'SIRET-16': ['passed'] }, {}, 'inconclusive', 3],
    [
      'a MUST that could not be told',
      { 'SIRET-23': ['cantTell'], 'SIRET-16': ['passed'] },
      {},
      'inconclusive',
      3,
    ],
    ['an untested SHOULD', { 'SIRET-23': ['passed'] }, {}, 'conform', 0],
    ['an untested SHOULD under --strict', { 'SIRET-23': ['passed'] }, { strict: true }, 'inconclusive', 3],
    [
      'a fault of the run',
      { 'SIRET-23': ['passed'], 'SIRET-16': ['passed'] },
      { faults: ['x'] },
      'inconclusive',
      3,
    ],
    ['an empty scope', { 'SIRET-23': ['passed'] }, { scope: new Set<string>() }, 'inconclusive', 3],
    [
      'everything inapplicable',
      {},
      { inapplicable: { 'SIRET-23': 'no CGU here', 'SIRET-16': 'no picture here' } },
      'inconclusive',
      3,
    ],
    [
      'an inapplicable MUST leaves the denominator',
      { 'SIRET-16': ['passed'] },
      { inapplicable: { 'SIRET-23': 'no CGU here' } },
      'conform',
      0,
    ],
  ] as [string, Record<string, Outcome[]>, Partial<Terms>, string, number][])(
    '%s',
    (_what, outcomes, given, outcome, exitCode) => {
      expect(judged(outcomes, given).verdict).toMatchObject({ outcome, exitCode });
    },
  );

  test('counts by level within the scope', () => {
    const { verdict } = judged({ 'SIRET-23': ['failed'], 'SIRET-27': ['passed'] });
    expect(verdict.counts.MUST).toEqual({ passed: 0, failed: 1, cantTell: 0, inapplicable: 0, untested: 0 });
    expect(verdict.counts.SHOULD.untested).toBe(1);
  });
});
