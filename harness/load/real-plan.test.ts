import { expect, it } from 'vitest';
import { demandOf } from '../../fixtures/stages.ts';
import { planReal, realStages, withSpare } from './real-plan.ts';
import { workloads } from './workloads.ts';

const sizing = { seed: 3, probesPerRun: 20, mostPerRun: 300, mailDomain: 'guichet.test' };
const plan = (workload: Parameters<typeof planReal>[0]['workload']) =>
  planReal({ workload, sizing, tag: 'x' });

it.each([
  ...workloads.map((workload) => [workload.name, workload] as const),
  ['forty in twenty seconds', { smoke: 40, perMinute: 120 }] as const,
  ['seven at once', { smoke: 7, perMinute: 10_000 }] as const,
])('brings every visit of %s within its step, and lasts as long as it does', (_, workload) => {
  const whole = plan(workload);
  const { visits, from, to } = whole;
  const stages = realStages(whole);
  const { total, perMinute } = demandOf(stages);
  expect(total).toBe(visits.length);
  let [came, minute] = [0, from];
  for (const { fromPerMinute, toPerMinute, seconds } of stages) {
    // k6 takes rates by the hour, in whole numbers.
    expect(Math.abs(fromPerMinute * 60 - Math.round(fromPerMinute * 60))).toBeLessThan(1e-6);
    expect(toPerMinute).toBe(fromPerMinute);
    came += (fromPerMinute * seconds) / 60;
    minute += seconds / 60;
    const due = visits.filter((visit) => visit.minute < minute - 1e-9).length;
    expect(Math.round(came)).toBe(due);
  }
  expect(minute).toBeGreaterThanOrEqual(to - 1e-9);
  expect(minute - to).toBeLessThan(Math.max(1 / 60, (to - from) / 12));
  // For the last one, which rounding may lose: no faster than the plan, whose rate is held to a cap.
  const spared = demandOf(withSpare(stages));
  expect(spared.perMinute).toBe(perMinute);
  expect(spared.total - visits.length).toBeGreaterThanOrEqual(2);
});

it.each([
  ...workloads.map((workload) => [workload.name, workload] as const),
  ['forty in twenty seconds', { smoke: 40, perMinute: 120 }] as const,
])(
  'brings who is left of %s no faster than the whole, late ones too, whenever it is resumed',
  (_, workload) => {
    const whole = plan(workload);
    const { visits, from, to } = whole;
    const { perMinute } = demandOf(realStages(whole));
    for (const part of [0.01, 0.3, 0.5, 0.77, 0.97, 1]) {
      const since = from + part * (to - from);
      // Who came in the minute before has not been sent, either.
      const left = visits.filter(({ minute }) => minute > since - 1);
      const stages = realStages(whole, { visits: left, from: since });
      expect(demandOf(stages).total).toBe(left.length);
      expect(demandOf(stages).perMinute).toBeLessThanOrEqual(perMinute);
    }
  },
);

it('gives addresses of its own to another campaign of the same seed', () => {
  const addressesOf = (tag: string) =>
    planReal({ workload: { smoke: 5, perMinute: 60 }, sizing, tag }).visits.map(
      ({ demande: { courrielUtilisateur } }) => courrielUtilisateur,
    );
  expect(new Set([...addressesOf('x'), ...addressesOf('y')]).size).toBe(10);
});

it('is the same for the same seed, with ids of its tag', () => {
  const [{ visits }, again] = [plan({ smoke: 5, perMinute: 60 }), plan({ smoke: 5, perMinute: 60 })];
  expect(again.visits).toEqual(visits);
  expect(visits.map(({ id }) => id)).toEqual(['x-1', 'x-2', 'x-3', 'x-4', 'x-5']);
  expect(visits.map(({ minute }) => 60 * minute)).toEqual([0, 1, 2, 3, 4]);
});
