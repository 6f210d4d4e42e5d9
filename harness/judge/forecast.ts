import { quantileSorted } from 'simple-statistics';
import type { Model } from './forecast-model.ts';
import { drawWeather, type Peak, type Played, playFluid, playPeak, type Weather } from './forecast-play.ts';
import { type Random, randomOf } from './random.ts';

/** The middle of the possible futures, and the interval that holds 90 % of them; ∞ where there is none. */
export type Predicted = { median: number; low: number; high: number };

/** What a peak brings. */
export type PeakForecast = {
  /** Restricted mean of the hours to the last mail, counted up to the deadline. */
  hours: Predicted;
  /** The part of the futures in which some demande waits longer than the deadline. */
  breaks: number;
  /** Planned instant of the first such demande, in hours since the midnight before the peak; ∞ when there is none. */
  firstBreak: Predicted;
};

export type Draws = { draws: number; seed: number };

/** The part of the futures that an interval leaves out on either side. */
const tail = 0.05;
/** How near the breaking rate is searched, as a part of it. */
const precision = 0.002;
/** No rate that is looked for is larger, in usual days of the calibration's capacity. */
const largest = 2 ** 14;

/** Forecasts a peak of so many days. The same seed answers the same. */
export function forecastPeak(model: Model, surge: { peak: Peak; days: number }, how: Draws): PeakForecast {
  const { weathers, random } = futures(model, surge.days, how);
  const outcomes = weathers.map((weather) => outcomeOf(playPeak(model, surge, weather, random), model));
  return {
    hours: predicted(outcomes.map(({ hours }) => hours)),
    breaks:
      outcomes.filter(({ firstBreak }) => firstBreak < Number.POSITIVE_INFINITY).length / outcomes.length,
    firstBreak: predicted(outcomes.map(({ firstBreak }) => firstBreak)),
  };
}

/**
 * The rate (demandes per day of peak) from which on some demande waits longer than the deadline; 0 when one does at any
 * rate, because agents do not work for so long.
 */
export function breakingRate(model: Model, days: number, how: Draws): Predicted {
  return predicted(futures(model, days, how).weathers.map((weather) => breakingRateIn(model, days, weather)));
}

/** The breaking rate in one weather: there the promise breaks far above saturation, where a fluid is exact enough. */
function breakingRateIn(model: Model, days: number, weather: Weather): number {
  const breaks = (perDay: number) =>
    outcomeOf(playFluid(model, { peak: { perDay }, days }, weather), model).firstBreak <
    Number.POSITIVE_INFINITY;
  const unit = Math.exp(model.demand.mean);
  let low = 0;
  let high = unit;
  while (!breaks(high)) {
    low = high;
    high *= 2;
    if (high > largest * unit) return Number.POSITIVE_INFINITY;
  }
  while (high - low > precision * high && high > precision * unit) {
    const middle = (low + high) / 2;
    if (breaks(middle)) high = middle;
    else low = middle;
  }
  return low === 0 ? 0 : (low + high) / 2;
}

/** What became of a peak in one future. */
export function outcomeOf(
  { planned, hours, weight }: Played,
  { missing, deadlineHours }: Pick<Model, 'missing' | 'deadlineHours'>,
): { hours: number; firstBreak: number } {
  let sum = 0;
  let all = 0;
  let firstBreak = Number.POSITIVE_INFINITY;
  for (let index = 0; index < hours.length; index++) {
    const wait = hours[index] ?? 0;
    const demandes = weight[index] ?? 0;
    sum += demandes * Math.min(wait, deadlineHours);
    all += demandes;
    if (demandes > 0 && wait > deadlineHours) firstBreak = Math.min(firstBreak, planned[index] ?? 0);
  }
  // Those that never bring their mails count up to the deadline.
  return { hours: missing * deadlineHours + (1 - missing) * (sum / all), firstBreak };
}

/** The same futures for every rate of one seed, so that curves do not jitter; `random` goes on from them. */
function futures(
  model: Model,
  days: number,
  { draws, seed }: Draws,
): { weathers: Weather[]; random: Random } {
  const random = randomOf(seed);
  return { weathers: Array.from({ length: draws }, () => drawWeather(model, days, random)), random };
}

function predicted(values: readonly number[]): Predicted {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => {
    const value = quantileSorted(sorted, part);
    // Between a number and infinity lies no mean.
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  return { median: at(0.5), low: at(tail), high: at(1 - tail) };
}
