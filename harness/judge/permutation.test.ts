import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrange, differenceOf, firstShare, jointP, lowerBound, pOf, upperBound } from './permutation.ts';

// Figures a sixteenth apart: sums are exact, and ties are many.
const figures = (length: number) =>
  fc.array(
    fc.integer({ min: -40, max: 40 }).map((n) => n / 16),
    { minLength: length, maxLength: length },
  );
const arms = fc
  .tuple(fc.integer({ min: 3, max: 5 }), fc.integer({ min: 3, max: 5 }))
  .chain(([baseline, load]) => fc.tuple(figures(baseline), figures(load)));

/** The definition, by brute force: every choice of runs as the loaded ones. */
function differences(baseline: readonly number[], load: readonly number[]): number[] {
  const all = [...load, ...baseline];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const choose = (from: number, size: number): number[][] =>
    size === 0
      ? [[]]
      : all.length - from < size
        ? []
        : [...choose(from + 1, size - 1).map((rest) => [from, ...rest]), ...choose(from + 1, size)];
  return choose(0, load.length).map(
    (chosen) =>
      mean(all.filter((_, index) => chosen.includes(index))) -
      mean(all.filter((_, index) => !chosen.includes(index))),
  );
}
function bruteP(baseline: readonly number[], load: readonly number[]): number {
  const all = differences(baseline, load);
  return all.filter((difference) => difference >= (all[0] ?? 0) - 1e-9).length / all.length;
}

it('agrees with R on the mice of Efron and Tibshirani (1993, table 2.1)', () => {
  // R 4.2.2, all combn() arrangements, the bounds by bisection of the shift; the book has 0.132 from 1,000 drawn ones.
  const treated = [94, 197, 16, 38, 99, 141, 23];
  const control = [52, 104, 146, 10, 51, 30, 40, 27, 46];
  const arrangements = arrange(control, treated);
  expect(arrangements.differences).toHaveLength(11_440);
  expect(differenceOf(arrangements)).toBeCloseTo(30.63, 2);
  expect(pOf(arrangements)).toBeCloseTo(0.140996503497, 12);
  expect(lowerBound(arrangements, 0.05)).toBeCloseTo(-18, 9);
  expect(upperBound(arrangements, 0.05)).toBeCloseTo(79, 9);
});

it('has the p of its definition', () => {
  fc.assert(
    fc.property(arms, ([baseline, load]) => {
      expect(pOf(arrange(baseline, load))).toBeCloseTo(bruteP(baseline, load), 12);
    }),
  );
});

it('has bounds at which the shifted test turns, and not before', () => {
  fc.assert(
    fc.property(arms, ([baseline, load]) => {
      const arrangements = arrange(baseline, load);
      const lower = lowerBound(arrangements, 0.05);
      const upper = upperBound(arrangements, 0.05);
      const above = (shift: number) =>
        bruteP(
          baseline,
          load.map((figure) => figure - shift),
        );
      const below = (shift: number) =>
        bruteP(
          baseline.map((figure) => -figure),
          load.map((figure) => shift - figure),
        );
      expect(above(lower)).toBeGreaterThan(0.05);
      expect(above(lower - 1e-6)).toBeLessThanOrEqual(0.05);
      expect(below(upper)).toBeGreaterThan(0.05);
      expect(below(upper + 1e-6)).toBeLessThanOrEqual(0.05);
    }),
  );
});

it('refuses no more than its level of all the ways in which the same runs might have fallen', () => {
  // Exactness itself: whatever the runs show, over all their arrangements p is at most a in at most a of them.
  fc.assert(
    fc.property(figures(6), figures(6), (hours, missed) => {
      const masks = Array.from({ length: 64 }, (_, mask) => mask).filter(
        (mask) => mask.toString(2).replaceAll('0', '').length === 3,
      );
      const split = (values: readonly number[], mask: number) =>
        arrange(
          values.filter((_, index) => !(mask & (1 << index))),
          values.filter((_, index) => mask & (1 << index)),
        );
      const single = masks.map((mask) => pOf(split(hours, mask)));
      const joint = masks.map((mask) => jointP(split(hours, mask), split(missed, mask)));
      for (const ps of [single, joint]) {
        for (const level of ps) {
          expect(ps.filter((p) => p <= level + 1e-9).length / masks.length).toBeLessThanOrEqual(level + 1e-9);
        }
      }
    }),
  );
});

it('is the same for runs in another order, mirrored for arms the other way round, and moves with a shift', () => {
  fc.assert(
    fc.property(arms, fc.integer({ min: -160, max: 160 }), ([baseline, load], sixteenths) => {
      const shift = sixteenths / 16;
      const bounds = (base: readonly number[], loaded: readonly number[]) => {
        const arrangements = arrange(base, loaded);
        return [lowerBound(arrangements, 0.05), upperBound(arrangements, 0.05)] as const;
      };
      const [lower, upper] = bounds(baseline, load);
      const [again, andAgain] = bounds(baseline.toReversed(), load.toReversed());
      expect(again).toBeCloseTo(lower, 9);
      expect(andAgain).toBeCloseTo(upper, 9);
      const [mirrored, mirroredUpper] = bounds(load, baseline);
      expect(mirrored).toBeCloseTo(-upper, 9);
      expect(mirroredUpper).toBeCloseTo(-lower, 9);
      const [moved, movedUpper] = bounds(
        baseline,
        load.map((figure) => figure + shift),
      );
      expect(moved).toBeCloseTo(lower + shift, 9);
      expect(movedUpper).toBeCloseTo(upper + shift, 9);
    }),
  );
});

it('has the joint p of its definition, and the first figure’s own when the other never varies', () => {
  fc.assert(
    fc.property(arms, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), ([baseline, load], others) => {
      const other = (values: readonly number[]) => values.map(() => Number(others.next().value));
      const otherBaseline = other(baseline);
      const otherLoad = other(load);
      const first = arrange(baseline, load);
      const second = arrange(otherBaseline, otherLoad);
      const ps = (values: readonly number[]) =>
        values.map((value) => values.filter((each) => each >= value - 1e-9).length / values.length);
      const firstPs = ps(differences(baseline, load));
      const secondPs = ps(differences(otherBaseline, otherLoad));
      const weighted = firstPs.map((p, index) =>
        Math.min(p / firstShare, (secondPs[index] ?? 1) / (1 - firstShare)),
      );
      const expected = weighted.filter((each) => each <= (weighted[0] ?? 0) + 1e-9).length / weighted.length;
      expect(jointP(first, second)).toBeCloseTo(expected, 12);
      const same = arrange(
        baseline.map(() => 0),
        load.map(() => 0),
      );
      expect(jointP(first, same)).toBeCloseTo(pOf(first), 12);
    }),
  );
});

it('shows nothing when all runs are the same', () => {
  const same = arrange([5, 5, 5], [5, 5, 5]);
  expect([pOf(same), lowerBound(same, 0.05), upperBound(same, 0.05)]).toEqual([1, 0, 0]);
  expect(jointP(same, same)).toBe(1);
});

it('has no bounds with too few runs, rather than wrong ones', () => {
  const few = arrange([1, 2], [8, 9]);
  expect(pOf(few)).toBeCloseTo(1 / 6, 12);
  expect([lowerBound(few, 0.05), upperBound(few, 0.05)]).toEqual([-Infinity, Infinity]);
});

it.each([
  ['an arm without a run', [], [1]],
  ['a figure that is not a number', [1], [Number.NaN]],
  ['a figure that is not a number', [Number.POSITIVE_INFINITY], [1]],
  ['21 runs, 20 at most', new Array<number>(11).fill(1), new Array<number>(10).fill(1)],
])('refuses %s', (what, baseline, load) => {
  expect(() => arrange(baseline, load)).toThrow(`GUICHET_HARNESS: The load judge was given ${what}.`);
});
