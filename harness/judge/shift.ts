import jstat from 'jstat';
import { standardDeviation } from 'simple-statistics';
import { type Arrangements, arrange, differenceOf, lowerBound, pOf, upperBound } from './permutation.ts';

/** How much load adds to a figure, with an interval that leaves out `alpha` at each end. */
export type Shift = {
  difference: number;
  lower: number;
  upper: number;
  p: number;
  arrangements: Arrangements;
};

/** Loaded runs that differ this much more than the others are taken to show that load adds unevenly. */
const unevenSpread = 2;
/** A few runs show less variation than there is: what they show is taken this many times. */
const variationShown = 2;

/**
 * The shift between two arms by the exact permutation of their runs, and its interval by inverting that test. The
 * inversion takes it that load adds the same to every run. A queue near saturation does not: it adds little to most
 * runs and much to a few, and six runs then show less than the mean too often. So where the loaded runs differ much more
 * than the others, the upper end is at least the bound for an addition that varies between runs as they show, by
 * `worstVariation` of its mean at most (gamma; see docs/load-judge.md).
 */
export function estimateShift(
  baseline: readonly number[],
  load: readonly number[],
  alpha: number,
  worstVariation: number,
): Shift {
  const arrangements = arrange(baseline, load);
  return {
    difference: differenceOf(arrangements),
    lower: lowerBound(arrangements, alpha),
    upper: upperEnd(arrangements, alpha, worstVariation),
    p: pOf(arrangements),
    arrangements,
  };
}

/** The upper end of that interval alone. */
export function upperEnd(arrangements: Arrangements, alpha: number, worstVariation: number): number {
  const { baseline, load } = arrangements;
  const inverted = upperBound(arrangements, alpha);
  const difference = differenceOf(arrangements);
  const [without, under] = [standardDeviation(baseline), standardDeviation(load)];
  if (difference <= 0 || under <= unevenSpread * without) return inverted;
  const shown = Math.sqrt(under ** 2 - without ** 2) / difference;
  const variation = Math.min(worstVariation, variationShown * shown);
  return Math.max(inverted, difference * unevenFactor(load.length, alpha, variation));
}

/** By how much a mean of so many uneven additions has to be multiplied to fall short only in `alpha` of the cases. */
function unevenFactor(runs: number, alpha: number, variation: number): number {
  if (variation === 0) return 1;
  const degreesOfFreedom = (2 * runs) / variation ** 2;
  return degreesOfFreedom / jstat.jStat.chisquare.inv(alpha, degreesOfFreedom);
}
