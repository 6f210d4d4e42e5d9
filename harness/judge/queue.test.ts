import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workCurve } from './office.ts';
import { eventQueue, fluidQueue } from './queue.ts';
import { randomOf } from './random.ts';

const always = { from: 0, to: 24, closed: new Set<number>() };
const days = (count: number, capacity: number) => new Array<number>(count).fill(capacity);

describe('workCurve', () => {
  const office = { from: 8, to: 18, closed: new Set([0, 6]) };

  it('stands still at night and at the week-end', () => {
    // From a Friday on: 100 an hour.
    const curve = workCurve(office, 5, days(4, 100));
    expect([0, 8, 9, 18, 24, 40, 72, 81, 96, 200].map((hour) => curve.doneBy(hour))).toEqual([
      ...[0, 0, 100, 1000, 1000, 1000, 1000, 1100, 2000, 2000],
    ]);
    expect(curve.reaches(50)).toBe(8.5);
    expect(curve.reaches(1000)).toBe(18);
    expect(curve.reaches(1010)).toBeCloseTo(72 + 8.1, 9);
    expect(curve.reaches(2001)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is undone by its inverse, at any hour at which agents work', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 500, noNaN: true }), { minLength: 3, maxLength: 6 }),
        fc.double({ min: 0.01, max: 9.99, noNaN: true }),
        (capacities, open) => {
          const curve = workCurve({ ...office, closed: new Set() }, 0, capacities);
          expect(curve.reaches(curve.doneBy(24 + 8 + open))).toBeCloseTo(24 + 8 + open, 5);
        },
      ),
    );
  });
});

describe('fluidQueue', () => {
  // One agent who takes no time, so that nothing but the queue delays.
  const instant = 1e-9;

  it('is the closed form: demand a, capacity c from 0 to T, a drop of t waits (a / c - 1) t', () => {
    const entries = Array.from({ length: 1000 }, (_, index) => (index + 1) / 100);
    const mass = entries.map(() => 3);
    const done = fluidQueue(entries, mass, instant, workCurve(always, 0, days(3, 200)));
    entries.forEach((entry, index) => {
      expect((done[index] ?? Number.NaN) - entry).toBeCloseTo((300 / 200 - 1) * entry, 6);
    });
  });

  it('does not wait below capacity, but for the opening', () => {
    const office = { from: 8, to: 18, closed: new Set<number>() };
    const done = fluidQueue([9, 10, 20, 23], [0, 50, 0, 0], 1, workCurve(office, 1, days(3, 100)));
    expect([...done].map((hour) => Number(hour.toFixed(6)))).toEqual([9.01, 10.01, 32.01, 32.01]);
  });

  it('follows a capacity that changes with the days', () => {
    // 1,500 at hour 0: 1,000 on the first day, the rest at 50 an hour on the second.
    const done = fluidQueue([0], [1500], 1, workCurve({ ...always, from: 8, to: 18 }, 1, [100, 50, 50]));
    expect(done[0]).toBeCloseTo(24 + 18, 6);
  });

  it('is what a simulation of many demandes tends to', () => {
    const entries = Array.from({ length: 40_000 }, (_, index) => index / 4000);
    const curve = workCurve(always, 0, days(3, 3000));
    const events = eventQueue(entries, 20, curve);
    const fluid = fluidQueue(entries, new Array(entries.length).fill(1), 20, curve);
    for (let index = 0; index < entries.length; index += 997)
      expect(events[index]).toBeCloseTo(fluid[index] ?? Number.NaN, 1);
  });
});

describe('eventQueue', () => {
  it('serves by hand: two agents of 12 minutes from 8 to 18, three demandes at opening, one before closing', () => {
    const office = { from: 8, to: 18, closed: new Set<number>() };
    const done = eventQueue([7, 8, 8, 17.9], 2, workCurve(office, 1, days(2, 10)));
    // The last one is taken up again in the morning, as the extranet's agents do.
    expect([...done].map((hour) => Number(hour.toFixed(6)))).toEqual([8.2, 8.2, 8.4, 32.1]);
  });

  // Mean wait over service time of M/D/c by Crommelin's sum (1932); for one agent it is rho / 2 (1 - rho).
  it.each([
    [1, 0.5],
    [1, 0.8],
    [2, 0.8],
    [5, 0.9],
    [20, 0.9],
  ])('waits as M/D/%i does at a load of %f', (agents, load) => {
    const expected = crommelin(agents, load);
    if (agents === 1) expect(expected).toBeCloseTo(load / (2 * (1 - load)), 6);
    const random = randomOf(agents);
    const capacity = 100;
    const entries: number[] = [];
    for (let at = 0; entries.length < 400_000; ) {
      at -= Math.log(1 - random.uniform()) / (load * capacity);
      entries.push(at);
    }
    const done = eventQueue(entries, agents, workCurve(always, 0, days(400, capacity)));
    const service = agents / capacity;
    const waits = entries.map((entry, index) => (done[index] ?? 0) - entry - service);
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length / service;
    expect(Math.abs(mean / expected - 1)).toBeLessThan(0.06);
  });

  it('serves nobody before the one who came first, and nobody sooner with more demand', () => {
    const hours = fc.array(fc.double({ min: 0, max: 48, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(hours, fc.integer({ min: 1, max: 8 }), (instants, agents) => {
        const entries = instants.toSorted((a, b) => a - b);
        const curve = workCurve({ from: 8, to: 18, closed: new Set() }, 1, days(60, 4));
        const done = eventQueue(entries, agents, curve);
        for (let index = 1; index < done.length; index++)
          expect(done[index]).toBeGreaterThanOrEqual(done[index - 1] ?? 0);
        const doubled = eventQueue(
          entries.flatMap((entry) => [entry, entry]),
          agents,
          curve,
        );
        for (const [index, hour] of done.entries())
          expect(doubled[2 * index + 1]).toBeGreaterThanOrEqual(hour - 1e-6);
      }),
    );
  });
});

/** Mean wait over service time of M/D/c: the sum over i of P(N = ic) + (1 - 1 / rho) P(N > ic), N Poisson(i c rho). */
function crommelin(agents: number, load: number): number {
  let sum = 0;
  for (let i = 1; i <= 4000; i++) {
    const mean = i * agents * load;
    let term = Math.exp(-mean + i * agents * Math.log(mean) - logFactorial(i * agents));
    let tail = 0;
    const exact = term;
    for (let j = i * agents + 1; term > 1e-18; j++) {
      term *= mean / j;
      tail += term;
    }
    sum += exact + (1 - 1 / load) * tail;
  }
  return sum;
}

const logs = [0];
function logFactorial(n: number): number {
  for (let k = logs.length; k <= n; k++) logs.push((logs[k - 1] ?? 0) + Math.log(k));
  return logs[n] ?? Number.NaN;
}
