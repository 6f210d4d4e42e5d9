import type { Cohort } from '../../reports/real-load-results.ts';
import { type SurvivalStep, survivalOf, type Wait } from './survival.ts';

/** One demande that was sent: when it was planned, how long until its third mail, and what that means. */
export type Followed = {
  planned: Date;
  wait: Wait;
  standing: 'served' | 'failed' | 'awaited';
};

/** A cohort, and its curve of what is still awaited; `watchedHours`: until when one who still waits was watched, at most. */
export type CohortCurve = { cohort: Cohort; steps: SurvivalStep[]; watchedHours: number };

const minute = 60_000;
/** How long a cohort may be, in minutes. */
const lengths = [1, 5, 15, 30, 60, 180, 360, 720, 1440, 2880, 10_080];
const mostCohorts = 8;

/**
 * Cuts demandes into cohorts by when they were planned: of one length, as fine as at most eight of them allow. Each has
 * Kaplan and Meier's curve of its own; a queue makes those of a busy hour wait longer, so they are never pooled.
 */
export function cohortsOf(demandes: readonly Followed[], deadlineHours: number): CohortCurve[] {
  if (demandes.length === 0) return [];
  const instants = demandes.map(({ planned }) => planned.getTime());
  const first = instants.reduce((a, b) => Math.min(a, b));
  const last = instants.reduce((a, b) => Math.max(a, b));
  const length =
    minute * (lengths.find((each) => last - first < each * minute * mostCohorts) ?? lengths.at(-1) ?? 1);
  const groups = Map.groupBy(demandes, ({ planned }) => Math.floor((planned.getTime() - first) / length));
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([at, members]) => curveOf(members, new Date(first + at * length), length, deadlineHours));
}

function curveOf(
  members: readonly Followed[],
  from: Date,
  lengthMs: number,
  deadlineHours: number,
): CohortCurve {
  const of = (standing: Followed['standing']) => members.filter((each) => each.standing === standing).length;
  const steps = survivalOf(members.map(({ wait }) => wait));
  const median = steps.find(({ awaited }) => awaited <= 0.5)?.hours;
  const inTime = shareInTime(members, steps, deadlineHours);
  return {
    steps,
    watchedHours: members.reduce((most, { wait }) => Math.max(most, wait.hours), 0),
    cohort: {
      ...{ from: from.toISOString(), to: new Date(from.getTime() + lengthMs).toISOString() },
      ...{ demandes: members.length, served: of('served'), failed: of('failed'), awaited: of('awaited') },
      ...(median === undefined ? {} : { medianHours: median }),
      ...(inTime ? { inTime } : {}),
    },
  };
}

/** Undefined while nobody of those who still wait was watched to the deadline. */
function shareInTime(members: readonly Followed[], steps: readonly SurvivalStep[], deadlineHours: number) {
  const at = steps.findLastIndex(({ hours }) => hours <= deadlineHours);
  const last = steps[at];
  if (last?.awaited === 0) {
    if (members.every(({ wait }) => wait.came)) return { share: 1, low: 1, high: 1 };
    // Those who waited the longest are served; what others who still wait may do, the step before tells.
    return { share: 1, low: 1 - (steps[at - 1]?.upper ?? 1), high: 1 };
  }
  const watched = members.some(({ wait }) => wait.hours >= deadlineHours);
  if (!watched) return undefined;
  return last
    ? { share: 1 - last.awaited, low: 1 - last.upper, high: 1 - last.lower }
    : { share: 0, low: 0, high: 0 };
}
