import { expect, it } from 'vitest';
import { powerOf, runsPerArmFor } from './load-power.ts';

const assumptions = {
  deltaHours: 2,
  spreadHours: 0.5,
  effectVariation: 0,
  worstVariation: 0,
  missedVary: false,
};

it('needs no more than six runs in all when they hardly differ', () => {
  const { runsPerArm, power } = runsPerArmFor({ ...assumptions, spreadHours: 0.1 }, 1);
  expect(runsPerArm).toBe(3);
  // An effect of just δ is taken for less than δ in one campaign of twenty.
  expect(power).toBeGreaterThan(0.93);
  expect(power).toBeLessThan(0.97);
});

it('needs more runs the more they differ, and the more the effect does', () => {
  const runs = (change: Partial<typeof assumptions>) =>
    runsPerArmFor({ ...assumptions, ...change }, 1).runsPerArm;
  expect(runs({ spreadHours: 0.8 })).toBeGreaterThan(runs({}));
  expect(runs({ effectVariation: 1.25 })).toBeGreaterThan(runs({}));
});

it('is the power of the normal where that is known', () => {
  // R: power.t.test(n = 6, delta = 1.5, sd = 1, alternative = "one.sided") is 0.7799; one in twenty is less than δ.
  const power = powerOf(6, { ...assumptions, deltaHours: 1.5, spreadHours: 1 }, 3);
  expect(power).toBeGreaterThan(0.7);
  expect(power).toBeLessThan(0.79);
});

it('finds as often in any unit', () => {
  const inMinutes = { ...assumptions, deltaHours: 120, spreadHours: 30 };
  expect(powerOf(4, inMinutes, 5)).toBe(powerOf(4, assumptions, 5));
});

it('says so when no number of runs is enough', () => {
  expect(() => runsPerArmFor({ ...assumptions, spreadHours: 4 }, 1)).toThrow(
    'GUICHET_LOAD_INVALID: 10 runs an arm do not find an effect of 2 h when runs differ by 4.00 h. Choose a larger δ',
  );
});
