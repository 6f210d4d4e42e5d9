import type { Calibration } from './calibration-runs.ts';
import { workCurve } from './office.ts';
import { eventQueue } from './queue.ts';

/** What a made-up target is like: agents in office hours, Paris time. */
type Made = {
  arm: string;
  /** 2026-03-02 is a Monday. */
  start: string;
  perDay: readonly number[];
  /** Of all agents together, demandes per open hour, by day; the last one repeats. */
  capacities: readonly number[];
  closed?: readonly number[];
  /** Days after the last demandes, for the mails. */
  follow?: number;
};

export const agents = 4;
const lagHours = 1;

/** A run whose demandes come evenly from 8 to 18, and whose agents work from 9 to 17, served without chance. */
export function madeRun({
  arm,
  start,
  perDay,
  capacities,
  closed = [],
  follow = 3,
}: Made): Calibration['runs'][number] {
  const days = perDay.length + follow;
  const weekday = new Date(`${start}T12:00:00Z`).getUTCDay();
  const office = { from: 9, to: 17, closed: new Set(closed) };
  const each = Array.from(
    { length: days },
    (_, day) => capacities[Math.min(day, capacities.length - 1)] ?? 0,
  );
  const planned = perDay.flatMap((count, day) =>
    Array.from({ length: count }, (_, at) => 24 * day + 8 + (10 * (at + 0.5)) / count),
  );
  const done = eventQueue(
    planned.map((hour) => hour + lagHours),
    agents,
    workCurve(office, weekday, each),
  );
  return {
    ...{ arm, start: `${start}T00:00:00+01:00` },
    end: new Date(Date.parse(`${start}T00:00:00+01:00`) + days * 86_400_000).toISOString(),
    submissions: planned.map((hour, at) => {
      const last = 3600 * (done[at] ?? Number.NaN);
      return [3600 * hour, 3600 * hour, Number.isFinite(last) ? last : null];
    }),
  };
}

export function madeCalibration(runs: Calibration['runs'], compression = 1): Calibration {
  return { version: 1, target: 'essai', timeZone: 'Europe/Paris', compression, deadlineHours: 48, runs };
}
