import { mean, quantile, sampleVariance } from 'simple-statistics';
import { GuichetError } from '../errors.ts';
import { type LocalRun, localRuns, type Submission } from './calibration-days.ts';
import type { Calibration } from './calibration-runs.ts';
import { type CapacityDay, capacityDays, watchingVariance } from './observed-capacity.ts';
import { type ObservedOffice, officeOf } from './observed-office.ts';
import { openHours, workCurve } from './office.ts';
import { eventQueue } from './queue.ts';
import { type Spread, spreadOf } from './spread.ts';

/** What calibration runs show of a target, at its real size: what compression divided is multiplied again. */
export type Model = {
  office: ObservedOffice;
  /** How many demandes are worked on at once. */
  agents: number;
  /** Hours from the planned instant until a demande may be worked on. */
  lagHours: number;
  /** Demandes per open hour, by day. */
  capacity: Spread;
  /** What is left of the capacity in the arm with the most demandes, where that is clearly less; `capacity` is that one. */
  slowed: number | undefined;
  /** Demandes per day, in the arm that has the fewest. */
  demand: Spread;
  /** The part of a day's demandes in each half hour of it. */
  shape: readonly number[];
  /** The part of the demandes of the arm with the most that was refused, failed, or has lost a mail. */
  missing: number;
  deadlineHours: number;
  /** Mean difference between the mails as the model plays the runs again and as they came, in hours. */
  replayHours: number;
};

/** Fewer days on which a queue was seen say nothing of how days differ. */
const fewestDays = 3;
/** A day's demandes must be spread over so many hours, or they are no day's. */
const shortestDay = 4;
/** The part of the demandes that come as fast as any: below it are clocks that differ. */
const fastest = 0.02;
const halfHours = 48;
/** When a difference of capacity is one: in standard errors, and no less than that part of it. */
const clearErrors = 3;
const smallestLoss = 0.01;
/** How many agents there may be: the replay says which number fits. */
const crews = [1, 2, 3, 5, 8, 12, 16, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1000];

/**
 * Throws `GUICHET_CALIBRATION_TOO_LIGHT` when no mail came, no run lasts a day, or fewer than three days saw a queue:
 * what was never reached cannot be told.
 */
export function modelOf(calibration: Calibration): Model {
  const runs = localRuns(calibration);
  const completed = runs.flatMap(({ submissions }) =>
    submissions
      .filter((each) => each.completed < Number.POSITIVE_INFINITY)
      .map((each) => each.completed - each.entered),
  );
  if (completed.length === 0) throw tooLight('No submission has brought all its mails.');
  const minimum = quantile(completed, fastest);
  const office = officeOf(runs, minimum);
  const days = capacityDays(runs, office, minimum);
  if (days.length < fewestDays)
    throw tooLight(`A queue was seen on ${days.length} days, and ${fewestDays} are the least.`);
  const { compression } = calibration;
  const counts = demandDays(runs);
  const { used, slowed } = underLoad(days, armsOf(counts).at(-1) ?? '');
  const capacity = spreadOf(
    used.map((day) => day.capacity),
    watchingVariance(used),
  );
  const crew = crewOf(runs, { office, days, capacity, minimum });
  return {
    ...{ office, slowed, deadlineHours: calibration.deadlineHours, replayHours: crew.off },
    agents: crew.agents * compression,
    lagHours: minimum - crew.agents / Math.exp(capacity.mean),
    capacity: scaled(capacity, compression),
    demand: scaled(demandOf(counts), compression),
    shape: shapeOf(runs),
    missing: missingOf(runs, counts),
  };
}

function scaled(spread: Spread, factor: number): Spread {
  return { ...spread, mean: spread.mean + Math.log(factor) };
}

type DemandDay = { arm: string; count: number };

/** How many demandes were planned on each day of each run. */
function demandDays(runs: readonly LocalRun[]): DemandDay[] {
  const days = runs.flatMap(({ arm, submissions }) =>
    [...Map.groupBy(submissions, ({ planned }) => Math.floor(planned / 24)).values()].flatMap((day) => {
      const hours = day.map(({ planned }) => planned);
      const length = hours.reduce((a, b) => Math.max(a, b)) - hours.reduce((a, b) => Math.min(a, b));
      return length >= shortestDay ? [{ arm, count: day.length }] : [];
    }),
  );
  if (days.length === 0)
    throw tooLight(
      `No run has demandes over ${shortestDay} hours of a day, so that there is no rate per day.`,
    );
  return days;
}

/** The arms, those with the fewest demandes a day first. */
function armsOf(days: readonly DemandDay[]): string[] {
  return [...Map.groupBy(days, ({ arm }) => arm)]
    .map(([arm, own]) => ({ arm, count: mean(own.map(({ count }) => count)) }))
    .sort((a, b) => a.count - b.count)
    .map(({ arm }) => arm);
}

/**
 * The days that tell the capacity at the peak. Where agents do clearly less in the arm with the most demandes than in the
 * others (by three standard errors), only its days do: the web load slows them, and the peak will.
 */
function underLoad(
  days: readonly CapacityDay[],
  busiest: string,
): { used: readonly CapacityDay[]; slowed: number | undefined } {
  const logs = (own: readonly CapacityDay[]) => own.map(({ capacity }) => Math.log(capacity));
  const loaded = days.filter(({ arm }) => arm === busiest);
  const others = days.filter(({ arm }) => arm !== busiest);
  if (loaded.length < fewestDays || others.length < fewestDays) return { used: days, slowed: undefined };
  const difference = mean(logs(loaded)) - mean(logs(others));
  const error = Math.sqrt(
    sampleVariance(logs(loaded)) / loaded.length + sampleVariance(logs(others)) / others.length,
  );
  const clearly = difference < -Math.max(clearErrors * error, smallestLoss);
  return clearly ? { used: loaded, slowed: Math.exp(difference) } : { used: days, slowed: undefined };
}

function demandOf(days: readonly DemandDay[]): Spread {
  const arms = [...Map.groupBy(days, ({ arm }) => arm).values()].map((own) => own.map(({ count }) => count));
  // Poisson: of the logarithm of a count, chance alone makes a variance of one over the count.
  const spreads = arms.map((counts) => spreadOf(counts, 1 / mean(counts)));
  const fewest = spreads.reduce((a, b) => (b.mean < a.mean ? b : a));
  const freedom = spreads.reduce((sum, spread) => sum + spread.freedom, 0);
  const pooled = (key: 'variance' | 'seen') =>
    freedom === 0 ? 0 : spreads.reduce((sum, spread) => sum + spread[key] * spread.freedom, 0) / freedom;
  return { ...fewest, variance: pooled('variance'), seen: pooled('seen'), freedom };
}

function shapeOf(runs: readonly LocalRun[]): number[] {
  const counts = new Array<number>(halfHours).fill(0);
  let all = 0;
  for (const { submissions } of runs) {
    for (const { planned } of submissions) {
      const half = Math.floor((planned % 24) * 2);
      counts[half] = (counts[half] ?? 0) + 1;
      all++;
    }
  }
  return counts.map((count) => count / all);
}

function missingOf(runs: readonly LocalRun[], days: readonly DemandDay[]): number {
  const most = armsOf(days).at(-1);
  const rows = runs.filter(({ arm }) => arm === most).flatMap(({ submissions }) => submissions);
  return rows.filter(isMissing).length / rows.length;
}

function isMissing({ completed, pending }: Submission): boolean {
  return completed === Number.POSITIVE_INFINITY && !pending;
}

type Observed = { office: ObservedOffice; days: readonly CapacityDay[]; capacity: Spread; minimum: number };

/** The number of agents with which the model, played on the runs themselves, comes nearest to the mails as they came. */
function crewOf(
  runs: readonly LocalRun[],
  { office, days, capacity, minimum }: Observed,
): { agents: number; off: number } {
  const usual = Math.exp(capacity.mean);
  const possible = crews.filter((agents) => agents === 1 || agents / usual <= minimum);
  const tried = possible.map((agents) => {
    const offs = runs.flatMap((run, index) => {
      const capacities = Array.from(
        { length: Math.ceil(run.end / 24) + 1 },
        (_, day) => days.find((each) => each.run === index && each.day === day)?.capacity ?? usual,
      );
      const curve = workCurve(office, run.firstWeekday, capacities);
      const rows = run.submissions.filter((each) => !isMissing(each));
      const lag = minimum - agents / usual;
      const done = eventQueue(
        rows.map(({ entered }) => entered + lag),
        agents,
        curve,
      );
      return rows.flatMap(({ completed }, at) => {
        const off = Math.abs((done[at] ?? Number.NaN) - completed);
        return Number.isFinite(off) ? [off] : [];
      });
    });
    return { agents, off: offs.length === 0 ? Number.POSITIVE_INFINITY : mean(offs) };
  });
  return tried.reduce((a, b) => (b.off < a.off ? b : a));
}

/** How many demandes a day of usual capacity can do. */
export function usualDay({ capacity, office }: Model): number {
  return Math.exp(capacity.mean) * openHours(office);
}

function tooLight(what: string): GuichetError {
  return new GuichetError('GUICHET_CALIBRATION_TOO_LIGHT', what);
}
