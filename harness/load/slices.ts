import type { Stage } from '../../fixtures/stages.ts';
import type { Visit } from './plan.ts';

/** The day of every run, midnight in Paris: a Tuesday. */
const dayStart = new Date('2026-03-03T00:00:00+01:00').getTime();
/** Virtual minutes that the clock moves at a time: below a tenth of δ, so that no stall of the machine shows. */
export const sliceMinutes = 10;
/** A slice takes this long at least, in seconds of this machine, and its arrivals spread over it. */
const leastSeconds = 0.08;

/** That minute of the virtual day. */
export function instantOf(minute: number): Date {
  return new Date(dayStart + Math.round(minute * 60_000));
}

/** A stretch of the virtual day. Its visits go once the clock stands at its end: no mail comes before its demande. */
export type Slice = { end: Date; visits: readonly Visit[] };

/** Cuts the visits, in the order of their minutes, into slices from one minute of the day to another. */
export function slicesOf(visits: readonly Visit[], { from, to }: { from: number; to: number }): Slice[] {
  const count = Math.ceil((to - from) / sliceMinutes);
  const byPlace = Map.groupBy(visits, ({ minute }) =>
    Math.min(count - 1, Math.max(0, Math.floor((minute - from) / sliceMinutes))),
  );
  return Array.from({ length: count }, (_, at) => ({
    end: instantOf(from + (at + 1) * sliceMinutes),
    visits: byPlace.get(at) ?? [],
  }));
}

/** The real arrivals that the visits come to as they are let go: slice after slice, never above `perSecond`. */
export function stagesOf(slices: readonly Slice[], perSecond: number): Stage[] {
  return slices
    .filter(({ visits }) => visits.length > 0)
    .map(({ visits }) => {
      const seconds = Math.max(leastSeconds, visits.length / perSecond);
      const perMinute = (60 * visits.length) / seconds;
      return { fromPerMinute: perMinute, toPerMinute: perMinute, seconds };
    });
}
