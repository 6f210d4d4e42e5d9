import fc from 'fast-check';
import { expect, it } from 'vitest';
import { restrictedMean, survivalOf, type Wait } from './survival.ts';

// Freireich et al. (1963): weeks in remission, + still in remission when last seen.
const sixMp = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+';
const placebo = '1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23';
const waits = (text: string): Wait[] =>
  text.split(' ').map((each) => ({ hours: Number.parseFloat(each), came: !each.endsWith('+') }));

it('agrees with R’s survfit on the 6-MP arm of Freireich, band included', () => {
  // R 4.2.2, survival 3.5-3: survfit(Surv(time, event) ~ 1, conf.type = "log-log").
  const expected = [
    [6, 21, 3, 0.85714286, 0.076360355, 0.61971796, 0.95155175],
    [7, 17, 1, 0.80672269, 0.086935285, 0.56314656, 0.92280902],
    [10, 15, 1, 0.75294118, 0.096349653, 0.50319951, 0.88936184],
    [13, 12, 1, 0.69019608, 0.106814708, 0.43161022, 0.84906596],
    [16, 11, 1, 0.62745098, 0.114053865, 0.36751086, 0.80491219],
    [22, 7, 1, 0.53781513, 0.128233752, 0.26777894, 0.74679072],
    [23, 6, 1, 0.44817927, 0.134591457, 0.18805201, 0.68014263],
  ];
  const steps = survivalOf(waits(sixMp));
  expect(steps).toHaveLength(expected.length);
  steps.forEach(({ hours, atRisk, came, awaited, standardError, lower, upper }, index) => {
    const found = [hours, atRisk, came, awaited, standardError, lower, upper];
    found.forEach((value, column) => {
      expect(value).toBeCloseTo(expected[index]?.[column] ?? Number.NaN, 7);
    });
  });
});

it('ends at nothing awaited, and nothing to be unsure of, when all came', () => {
  const steps = survivalOf(waits(placebo));
  expect(steps).toHaveLength(12);
  expect(steps[5]).toMatchObject({ hours: 8, atRisk: 12, came: 4 });
  expect(steps[5]?.lower).toBeCloseTo(0.183066549, 8);
  expect(steps.at(-1)).toMatchObject({ awaited: 0, standardError: 0, lower: 0, upper: 0 });
});

it.each([
  // print(survfit(…), rmean = tau); survRM2's rmst1() has the same estimator and variance.
  [sixMp, 35, 23.287395, 2.8274676],
  [sixMp, 24, 18.357423, 1.6365564],
  [sixMp, 12, 10.78319328, 0.49904509],
  [placebo, 35, 8.6666667, 1.37739],
  [placebo, 12, 7.2857143, 0.8886864],
])('agrees with R’s restricted mean of %s to %d', (text, tau, hours, standardError) => {
  const mean = restrictedMean(survivalOf(waits(text)), tau);
  expect(mean.hours).toBeCloseTo(hours, 6);
  expect(mean.standardError).toBeCloseTo(standardError, 6);
});

it('has the plain mean, counted up to τ, when all were watched until τ', () => {
  const wait = fc.integer({ min: 0, max: 60 });
  fc.assert(
    fc.property(fc.array(wait, { minLength: 1, maxLength: 40 }), (all) => {
      const watched = all.map((hours) => ({ hours: Math.min(hours, 48), came: hours <= 48 }));
      const plain = all.reduce((sum, hours) => sum + Math.min(hours, 48), 0) / all.length;
      expect(restrictedMean(survivalOf(watched), 48).hours).toBeCloseTo(plain, 9);
    }),
  );
});

it('never rises, stays within its band and the band within 0 and 1', () => {
  const wait = fc.record({ hours: fc.integer({ min: 0, max: 20 }), came: fc.boolean() });
  fc.assert(
    fc.property(fc.array(wait), (all) => {
      let before = 1;
      for (const { awaited, lower, upper } of survivalOf(all)) {
        expect(awaited).toBeLessThan(before);
        expect(0 <= lower && lower <= awaited && awaited <= upper && upper <= 1).toBe(true);
        before = awaited;
      }
    }),
  );
});

it('knows nothing of nobody, and of nothing that came all of τ', () => {
  expect(survivalOf([])).toEqual([]);
  const none = survivalOf([{ hours: 48, came: false }]);
  expect(none).toEqual([]);
  expect(restrictedMean(none, 48)).toEqual({ hours: 48, standardError: 0 });
});

it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('refuses a wait of %d', (hours) => {
  expect(() => survivalOf([{ hours, came: true }])).toThrow(
    'GUICHET_HARNESS: A wait is not a number of hours.',
  );
});
