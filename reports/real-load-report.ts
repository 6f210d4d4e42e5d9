import { html } from 'ghtml';
import { shell, styleOf } from './html-shell.ts';
import { timeToMails } from './load-charts.ts';
import { cohortName, realLoadPage } from './real-load-page.ts';
import type { Cohort, RealLoadResults } from './real-load-results.ts';
import { visible } from './visible-text.ts';
import { typeset } from './wording.ts';

/** A cohort, and its curve: the share that still awaits its third mail, with its band, by hours from the planned instant. */
export type DrawnCohort = {
  cohort: Cohort;
  steps: readonly { hours: number; awaited: number; lower: number; upper: number }[];
  /** Until when one who still waits was watched. */
  watchedHours: number;
};

const style = styleOf('html-page', 'html-headline', 'load-report');
/** Curves that one chart tells apart. */
const together = 4;

/** A campaign on a real clock as one self-contained French page: no network, no script. */
export function realLoadReport(results: RealLoadResults, cohorts: readonly DrawnCohort[]): string {
  const title = titleOf(results);
  const charts = Array.from({ length: Math.ceil(cohorts.length / together) }, (_, at) =>
    chartOf(cohorts.slice(at * together, (at + 1) * together), results.deadlineHours),
  );
  return shell(
    { title: `${title} — charge « ${results.workload} »`, style },
    html`<header class="headline exit-${results.exitCode}">
<p class="product"><b>Guichet</b> <span>charge « ${results.workload} » sur « ${results.target} »</span></p>
<h1>${title}</h1>
<pre class="account">${visible(typeset(realLoadPage(results)))}</pre>
</header>
<main>
<section><h2>Délai du troisième mail, par cohorte</h2>!${charts.join('')}</section>
</main>
<footer><p>Guichet · campagne ${results.campaign}</p></footer>`,
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
  return html`<figure><figcaption>${typeset(caption)}</figcaption>!${chart}</figure>`;
}
