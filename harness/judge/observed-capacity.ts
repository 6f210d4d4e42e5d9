import { mean, median } from 'simple-statistics';
import type { LocalRun } from './calibration-days.ts';
import type { Office } from './office.ts';

/** What the agents did on one day while demandes waited. */
export type CapacityDay = {
  arm: string;
  run: number;
  day: number;
  /** Demandes per open hour. */
  capacity: number;
  /** How far the two halves of that day's work differ: the logarithm of their ratio. */
  halves: number;
};

/** All agents are busy when so many hours of work wait. */
const waitingHours = 0.25;
/** A day counts when the agents were seen busy for so long, and did so much. */
const enough = { hours: 0.5, demandes: 10 };
/** How often the capacity, which says what a quarter of an hour of work is, is found anew. */
const rounds = 3;

/** One stretch between two instants at which demandes were completed. */
type Stretch = { day: number; hours: number; demandes: number; waiting: number };

/**
 * The capacity of every day on which a queue was seen: what was completed, by hour, while a quarter of an hour of work
 * or more was waiting. `minimum` is the shortest time to the last mail, in hours.
 */
export function capacityDays(runs: readonly LocalRun[], office: Office, minimum: number): CapacityDay[] {
  const stretches = runs.map((run) => stretchesOf(run, office, minimum));
  let capacity = busiest(stretches.flat());
  let days: CapacityDay[] = [];
  for (let round = 0; round < rounds && capacity > 0; round++) {
    const waiting = waitingHours * capacity;
    days = stretches.flatMap((all, run) =>
      daysOf(
        all.filter((stretch) => stretch.waiting >= waiting),
        { arm: runs[run]?.arm ?? '', run },
      ),
    );
    if (days.length === 0) return [];
    capacity = median(days.map((day) => day.capacity));
  }
  return days;
}

/** A first guess: what was completed in the busiest of all hours. */
function busiest(stretches: readonly Stretch[]): number {
  let most = 0;
  for (let from = 0, to = 0, hours = 0, demandes = 0; to < stretches.length; to++) {
    hours += stretches[to]?.hours ?? 0;
    demandes += stretches[to]?.demandes ?? 0;
    while (hours > 1 && from < to) {
      hours -= stretches[from]?.hours ?? 0;
      demandes -= stretches[from]?.demandes ?? 0;
      from++;
    }
    most = Math.max(most, demandes / Math.max(hours, 1));
  }
  return most;
}

function stretchesOf({ submissions, end }: LocalRun, office: Office, minimum: number): Stretch[] {
  const served = submissions.filter(
    ({ completed, pending }) => pending || completed < Number.POSITIVE_INFINITY,
  );
  const completions = served
    .map(({ completed }) => completed)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const stretches: Stretch[] = [];
  let arrived = 0;
  let done = 0;
  for (let day = 0; 24 * day + office.from < end; day++) {
    let instant = 24 * day + office.from;
    const closing = 24 * day + office.to;
    while ((completions[done] ?? Number.POSITIVE_INFINITY) <= instant) done++;
    for (;;) {
      const next = completions[done] ?? Number.POSITIVE_INFINITY;
      while ((served[arrived]?.entered ?? Number.POSITIVE_INFINITY) + minimum <= instant) arrived++;
      const waiting = arrived - done;
      const before = done;
      if (next > closing) {
        // What is begun then is gone on with in the morning.
        stretches.push({ day, hours: Math.min(closing, end) - instant, demandes: 0, waiting });
        break;
      }
      while ((completions[done] ?? Number.POSITIVE_INFINITY) <= next) done++;
      stretches.push({ day, hours: next - instant, demandes: done - before, waiting });
      instant = next;
    }
  }
  return stretches;
}

function daysOf(stretches: readonly Stretch[], run: { arm: string; run: number }): CapacityDay[] {
  return [...Map.groupBy(stretches, ({ day }) => day)].flatMap(([day, all]) => {
    const hours = total(all, 'hours');
    const demandes = total(all, 'demandes');
    if (hours < enough.hours || demandes < enough.demandes) return [];
    const [one, other] = halvesOf(all, hours).map((half) => total(half, 'demandes') / total(half, 'hours'));
    const halves = one && other && Number.isFinite(one / other) ? Math.log(one / other) : 0;
    return [{ ...run, day, capacity: demandes / hours, halves }];
  });
}

/** The first and the second half of so many hours. */
function halvesOf(stretches: readonly Stretch[], hours: number): [readonly Stretch[], readonly Stretch[]] {
  let sum = 0;
  let cut = 0;
  while (sum < hours / 2 && cut < stretches.length) sum += stretches[cut++]?.hours ?? 0;
  return [stretches.slice(0, cut), stretches.slice(cut)];
}

function total(stretches: readonly Stretch[], key: 'hours' | 'demandes'): number {
  return stretches.reduce((sum, stretch) => sum + stretch[key], 0);
}

/**
 * The variance of the logarithm of a day's capacity that comes from having watched it for a while only: a quarter of
 * the mean square of the difference of the halves.
 */
export function watchingVariance(days: readonly CapacityDay[]): number {
  return days.length === 0 ? 0 : mean(days.map(({ halves }) => halves ** 2)) / 4;
}
