import { expect, test } from 'vitest';
import { attributionOf, falseAlarmsOf, faultResult, surfaceOf, verdictOf } from './findings.ts';
import type { PlayedRun } from './journal.ts';

const finding = (id: string) => ({ id, observed: 'x' });
function run(changes: Partial<PlayedRun> = {}): PlayedRun {
  return { key: 'k', scenario: 'a', red: [], cantTell: [], checked: [], durationMs: 1, ...changes };
}
const fault = { name: 'f', breaks: ['SIRET-23'] };
const quiet = { faults: [], falseAlarms: [], network: [], played: 1, interrupted: false };

test('caught is a named requirement that turned red, in any of the runs', () => {
  const runs = [run({ red: [finding('FORM-75')] }), run({ red: [finding('SIRET-23')] })];
  expect(faultResult(fault, { dead: false, runs })).toMatchObject({
    red: ['FORM-75', 'SIRET-23'],
    caught: true,
  });
  expect(faultResult(fault, { dead: false, runs: [run({ red: [finding('FORM-75')] })] }).caught).toBe(false);
  expect(faultResult(fault, { dead: false, runs: [run({ cantTell: [finding('SIRET-23')] })] }).caught).toBe(
    false,
  );
});

test('attribution counts each red requirement once for its fault', () => {
  const runs = [
    run({ fault: 'f', red: [finding('SIRET-23'), finding('FORM-10')] }),
    run({ fault: 'f', scenario: 'b', red: [finding('SIRET-23')] }),
    run({ fault: 'g', red: [finding('HOME-01')] }),
  ];
  const { attribution, strays } = attributionOf([fault, { name: 'g', breaks: ['HOME-01'] }], runs);
  expect(attribution).toBeCloseTo(2 / 3);
  expect(strays).toEqual([{ fault: 'f', id: 'FORM-10', scenario: 'a', observed: 'x' }]);
  expect(attributionOf([], []).attribution).toBeNull();
});

test('on the sound extranet whatever did not pass is a false alarm', () => {
  expect(falseAlarmsOf([run()])).toEqual([]);
  const alarms = falseAlarmsOf([run({ red: [finding('A')], cantTell: [finding('B')], error: 'boum' })]);
  expect(alarms.map(({ id }) => id)).toEqual(['A', 'B', '']);
});

test.each([
  ['nothing wrong', {}, 0],
  ['a survivor', { faults: [faultResult(fault, { dead: false, runs: [run()] })] }, 1],
  ['a fault that no scenario reads', { faults: [faultResult(fault, { dead: false, runs: [] })] }, 1],
  ['a false alarm', { falseAlarms: falseAlarmsOf([run({ red: [finding('A')] })]) }, 1],
  [
    'a network fault blamed on the target',
    { network: [{ name: 'n', what: 'w', outcome: 'innocent', red: ['A'], said: [] }] },
    1,
  ],
  [
    'an unnoticed network fault',
    { network: [{ name: 'n', what: 'w', outcome: 'unnoticed', red: [], said: [] }] },
    1,
  ],
  [
    'a network fault told apart',
    { network: [{ name: 'n', what: 'w', outcome: 'inconclusive', red: [], said: ['x'] }] },
    0,
  ],
  ['a dead fault', { faults: [faultResult(fault, { dead: true, runs: [] })] }, 3],
  ['an interruption', { interrupted: true }, 3],
  [
    'an interruption before a fault was played',
    { faults: [faultResult(fault, { dead: false, runs: [] })], interrupted: true },
    3,
  ],
  ['nothing played', { played: 0 }, 3],
] as const)('%s', (_what, changes, exitCode) => {
  const verdict = verdictOf({ ...quiet, ...(changes as object) });
  expect(verdict.exitCode).toBe(exitCode);
  expect(verdict.reasons.length > 0).toBe(exitCode !== 0);
});

test('a fault belongs to the surface of what it breaks, INFO entries aside', () => {
  expect(surfaceOf({ breaks: ['MAIL-10', 'SIRET-23'] })).toBe('siret');
});
