// A target with known truth: agents in office hours, first come, first served, whose days differ by chance.
import type { Calibration } from '../harness/judge/calibration-runs.ts';
import type { Random } from '../harness/judge/random.ts';

/** What the truth is like. Spreads are of the logarithm. */
export type Truth = {
  demandesPerDay: number;
  agents: number;
  minutesPerDemande: number;
  opens: number;
  closes: number;
  /** From acceptance to the agents' queue. */
  lagHours: number;
  demandSpread: number;
  capacitySpread: number;
  /** Standard deviation of an agent's work on one demande, as a part of its mean. */
  workVariation: number;
  /** Correlation of a day with the day before it. */
  correlation: number;
};

/** The figures of the first study (docs/forecast.md): 20 agents, busy three quarters of the time. */
export const usual: Truth = {
  ...{ demandesPerDay: 750, agents: 20, minutesPerDemande: 12, opens: 8, closes: 18, lagHours: 2 },
  ...{ demandSpread: 0.15, capacitySpread: 0.1, workVariation: 0, correlation: 0 },
};

/** Days after the last demandes whose capacity varies; later ones are usual. */
const drainDays = 10;

type Demande = { at: number; done: number };

/**
 * Lives through as many days as there are factors of their demand, and then lets the queue run dry, demande by demande
 * and agent by agent. Nothing is shared with what is judged. A day's demandes come by a two-humped shape.
 */
export function live(truth: Truth, factors: readonly number[], random: Random): Demande[] {
  const { opens, closes, agents, correlation } = truth;
  // The weather comes first, so that one seed has the same at any demand.
  const demands = chain(correlation, factors.length, random);
  const capacities = chain(correlation, factors.length + drainDays, random);
  const speedOn = (day: number) => Math.exp(truth.capacitySpread * (capacities[day] ?? 0));
  const free = new Float64Array(agents);
  return factors.flatMap((factor, day) =>
    arrivals(factor * truth.demandesPerDay * Math.exp(truth.demandSpread * (demands[day] ?? 0)), random).map(
      (hour) => {
        const at = 24 * day + hour;
        let agent = 0;
        for (let other = 1; other < agents; other++)
          if ((free[other] ?? 0) < (free[agent] ?? 0)) agent = other;
        let instant = Math.max(free[agent] ?? 0, at + truth.lagHours);
        let left = (truth.minutesPerDemande / 60) * random.positive(truth.workVariation);
        for (;;) {
          const today = Math.floor(instant / 24);
          instant = Math.max(instant, 24 * today + opens);
          const possible = (24 * today + closes - instant) * speedOn(today);
          if (left <= possible) break;
          left -= Math.max(0, possible);
          instant = 24 * (today + 1);
        }
        const done = instant + left / speedOn(Math.floor(instant / 24));
        free[agent] = done;
        return { at, done };
      },
    ),
  );
}

/** Standard normal numbers, each correlated with the one before. */
function chain(correlation: number, length: number, random: Random): number[] {
  let last = random.normal();
  return Array.from({ length }, () => {
    last = correlation * last + Math.sqrt(1 - correlation ** 2) * random.normal();
    return last;
  });
}

/** The hours of a day at which demandes come, most of them around 11 and 15:30, between 8 and 18. */
function arrivals(expected: number, random: Random): number[] {
  const hours: number[] = [];
  const highest = 0.16;
  for (let hour = 8; ; ) {
    hour += random.exponential() / (expected * highest);
    if (hour >= 18) return hours;
    // The whole day is 1.
    const humps = Math.exp(-((hour - 11) ** 2) / 4) + Math.exp(-((hour - 15.5) ** 2) / 4);
    const density = (0.04 + 0.1 * humps) / 1.0893;
    if (random.uniform() * highest < density) hours.push(hour);
  }
}

/** The calibration that these days make, as `guichet load` would write it: one run, followed for so many days. */
export function calibrationOf(demandes: readonly Demande[], days: number): Calibration {
  const end = 24 * days;
  return {
    ...{ version: 1, target: 'simulator', timeZone: 'UTC', compression: 1, deadlineHours: 48 },
    runs: [
      {
        ...{
          arm: 'baseline',
          start: '2026-03-02T00:00:00Z',
          end: new Date(Date.UTC(2026, 2, 2, end)).toISOString(),
        },
        submissions: demandes.map(({ at, done }) => [
          3600 * at,
          3600 * at + 1,
          done > end ? null : 3600 * done,
        ]),
      },
    ],
  };
}
