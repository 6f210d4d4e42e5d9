/**
 * How fast this generator is, and how slow it makes what it times: whole visits to an endpoint that does nothing, first as
 * many as go, then at the planned rate. What `guichet load` runs before a campaign, with RUN, PLAN, SECONDS.
 */
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { demandOf } from '../fixtures/stages.ts';
import { recorderOf } from './outcome.ts';
import { personaAt } from './personas.ts';
import { run } from './run.ts';
import { visitOf } from './visit.ts';

const seconds = Number(__ENV.SECONDS || 3);
const record = recorderOf('visits');
/** Half a second between the two, for what is left over of the first. */
const openAt = seconds + 0.5;

export const options: Options = {
  scenarios: {
    closed: { executor: 'constant-vus', vus: 10, duration: `${seconds}s`, gracefulStop: '500ms' },
    open: {
      executor: 'constant-arrival-rate',
      ...{ rate: Math.max(1, Math.round(demandOf(run.stages).perMinute * 60)), timeUnit: '1h' },
      ...{ startTime: `${openAt}s`, duration: `${seconds}s` },
      ...{ preAllocatedVUs: run.atOnce, maxVUs: run.atOnce, gracefulStop: '5s' },
    },
  },
  thresholds: {
    visits_errored: ['count==0'],
    visits_refused: ['count==0'],
    'iterations{scenario:closed}': ['count>=1'],
    // Always true: k6 tells a part of a metric only where a threshold names it.
    'http_reqs{scenario:closed}': ['count>=1'],
    'http_req_duration{scenario:open}': ['max>=0'],
  },
  maxRedirects: 0,
  userAgent: 'guichet-load (k6)',
  summaryTrendStats: ['med', 'p(95)', 'p(99)', 'max'],
};

export default function calibration(): void {
  const persona = personaAt(exec.scenario.iterationInTest);
  record(persona.id, 'accepted', () => visitOf(run.wire, persona));
}
