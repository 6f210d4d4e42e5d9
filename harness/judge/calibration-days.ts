import type { Calibration, CalibrationRun } from './calibration-runs.ts';

/** A submission in hours since the local midnight before its run. */
export type Submission = {
  planned: number;
  /** When the target accepted it, or, not known to have, when it was planned. */
  entered: number;
  /** When the last of its mails came; ∞ when one had not by the end of the run. */
  completed: number;
  /** Hours from the planned instant to the last mail; ∞ like `completed`. */
  hours: number;
  /** Still in the agents' hands, or their queue, when the run ended: nothing that came in later was completed. */
  pending: boolean;
};

/** A run in the local time of the agents; submissions in the order in which they entered. */
export type LocalRun = { arm: string; firstWeekday: number; end: number; submissions: Submission[] };

const hour = 3_600_000;

/** The runs of a calibration in the local time of the agents. */
export function localRuns({ timeZone, runs }: Calibration): LocalRun[] {
  const local = localClock(timeZone);
  return runs.map((run) => localRun(run, local));
}

function localRun({ arm, start, end, submissions }: CalibrationRun, local: (ms: number) => number): LocalRun {
  const from = Date.parse(start);
  const midnight = Math.floor(local(from) / 24) * 24;
  const at = (seconds: number) => local(from + seconds * 1000) - midnight;
  const rows = submissions
    .map(([planned, accepted, last]) => ({
      planned: at(planned),
      entered: at(accepted ?? planned),
      completed: last === null ? Number.POSITIVE_INFINITY : at(last),
      hours: last === null ? Number.POSITIVE_INFINITY : (last - planned) / 3600,
      taken: accepted !== null || last !== null,
    }))
    .sort((a, b) => a.entered - b.entered);
  const lastServed = rows.findLast(({ completed }) => completed < Number.POSITIVE_INFINITY)?.entered ?? -1;
  return {
    arm,
    // 1 January 1970 was a Thursday.
    firstWeekday: (midnight / 24 + 4) % 7,
    end: local(Date.parse(end)) - midnight,
    submissions: rows.map(({ taken, ...row }) => ({
      ...row,
      pending: taken && row.completed === Number.POSITIVE_INFINITY && row.entered > lastServed,
    })),
  };
}

/** Hours on the clock on the wall, of an instant in ms. */
function localClock(timeZone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
  });
  const offsets = new Map<number, number>();
  // Offsets change on the quarter of an hour at the finest.
  const quarter = hour / 4;
  const offsetAt = (ms: number) => {
    const key = Math.floor(ms / quarter);
    let offset = offsets.get(key);
    if (offset === undefined) {
      const parts = Object.fromEntries(
        format.formatToParts(key * quarter).map(({ type, value }) => [type, Number(value)]),
      );
      const { year = 0, month = 0, day = 0, hour: hours = 0, minute = 0 } = parts;
      offset = Date.UTC(year, month - 1, day, hours, minute) - key * quarter;
      offsets.set(key, offset);
    }
    return offset;
  };
  return (ms) => (ms + offsetAt(ms)) / hour;
}
