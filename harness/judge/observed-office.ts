import { quantileSorted } from 'simple-statistics';
import type { LocalRun } from './calibration-days.ts';
import type { Office } from './office.ts';

/** The hours that the last mails show, and the weekdays about which nothing was learnt. */
export type ObservedOffice = Office & { unseen: readonly number[] };

/** A mail outside of hours now and then (one tried again, a late one) does not open the office: part of all mails. */
const stray = 0.005;
/** Agents keep to quarters of an hour. */
const perHour = 4;
/** Mails at more hours of the day than that: no agents, or some at all hours. */
const roundTheClock = 23;

/**
 * When agents work, from when the last mails came. A weekday on which demandes waited and no mail came is closed; one on
 * which none waited is `unseen`, and taken for open. `minimum` is the shortest time to the last mail, in hours.
 */
export function officeOf(runs: readonly LocalRun[], minimum: number): ObservedOffice {
  const hours = runs
    .flatMap(({ submissions }) => submissions.map(({ completed }) => completed % 24))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const first = Math.floor(quantileSorted(hours, stray) * perHour) / perHour;
  const last = Math.ceil(quantileSorted(hours, 1 - stray) * perHour) / perHour;
  const always = last - first > roundTheClock;
  const office = { from: always ? 0 : first, to: always ? 24 : last };
  const seen = new Map<number, boolean>();
  for (const run of runs) {
    for (let day = 0; 24 * day + office.to <= run.end; day++) {
      const worked = workedOn(run, day, office, minimum);
      const weekday = (run.firstWeekday + day) % 7;
      if (worked !== undefined) seen.set(weekday, worked || (seen.get(weekday) ?? false));
    }
  }
  const weekdays = [0, 1, 2, 3, 4, 5, 6];
  return {
    ...office,
    closed: new Set(weekdays.filter((day) => seen.get(day) === false)),
    unseen: weekdays.filter((day) => !seen.has(day)),
  };
}

/** Whether agents worked on a day of a run; undefined when there was nothing for them to do. */
function workedOn(
  { submissions }: LocalRun,
  day: number,
  { from, to }: Pick<Office, 'from' | 'to'>,
  minimum: number,
): boolean | undefined {
  const opening = 24 * day + from;
  const closing = 24 * day + to;
  if (submissions.some(({ completed }) => completed > opening && completed <= closing)) return true;
  const waited = submissions.some(
    ({ entered, completed, pending }) =>
      entered + minimum <= opening &&
      (pending || (completed > closing && completed < Number.POSITIVE_INFINITY)),
  );
  return waited ? false : undefined;
}
