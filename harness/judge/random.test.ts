import { mean, standardDeviation } from 'simple-statistics';
import { expect, it } from 'vitest';
import { randomOf, shuffled } from './random.ts';

const draws = 40_000;
const many = (draw: () => number) => Array.from({ length: draws }, draw);

it('repeats a seed, and not another one', () => {
  const [one, same, other] = [randomOf(5), randomOf(5), randomOf(6)].map((random) => [
    random.uniform(),
    random.normal(),
    random.positive(1.25),
  ]);
  expect(one).toEqual(same);
  expect(one).not.toEqual(other);
});

it('begins anywhere, and close seeds begin far apart', () => {
  const first = many(() => 0).map((_, seed) => randomOf(seed).uniform());
  expect(mean(first)).toBeCloseTo(0.5, 1);
  expect(standardDeviation(first)).toBeCloseTo(Math.sqrt(1 / 12), 1);
  const steps = first.slice(1).map((value, seed) => Math.abs(value - (first[seed] ?? 0)));
  // Of two independent uniform numbers the mean distance is a third.
  expect(mean(steps)).toBeCloseTo(1 / 3, 1);
});

it.each([
  ['normal', () => randomOf(1).normal, 0, 1],
  ['exponential', () => randomOf(2).exponential, 1, 1],
])('is %s', (_, stream, expectedMean, expectedDeviation) => {
  const values = many(stream());
  expect(mean(values)).toBeCloseTo(expectedMean, 1);
  expect(standardDeviation(values)).toBeCloseTo(expectedDeviation, 1);
});

it.each([0, 0.3, 1, 1.25])('is positive, of mean 1, with a deviation of %d', (variation) => {
  const random = randomOf(3);
  const values = many(() => random.positive(variation));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(mean(values)).toBeCloseTo(1, 1);
  expect(standardDeviation(values)).toBeCloseTo(variation, 1);
});

it('shuffles into every order alike', () => {
  const random = randomOf(4);
  const orders = Object.groupBy(
    Array.from({ length: 6_000 }, () => shuffled(['a', 'b', 'c'], random).join('')),
    (order) => order,
  );
  expect(Object.keys(orders)).toHaveLength(6);
  // 1,000 each, with a deviation of 29.
  for (const found of Object.values(orders)) expect(Math.abs((found?.length ?? 0) - 1_000)).toBeLessThan(120);
});
