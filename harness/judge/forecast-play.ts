import type { Model } from './forecast-model.ts';
import { openHours, type WorkCurve, workCurve } from './office.ts';
import { eventQueue, fluidQueue } from './queue.ts';
import type { Random } from './random.ts';
import { drawWorld, type World } from './spread.ts';

/** A peak: so many demandes a day, or so many times as many as in the calibration, on so many days. */
export type Peak = { perDay: number } | { times: number };
type Surge = { peak: Peak; days: number };

/** The days of one possible future: how much is asked, and how much is done. */
export type Weather = { demand: World; capacity: World };

/** What became of the demandes of the days of peak: the instants of some, in hours since the peak began. */
export type Played = {
  planned: ArrayLike<number>;
  /** Hours to the last mail, ∞ when it would come after all that was played. */
  hours: Float64Array;
  /** How many demandes each stands for. */
  weight: ArrayLike<number>;
};

/** Ordinary days before the peak, for the queue that it finds. */
const warmUpDays = 2;
/** The peak begins on a Monday, as the one of March 2020 did. */
const firstPeakDay = 1;
/** Below so much of the capacity chance makes the queue, and it is simulated; a fluid knows no chance. */
const crowded = 1.2;
/** The more demandes, the less chance matters: beyond so many a day it is left out. */
const manyPerDay = 3000;
const cellsPerDay = 144;
const cellHours = 24 / cellsPerDay;

/** Draws the weather of a peak of so many days. */
export function drawWeather(model: Model, days: number, random: Random): Weather {
  return {
    demand: drawWorld(model.demand, warmUpDays + days, random),
    capacity: drawWorld(model.capacity, warmUpDays + days + Math.ceil(model.deadlineHours / 24) + 1, random),
  };
}

/** Plays a peak in a weather: by fluid above saturation, demande by demande below. */
export function playPeak(model: Model, surge: Surge, weather: Weather, random: Random): Played {
  const perDay = demandOf(model, surge, weather);
  // The warm-up too: from days that are but a few, one in some futures comes out beyond all bounds.
  const most = Math.max(...perDay);
  const usual = weather.capacity.mean * openHours(model.office);
  return most < crowded * usual && most <= manyPerDay
    ? playEvents(model, perDay, weather, random)
    : playFluid(model, surge, weather);
}

/** Plays a peak as a fluid. */
export function playFluid(model: Model, surge: Surge, weather: Weather): Played {
  const perDay = demandOf(model, surge, weather);
  const cells = perDay.length * cellsPerDay;
  const planned = new Float64Array(cells);
  const weight = new Float64Array(cells);
  const mass = new Float64Array(cells);
  const entries = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const inDay = cell % cellsPerDay;
    planned[cell] = (cell + 0.5) * cellHours;
    entries[cell] = (planned[cell] ?? 0) + model.lagHours;
    const half = model.shape[Math.floor((inDay * model.shape.length) / cellsPerDay)] ?? 0;
    weight[cell] = ((perDay[Math.floor(cell / cellsPerDay)] ?? 0) * half * model.shape.length) / cellsPerDay;
    // From the middle of the cell before to the middle of this one.
    mass[cell] = ((weight[cell - 1] ?? 0) + (weight[cell] ?? 0)) / 2;
  }
  const done = fluidQueue(entries, mass, model.agents, curveOf(model, weather));
  return duringPeak(planned, done, weight);
}

function playEvents(model: Model, perDay: readonly number[], weather: Weather, random: Random): Played {
  const planned: number[] = [];
  const binHours = 24 / model.shape.length;
  // Poisson, at a rate that changes with the half hours: exponential steps in expected demandes.
  let left = -Math.log(1 - random.uniform());
  perDay.forEach((count, day) => {
    model.shape.forEach((part, bin) => {
      const expected = count * part;
      let at = 0;
      while (left < expected - at) {
        at += left;
        planned.push(24 * day + (bin + at / expected) * binHours);
        left = -Math.log(1 - random.uniform());
      }
      left -= expected - at;
    });
  });
  const entries = planned.map((hour) => hour + model.lagHours);
  const done = eventQueue(entries, Math.max(1, Math.round(model.agents)), curveOf(model, weather));
  return duringPeak(planned, done, new Float64Array(planned.length).fill(1));
}

/** Demandes on each day, the warm-up's included: it is no busier than the peak. */
function demandOf(model: Model, { peak, days }: Surge, { demand }: Weather): number[] {
  const usual = 'times' in peak ? demand.mean : Math.exp(model.demand.mean);
  const wanted = 'times' in peak ? peak.times * usual : peak.perDay;
  return demand.factors
    .slice(0, warmUpDays + days)
    .map((factor, day) => factor * (day < warmUpDays ? Math.min(usual, wanted) : wanted));
}

function curveOf({ office }: Model, { capacity: { mean, factors } }: Weather): WorkCurve {
  const capacities = factors.map((factor) => mean * factor);
  return workCurve(office, (firstPeakDay + 7 - warmUpDays) % 7, capacities);
}

function duringPeak(planned: ArrayLike<number>, done: Float64Array, weight: ArrayLike<number>): Played {
  const start = 24 * warmUpDays;
  let first = 0;
  while (first < planned.length && (planned[first] ?? 0) < start) first++;
  const size = planned.length - first;
  const played = {
    planned: new Float64Array(size),
    hours: new Float64Array(size),
    weight: new Float64Array(size),
  };
  for (let index = 0; index < size; index++) {
    played.planned[index] = (planned[first + index] ?? 0) - start;
    played.hours[index] = (done[first + index] ?? 0) - (planned[first + index] ?? 0);
    played.weight[index] = weight[first + index] ?? 0;
  }
  return played;
}
