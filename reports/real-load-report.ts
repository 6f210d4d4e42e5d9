import { timeToMails } from './load-charts.ts';
import { figure, loadShell, section } from './load-shell.ts';
import { cohortName, realLoadPage } from './real-load-page.ts';
import type { Cohort, RealLoadResults } from './real-load-results.ts';
import { typeset } from './wording.ts';

/** A cohort, and its curve: the share that still awaits its third mail, with its band, by hours from the planned instant. */
export type DrawnCohort = {
  cohort: Cohort;
  steps: readonly { hours: number; awaited: number; lower: number; upper: number }[];
  /** Until when one who still waits was watched. */
  watchedHours: number;
};

/** Curves that one chart tells apart. */
const together = 4;

/** A campaign on a real clock as one self-contained French page: no network, no script. */
export function realLoadReport(results: RealLoadResults, cohorts: readonly DrawnCohort[]): string {
  const title = titleOf(results);
  const charts = Array.from({ length: Math.ceil(cohorts.length / together) }, (_, at) =>
    chartOf(cohorts.slice(at * together, (at + 1) * together), results.deadlineHours),
  );
  const { workload, target, campaign, exitCode } = results;
  return loadShell(
    {
      ...{ title, subject: `charge « ${workload} » sur « ${target} »`, workload, campaign, exitCode },
      account: typeset(realLoadPage(results)),
    },
    [section('Délai du troisième mail, par cohorte', charts.join(''))],
  );
}

function titleOf({ exitCode, provisional, sent }: RealLoadResults): string {
  if (exitCode === 1) return 'La promesse est rompue';
  if (!sent) return 'Campagne interrompue';
  if (provisional) return 'Rapport provisoire';
  return exitCode === 0 ? 'Aucun manquement' : 'Non concluant';
}

function chartOf(cohorts: readonly DrawnCohort[], deadlineHours: number): string {
  const caption = 'Part des demandes qui ont reçu leurs trois mails (Kaplan-Meier, bande à 95 %)';
  const chart = timeToMails(
    cohorts.map(({ cohort, steps, watchedHours }) => {
      const survival = [
        { hours: 0, share: 1, low: 1, high: 1 },
        ...steps.map(({ hours, awaited, lower, upper }) => ({
          ...{ hours, share: awaited, low: lower, high: upper },
        })),
      ];
      const last = { ...survival[survival.length - 1], hours: Math.min(watchedHours, deadlineHours * 1.1) };
      return { name: cohortName(cohort), survival: [...survival, last as (typeof survival)[number]] };
    }),
    deadlineHours,
  );
  return figure(caption, chart);
}
