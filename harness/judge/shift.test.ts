import { expect, it } from 'vitest';
import { lowerBound, upperBound } from './permutation.ts';
import { randomOf } from './random.ts';
import { estimateShift } from './shift.ts';

it('is the inverted test alone when load adds nothing, or the same to all', () => {
  const baseline = [3, 4, 5, 6, 7, 8];
  for (const added of [-1, 0, 9]) {
    const load = baseline.map((figure) => figure + added);
    const shift = estimateShift(baseline, load, 0.05, 1.6);
    expect(shift.difference).toBeCloseTo(added, 12);
    expect(shift.upper).toBe(upperBound(shift.arrangements, 0.05));
    expect(shift.lower).toBe(lowerBound(shift.arrangements, 0.05));
  }
});

it('is the inverted test alone when uneven runs are faster', () => {
  const shift = estimateShift([5, 5.1, 5.2, 5.3], [1, 2, 3, 4], 0.05, 1.6);
  expect(shift.upper).toBe(upperBound(shift.arrangements, 0.05));
});

it('is wider above for additions that vary: 2n over the quantile of chi square, for exponential ones', () => {
  // Quantiles of chi square at 0.05, from any table: 5.226 for 12 degrees of freedom, 7.962 for 16.
  for (const [runs, quantile] of [
    [6, 5.226],
    [8, 7.962],
  ] as const) {
    const still = new Array<number>(runs).fill(1);
    const { upper } = estimateShift(
      still,
      still.map((figure, index) => figure + (index % 2 === 0 ? 0.9 : 1.1)),
      0.05,
      1,
    );
    expect(upper).toBeCloseTo((2 * runs) / quantile, 3);
  }
});

it('falls short of the mean of uneven additions as rarely as it says, where the inverted test does not', () => {
  const random = randomOf(11);
  const campaigns = 2_000;
  let [short, shortInverted] = [0, 0];
  for (let campaign = 0; campaign < campaigns; campaign++) {
    const baseline = Array.from({ length: 6 }, () => 0.05 * random.normal());
    const load = baseline.map(() => 0.05 * random.normal() + random.exponential());
    if (estimateShift(baseline, load, 0.05, 1).upper < 1) short++;
    if (estimateShift(baseline, load, 0.05, 0).upper < 1) shortInverted++;
  }
  expect(short / campaigns).toBeLessThan(0.05 + 2 * Math.sqrt((0.05 * 0.95) / campaigns));
  expect(shortInverted / campaigns).toBeGreaterThan(0.1);
});
