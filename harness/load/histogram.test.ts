import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  durationLine,
  histogramError,
  histogramOf as histogramOfLines,
  mergeHistograms,
  percentile,
} from './histogram.ts';

const histogramOf = (durations: readonly number[]) =>
  histogramOfLines(durations.map((durationMs) => ({ durationMs })));
const duration = fc.double({ min: 1, max: 120_000, noNaN: true });

it('reads any percentile of merged parts within its error of the true one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(duration), { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (parts, share) => {
        const sorted = parts.flat().sort((a, b) => a - b);
        const read = percentile(mergeHistograms(parts.map(histogramOf)), share);
        if (sorted.length === 0) return read === undefined;
        const truth = sorted[Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length))) - 1] ?? 0;
        return read !== undefined && Math.abs(read / truth - 1) <= histogramError + 1e-9;
      },
    ),
  );
});

it('merged parts are the whole, in any order', () => {
  fc.assert(
    fc.property(fc.array(duration), fc.array(duration), (one, other) => {
      const whole = histogramOf([...one, ...other]);
      expect(mergeHistograms([histogramOf(one), histogramOf(other)])).toEqual(whole);
      expect(mergeHistograms([histogramOf(other), histogramOf(one)])).toEqual(whole);
    }),
  );
});

it('does not average: a slow small part stays in the tail of the whole', () => {
  const fast = histogramOf(Array(990).fill(100));
  const slow = histogramOf(Array(10).fill(8000));
  const whole = mergeHistograms([fast, slow]);
  expect(percentile(whole, 0.95)).toBeCloseTo(100, -1);
  expect(percentile(whole, 0.995)).toBeGreaterThan(7900);
  expect(durationLine(whole)).toMatch(/^médiane 10\d ms, p95 10\d ms, p99 10\d ms, max 8000 ms$/);
});

it('takes what is shorter than a millisecond for one', () => {
  expect(percentile(histogramOf([0, 0.2]), 0.5)).toBeLessThanOrEqual(1.01);
});
