import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isotonicFit, kneeOf, type Point } from './isotonic.ts';

const at = (ys: readonly number[]): Point[] => ys.map((y, x) => ({ x, y }));
const values = (points: readonly Point[]) => isotonicFit(points).map(({ y }) => y);

describe('isotonicFit', () => {
  it('gives the values that R publishes for isoreg(c(1,0,4,3,3,5,4,2,0))', () => {
    expect(values(at([1, 0, 4, 3, 3, 5, 4, 2, 0]))).toEqual([0.5, 0.5, 3, 3, 3, 3, 3, 3, 3]);
  });

  it('gives one value to points of one x, in whatever order they come', () => {
    const points = [
      { x: 1, y: 9 },
      { x: 0, y: 1 },
      { x: 1, y: 3 },
    ];
    expect(isotonicFit(points)).toEqual([
      { x: 0, y: 1 },
      { x: 1, y: 6 },
    ]);
    // A first point of that x below the curve is no violation when its mean is not.
    expect(
      values([
        { x: 0, y: 1 },
        { x: 1, y: 0 },
        { x: 1, y: 10 },
      ]),
    ).toEqual([1, 5]);
  });

  it('is the closed form max over a of min over b of the means from a to b', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 12 }), (ys) => {
        const mean = (from: number, to: number) =>
          ys.slice(from, to + 1).reduce((sum, y) => sum + y, 0) / (to - from + 1);
        const expected = ys.map((_, i) =>
          Math.max(
            ...ys.slice(0, i + 1).map((_, a) => Math.min(...ys.slice(i).map((_, b) => mean(a, i + b)))),
          ),
        );
        for (const [index, y] of values(at(ys)).entries())
          expect(y).toBeCloseTo(expected[index] ?? Number.NaN, 9);
      }),
    );
  });

  it.each([
    ['a value', { x: 0, y: Number.NaN }],
    ['an x', { x: Number.POSITIVE_INFINITY, y: 0 }],
  ])('refuses %s that is none', (_what, point) => expect(() => isotonicFit([point])).toThrow(RangeError));
});

describe('kneeOf', () => {
  it('stands between the last point within the rise and the first above', () => {
    expect(kneeOf(at([2, 2, 3, 9, 20]), 2)).toEqual({ within: 2, above: 3 });
  });
  it('has no upper end when the curve does not rise', () => {
    expect(kneeOf(at([2, 2, 2]), 2)).toEqual({ within: 2, above: undefined });
  });
  it('is nowhere without points', () => expect(kneeOf([], 2)).toBeUndefined());
});
