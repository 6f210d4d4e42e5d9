import { quantile, standardDeviation } from 'simple-statistics';
import { expect, it } from 'vitest';
import { randomOf } from './random.ts';
import { drawWorld, spreadOf } from './spread.ts';

it('knows mean, deviation and freedom of the logarithms', () => {
  const spread = spreadOf([1, Math.E ** 2, Math.E ** 4]);
  expect(spread).toMatchObject({ days: 3, freedom: 2 });
  expect(spread.mean).toBeCloseTo(2, 12);
  expect(spread.variance).toBeCloseTo(4, 12);
});

it('takes off what chance added, and no more than there is', () => {
  expect(spreadOf([1, Math.E ** 2, Math.E ** 4], 1)).toMatchObject({ variance: 3, seen: 4 });
  expect(spreadOf([1, 1.1, 1.2], 1).variance).toBe(0);
  expect(spreadOf([7])).toMatchObject({ mean: Math.log(7), variance: 0, freedom: 0 });
});

it('draws a day to come from the t-predictive distribution', () => {
  const values = [80, 95, 100, 104, 110, 117, 90, 101];
  const spread = spreadOf(values);
  const random = randomOf(1);
  const draws = Array.from({ length: 40_000 }, () => {
    const { mean, factors } = drawWorld(spread, 1, random);
    return Math.log(mean * (factors[0] ?? Number.NaN));
  });
  // The 95th percentile of t with 7 degrees of freedom is 1.8946 (any table).
  const half = 1.8946 * Math.sqrt(spread.variance * (1 + 1 / 8));
  expect(quantile(draws, 0.95)).toBeCloseTo(spread.mean + half, 2);
  expect(quantile(draws, 0.05)).toBeCloseTo(spread.mean - half, 2);
});

it('draws the same from days that do not differ, and one mean for all days of a world', () => {
  expect(drawWorld(spreadOf([5, 5, 5]), 2, randomOf(1))).toEqual({
    mean: expect.closeTo(5, 12),
    factors: [1, 1],
  });
  const { factors } = drawWorld(spreadOf([4, 5, 6]), 2000, randomOf(2));
  expect(standardDeviation(factors.map(Math.log))).toBeGreaterThan(0.05);
});
