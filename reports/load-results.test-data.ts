import type { LoadCurves } from './load-report.ts';
import type { LoadResults } from './load-results.ts';

const visits = { planned: 0, accepted: 9, refused: 1, dropped: 0, errored: 2, unknown: 1 };
const mails = { expected: 27, received: 26, lost: 2, doubled: 1, unexpected: 0, crossed: 1 };
/** A campaign that was stopped, with a fault of each kind. */
export const sampleLoad: LoadResults = {
  ...{ version: 1, campaign: 'c', finished: false, stopped: 'GUICHET_LOAD_STOPPED: k6 ended with SIGKILL.' },
  ...{ startedAt: '2026-03-03T08:00:00.000Z', writtenAt: '2026-03-03T08:05:00.000Z' },
  ...{ workload: 'campaign', coupling: 'off', compression: 20.04, agents: 17 },
  generator: { plannedPerSecond: 40, calibratedPerSecond: 345.5, own: { p95Ms: 1.5, p99Ms: 4.5 } },
  runs: [
    {
      ...{ run: 1, arm: 'load', finished: true, visits, mails },
      visitDurations: { p50Ms: 28, p95Ms: 114, p99Ms: 168 },
      envoyer: { p95Ms: 27.4, p99Ms: 48.4, ownP95: 0.056, ownP99: 0.093 },
    },
  ],
  totals: { visits, mails },
  lost: [
    { submission: 'r01-p1', kind: 'identifiant' },
    { submission: 'r01-b3', kind: 'mot-de-passe' },
  ],
  doubled: [{ submission: 'r01-p2', kind: 'habilitation', count: 2 }],
  unexpected: [],
  crossed: [{ run: 1, mail: 'm1', why: 'to r01-p4, with credentials of r01-p5' }],
  exitCode: 1,
};

const survival = [
  { hours: 2, share: 0.5, low: 0.3, high: 0.7 },
  { hours: 26, share: 0.1, low: 0, high: 0.3 },
];
const points = [
  { x: 0, y: 1 },
  { x: 1, y: 4 },
];

/** What is drawn of it. */
export const sampleCurves: LoadCurves = {
  tauHours: 48,
  mails: (['identifiant', 'mot-de-passe', 'habilitation'] as const).map((kind) => ({
    kind,
    arms: (['baseline', 'load'] as const).map((arm) => ({ arm, survival })),
  })),
  runs: [{ run: 1, arm: 'load', hours: 3.5, missed: 0.02 }],
  arrivals: { planned: points, achieved: points },
  backlog: [{ arm: 'load', points }],
  times: [{ hours: 0.2, p50Ms: 20, p95Ms: 40, p99Ms: 60 }],
};
