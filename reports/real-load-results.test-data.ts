import type { DrawnCohort } from './real-load-report.ts';
import type { RealLoadResults } from './real-load-results.ts';

const hour = 3_600_000;
const start = Date.parse('2026-11-25T08:00:00Z');
const at = (hours: number) => new Date(start + hours * hour).toISOString();

/** Eight cohorts of two days, the last of which still wait. */
export const sampleCohorts: DrawnCohort[] = Array.from({ length: 8 }, (_, index) => ({
  cohort: {
    ...{ from: at(6 * index), to: at(6 * index + 6), demandes: 40, failed: 0 },
    ...(index < 6
      ? { served: 40, awaited: 0, inTime: { share: 1, low: 1, high: 1 } }
      : { served: 18, awaited: 22 }),
    medianHours: 5 + index,
  },
  steps: [0.75, 0.5, 0.25].map((awaited, step) => ({
    ...{ hours: 4 + index + step, awaited, lower: awaited - 0.1, upper: awaited + 0.1 },
  })),
  watchedHours: 47,
}));

/** A campaign on a real clock, broken in every way that is told of one mail. */
export const sampleReal: RealLoadResults = {
  ...{ version: 1, clock: 'real', campaign: '2026-11-25T08-00-00-load-1', target: 'recette <b>' },
  ...{ workload: 'normal', startedAt: at(0), writtenAt: at(50), sent: true, provisional: true },
  ...{ verdictAt: at(96.5), deadlineHours: 48, limit: 0.02 },
  visits: { planned: 0, accepted: 320, refused: 1, dropped: 2, errored: 3, unknown: 4 },
  mails: {
    expected: 960,
    inTime: 800,
    late: 1,
    missing: 1,
    awaited: 155,
    doubled: 1,
    unexpected: 1,
    crossed: 1,
  },
  faults: [
    { submission: 'x-1', kind: 'habilitation', fault: 'late', hours: 49.5 },
    { submission: 'x-2', kind: 'mot-de-passe', fault: 'missing' },
    { submission: 'x-3', kind: 'identifiant', fault: 'doubled' },
    { submission: 'x-4', kind: 'other', fault: 'unexpected' },
  ],
  crossed: [{ mail: 'm1', why: 'à quelquun@ailleurs.example' }],
  cohorts: sampleCohorts.map(({ cohort }) => cohort),
  breaches: { due: 80, failed: 2, upper: 0.077 },
  forecast: ['covid-week (44 500 demandes/jour) : la promesse serait rompue'],
  reasons: ['Un mail de contrôle n’est pas arrivé : le chemin des mails n’est pas sûr.'],
  exitCode: 1,
};
