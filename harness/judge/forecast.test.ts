import { describe, expect, it } from 'vitest';
import { breakingRate, forecastPeak, outcomeOf } from './forecast.ts';
import type { Model } from './forecast-model.ts';
import { spreadOf } from './spread.ts';

/** Agents who never differ, from 0 to 24 h: 1,000 demandes a day, asked for evenly over the day. */
const even: Model = {
  office: { from: 0, to: 24, closed: new Set(), unseen: [] },
  ...{ agents: 0.001, lagHours: 0, slowed: undefined, missing: 0, deadlineHours: 48, replayHours: 0 },
  capacity: spreadOf([1000 / 24, 1000 / 24, 1000 / 24]),
  demand: spreadOf([100, 100, 100]),
  shape: new Array(48).fill(1 / 48),
};
const how = { draws: 20, seed: 3 };

describe('breakingRate', () => {
  // Who comes last of n days of rate r waits n (r / c - 1) days, which are two when r = c (1 + 2 / n).
  it.each([
    [1, 3000],
    [2, 2000],
    [4, 1500],
  ])('is the closed form of the fluid for %i days', (days, expected) => {
    const { low, median, high } = breakingRate(even, days, how);
    for (const rate of [low, median, high]) expect(Math.abs(rate / expected - 1)).toBeLessThan(0.01);
  });

  it('is 0 when agents stay away for longer than the promise lasts', () => {
    const office = { from: 8, to: 18, closed: new Set([0, 6, 5]), unseen: [] };
    expect(breakingRate({ ...even, office }, 7, how)).toEqual({ median: 0, low: 0, high: 0 });
    // A peak of Monday alone is over before.
    expect(breakingRate({ ...even, office }, 1, how).low).toBeGreaterThan(0);
  });

  it('is as uncertain as the capacity is', () => {
    const varied = { ...even, capacity: spreadOf([30, 40, 50, 42, 38, 45]) };
    const { low, median, high } = breakingRate(varied, 1, { draws: 200, seed: 3 });
    expect(low / median).toBeLessThan(0.9);
    expect(high / median).toBeGreaterThan(1.1);
  });
});

describe('forecastPeak', () => {
  it('is the closed form of a day of twice the capacity: breaks at no hour, waits half a day on the mean', () => {
    const { hours, breaks, firstBreak } = forecastPeak(even, { peak: { perDay: 2000 }, days: 1 }, how);
    // Within half a cell of ten minutes: the day before ends and the peak begins in the middle of two.
    expect(Math.abs(hours.median - 12)).toBeLessThan(5 / 60);
    expect(breaks).toBe(0);
    expect(firstBreak.median).toBe(Number.POSITIVE_INFINITY);
  });

  it('tells the hour from which on it breaks: at five times the capacity, 4 t is 48 h at 12 h', () => {
    const { breaks, firstBreak } = forecastPeak(even, { peak: { perDay: 5000 }, days: 1 }, how);
    expect(breaks).toBe(1);
    expect(Math.abs(firstBreak.median - 12)).toBeLessThan(0.3);
  });

  it('says the same of a rate and of so many times the demand that was seen', () => {
    const one = forecastPeak(even, { peak: { perDay: 2000 }, days: 1 }, how);
    expect(forecastPeak(even, { peak: { times: 20 }, days: 1 }, how).hours.median).toBeCloseTo(
      one.hours.median,
      6,
    );
  });

  it('repeats a seed, and waits longer with more demand', () => {
    const model = { ...even, capacity: spreadOf([35, 40, 50]), demand: spreadOf([90, 100, 120]) };
    const at = (perDay: number) => forecastPeak(model, { peak: { perDay }, days: 2 }, how);
    expect(at(1500)).toEqual(at(1500));
    const means = [300, 900, 1500, 2500, 4000].map((perDay) => at(perDay).hours.median);
    expect(means).toEqual(means.toSorted((a, b) => a - b));
    expect(at(2500).hours.low).toBeLessThan(at(2500).hours.high);
  });

  it('plays futures that two days leave wide open, in which a day of the warm-up has no bounds', () => {
    const model = { ...even, demand: spreadOf([880, 2400]) };
    const { hours } = forecastPeak(model, { peak: { perDay: 400 }, days: 1 }, { draws: 300, seed: 1 });
    expect(hours.median).toBeGreaterThan(0);
  });

  it('simulates below saturation what a fluid cannot see: chance makes a queue', () => {
    const office = { ...even.office };
    const model = { ...even, office, agents: 1 };
    const { hours } = forecastPeak(model, { peak: { perDay: 900 }, days: 1 }, how);
    // M/D/1 at 0.9, less what two ordinary days and one day of peak do not reach: service 1.44 min, wait 6.5 min at most.
    expect(60 * hours.median).toBeGreaterThan(1.44 + 2);
    expect(60 * hours.median).toBeLessThan(1.44 + 12);
  });
});

it('counts what never comes up to the deadline, and what is late as late', () => {
  const played = {
    planned: [0, 1, 2],
    hours: Float64Array.of(10, 60, Number.POSITIVE_INFINITY),
    weight: [2, 1, 1],
  };
  expect(outcomeOf(played, { missing: 0, deadlineHours: 48 })).toEqual({ hours: 29, firstBreak: 1 });
  expect(outcomeOf(played, { missing: 0.5, deadlineHours: 48 }).hours).toBe(38.5);
});
