import type { Options } from 'k6/options';
import { demandOf, type Run, type Stage } from '../fixtures/stages.ts';
import { blockedHostnames } from './guard.ts';
import { embeddedWire } from './wire.ts';

/** Two demandes a second, for five; without RUN, for as long as the plan takes. */
const smokeStage: Stage = { fromPerMinute: 120, toPerMinute: 120, seconds: 5 };

/** A few demandes in seconds: does everything work at all? */
const smoke: Run = {
  wire: embeddedWire,
  stages: [smokeStage],
  atOnce: 20,
  mailDomain: 'exemple.test',
};

/** RUN is the absolute path of a `Run` as JSON, which `guichet load` writes; the smoke of the extranet when absent. */
export const run: Run = __ENV.RUN ? JSON.parse(open(__ENV.RUN)) : smoke;

/** How many k6 share the run, each with a segment of it: SEGMENTS, 1 when absent. */
const segments = Math.max(1, Number(__ENV.SEGMENTS) || 1);
/** k6 gives segments iterations by their share of the visits at once: equal shares, so that none waits in vain. */
const shared = (count: number) => Math.ceil(count / segments) * segments;

/**
 * k6's options for `planned` arrivals. Thresholds are counters with a minimum: k6 passes a rate that has no samples, and
 * ends with 0 when every iteration throws. `subject` names the counters of `outcome.ts`. `watched`: each segment asks the
 * target every 5 s whether it still agrees.
 */
export function optionsOf(planned: number, subject: string, { watched = false } = {}): Options {
  const { atOnce } = run;
  const stages = __ENV.RUN ? run.stages : [{ ...smokeStage, seconds: planned / 2 }];
  const { seconds } = demandOf(stages);
  const common = { preAllocatedVUs: shared(atOnce), maxVUs: shared(atOnce), gracefulStop: '60s' };
  // Of its own segment alone each k6 knows; the whole is the ledger's to count.
  const least = segments === 1 ? Math.max(1, planned) : Math.floor(planned / segments);
  return {
    scenarios: {
      [subject]: run.inTurn ? inTurn(planned, shared(atOnce)) : { ...arrivals(stages), ...common },
      ...(watched
        ? {
            watch: {
              ...{ executor: 'constant-arrival-rate', exec: 'watch', rate: segments, timeUnit: '5s' },
              ...{
                duration: `${Math.max(5, Math.ceil(seconds))}s`,
                preAllocatedVUs: segments,
                maxVUs: 2 * segments,
              },
            },
          }
        : {}),
    } as NonNullable<Options['scenarios']>,
    thresholds: {
      [`${subject}_as_planned`]: [`count>=${least}`],
      [`${subject}_errored`]: ['count==0'],
      dropped_iterations: ['count==0'],
      // Always true: k6 tells a part of a metric only where a threshold names it.
      'http_req_duration{name:VALIDER}': ['max>=0'],
      'http_req_duration{name:ENVOYER}': ['max>=0'],
    },
    maxRedirects: 0,
    blockHostnames: blockedHostnames,
    userAgent: 'guichet-load (k6)',
    summaryTrendStats: ['min', 'med', 'p(95)', 'p(99)', 'max'],
  };
}

/**
 * Visits that `guichet load` lets go one by one: the rate is its own to keep, and a machine that falls behind delays a visit
 * of a clock that stands, where k6 would drop it.
 */
function inTurn(planned: number, visitors: number) {
  const iterations = Math.max(visitors, planned);
  return {
    executor: 'shared-iterations',
    vus: visitors,
    iterations,
    maxDuration: '24h',
    gracefulStop: '60s',
  };
}

/** One steady stage, or a slope through all of them; k6 wants whole numbers, so rates are given by the hour. */
function arrivals(stages: readonly Stage[]) {
  const hourly = (perMinute: number) => Math.round(perMinute * 60);
  const duration = (seconds: number) => `${Math.round(seconds * 1000)}ms`;
  const [first] = stages;
  if (!first) throw new Error('GUICHET_USAGE: the run has no stage. Give at least one.');
  if (stages.length === 1 && first.fromPerMinute === first.toPerMinute) {
    return {
      executor: 'constant-arrival-rate',
      ...{ rate: hourly(first.fromPerMinute), timeUnit: '1h' },
      // k6 takes no less than a second; arrivals beyond the plan find no persona.
      duration: duration(Math.max(1, first.seconds)),
    };
  }
  let rate = first.fromPerMinute;
  return {
    executor: 'ramping-arrival-rate',
    ...{ startRate: hourly(first.fromPerMinute), timeUnit: '1h' },
    stages: stages.flatMap(({ fromPerMinute, toPerMinute, seconds }) => {
      const jump = fromPerMinute === rate ? [] : [{ target: hourly(fromPerMinute), duration: '0s' }];
      rate = toPerMinute;
      return [...jump, { target: hourly(toPerMinute), duration: duration(seconds) }];
    }),
  };
}
