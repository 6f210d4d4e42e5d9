import { mean, sampleVariance } from 'simple-statistics';
import type { Random } from './random.ts';

/** A quantity that differs from day to day, by its logarithm: what some days showed of it. */
export type Spread = {
  mean: number;
  /** From day to day. */
  variance: number;
  /** Of the logarithm as it was seen: `variance`, and what chance added to each day. */
  seen: number;
  /** How many days the mean is of. */
  days: number;
  /** Degrees of freedom of the variance. */
  freedom: number;
};

/** The spread of positive values, one a day; `chance` is the variance of a logarithm that is not the day's own. */
export function spreadOf(values: readonly number[], chance = 0): Spread {
  const logs = values.map(Math.log);
  const seen = logs.length > 1 ? sampleVariance(logs) : 0;
  return {
    ...{ mean: mean(logs), variance: Math.max(0, seen - chance), seen },
    ...{ days: logs.length, freedom: logs.length - 1 },
  };
}

/** One possible world: the mean of a quantity, and the factor of each of the coming days. */
export type World = { mean: number; factors: number[] };

/**
 * Draws a world in which the days that were seen are likely, and days to come in it. With one day to come the product is
 * the t-predictive distribution with `freedom` degrees: mean + t s √(1 + 1/n), by its logarithm.
 */
export function drawWorld(
  { mean, variance, seen, days, freedom }: Spread,
  ahead: number,
  random: Random,
): World {
  const scale = freedom > 0 ? Math.sqrt(freedom / chiSquared(freedom, random)) : 1;
  return {
    mean: Math.exp(mean + scale * Math.sqrt(seen / days) * random.normal()),
    factors: Array.from({ length: ahead }, () => Math.exp(scale * Math.sqrt(variance) * random.normal())),
  };
}

function chiSquared(freedom: number, random: Random): number {
  let sum = 0;
  for (let count = 0; count < freedom; count++) sum += random.normal() ** 2;
  return sum;
}
