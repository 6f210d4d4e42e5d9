import { expect, test } from 'vitest';
import { findRequirement } from '../../requirements/catalogue.ts';
import { networkFaults } from '../network/catalogue.ts';
import { extranetFaultNames, faultNames } from '../target/embedded.ts';
import type { PlayedRun } from './journal.ts';
import { chooseNetwork, networkResult } from './network.ts';
import type { Order } from './order.ts';

const finding = (id: string, observed = 'x') => ({ id, observed });
function run(changes: Partial<PlayedRun> = {}): PlayedRun {
  return { key: 'k', scenario: 'a', red: [], cantTell: [], checked: [], durationMs: 1, ...changes };
}
const fault = { name: 'f', what: 'w', named: ['MAIL-02'] };
const order: Order = { seed: 7, parts: ['network'], only: [], requirements: [], everyReader: false };

test.each([
  ['nothing was said', [run(), run()], 'unnoticed'],
  ['a scenario was aborted', [run(), run({ error: 'boum' })], 'inconclusive'],
  ['a requirement could not be told', [run({ cantTell: [finding('FORM-71')] })], 'inconclusive'],
  [
    'a requirement that is about it failed',
    [run({ error: 'boum' }), run({ red: [finding('MAIL-02')] })],
    'named',
  ],
  ['another one failed too', [run({ red: [finding('MAIL-02'), finding('MAIL-03')] })], 'innocent'],
] as const)('%s: %3$s', (_what, runs, outcome) => {
  expect(networkResult(fault, runs).outcome).toBe(outcome);
});

test('without named requirements every red one is innocent', () => {
  expect(networkResult({ name: 'f', what: 'w' }, [run({ red: [finding('MAIL-02')] })])).toMatchObject({
    outcome: 'innocent',
    red: ['MAIL-02'],
  });
});

test('what is said twice but for a port is said once', () => {
  const runs = ['smtp://127.0.0.1:4001: lost', 'smtp://127.0.0.1:4002: lost', 'other'].map((error) =>
    run({ error }),
  );
  expect(networkResult(fault, runs).said).toHaveLength(2);
});

test('an order chooses by name and requirement, and samples each place', () => {
  expect(chooseNetwork(order)).toEqual(networkFaults);
  expect(
    chooseNetwork({ ...order, only: ['site-flaps', 'cgu-not-enforced'] }).map(({ name }) => name),
  ).toEqual(['site-flaps']);
  expect(chooseNetwork({ ...order, requirements: ['SIRET-23'] })).toEqual([]);
  expect(new Set(chooseNetwork({ ...order, sample: 1 }).map(({ at }) => at)).size).toBe(3);
});

test('names are unique among all faults, and named requirements exist', () => {
  expect(new Set(faultNames).size).toBe(extranetFaultNames.length + networkFaults.length);
  expect(networkFaults.flatMap(({ named = [] }) => named).filter((id) => !findRequirement(id))).toEqual([]);
});
