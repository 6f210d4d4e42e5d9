import type { Options } from 'k6/options';
import { blockedHostnames } from './guard.ts';

/** How many demandes arrive, and how fast: an open rate, which no slow answer holds back. */
export type Workload = {
  perMinute: number;
  submissions: number;
  /** Journeys at once; k6 drops what it has no room for, and a drop fails the run. */
  atOnce: number;
};

/** A few demandes in seconds: does everything work at all? */
export const smoke: Workload = { perMinute: 120, submissions: 10, atOnce: 20 };

/**
 * k6's options for `submissions` arrivals. Thresholds are counters with a minimum: k6 passes a rate that has no
 * samples, and ends with 0 when every iteration throws. `subject` names the counters of `outcome.ts`.
 */
export function optionsOf({ perMinute, atOnce }: Workload, submissions: number, subject: string): Options {
  return {
    scenarios: {
      [subject]: {
        executor: 'constant-arrival-rate',
        rate: perMinute,
        timeUnit: '1m',
        // k6 takes no less than a second; arrivals beyond the plan find no persona.
        duration: `${Math.max(1000, Math.ceil((submissions * 60_000) / perMinute))}ms`,
        preAllocatedVUs: atOnce,
        maxVUs: atOnce,
        gracefulStop: '60s',
      },
    },
    thresholds: {
      [`${subject}_accepted`]: [`count>=${Math.max(1, submissions)}`],
      [`${subject}_refused`]: ['count==0'],
      [`${subject}_errored`]: ['count==0'],
    },
    maxRedirects: 0,
    blockHostnames: blockedHostnames,
    userAgent: 'guichet-load (k6)',
    summaryTrendStats: ['min', 'med', 'p(95)', 'p(99)', 'max'],
  };
}
