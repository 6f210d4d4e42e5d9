import { html } from 'ghtml';
import { arrivals, backlog, percentiles, requestPercentiles, timeToMails } from './load-charts.ts';
import { estimateRows } from './load-outline.ts';
import { loadPage } from './load-page.ts';
import type { LoadResults } from './load-results.ts';
import { figure, loadShell, section } from './load-shell.ts';
import { mailKinds, sayHours, sayPart, typeset } from './wording.ts';

type Arm = 'baseline' | 'load';
type Point = { x: number; y: number };

/** What is drawn of a campaign under load. Hours are of the target's clock. */
export type LoadCurves = {
  tauHours: number;
  /** How many probes still await each mail, as a share with its band. */
  mails: {
    kind: 'identifiant' | 'mot-de-passe' | 'habilitation';
    arms: { arm: Arm; survival: { hours: number; share: number; low: number; high: number }[] }[];
  }[];
  /** Restricted mean hours to the third mail, and the part of the probes without their mails. */
  runs: { run: number; arm: Arm; hours: number; missed: number }[];
  /** Visits an hour of the first loaded run. */
  arrivals: { planned: Point[]; achieved: Point[] };
  /** Demandes that await a mail, of the first run of each arm. */
  backlog: { arm: Arm; points: Point[] }[];
  /** Durations of visits of the first loaded run. */
  times: { hours: number; p50Ms: number; p95Ms: number; p99Ms: number }[];
  /** Durations of the requests of each step in the first loaded run, by minutes of this machine; absent without k6's samples. */
  requests?: {
    name: string;
    count: number;
    points: { minutes: number; p50Ms: number; p95Ms: number; p99Ms: number }[];
  }[];
};

const armNames = { baseline: 'sans charge', load: 'sous charge' } as const;
const titles = {
  invalid: 'Campagne invalide',
  'no-larger-effect': 'Pas d’effet supérieur à δ',
  effect: 'La charge a un effet',
  inconclusive: 'Non concluant',
} as const;

/** A campaign under load as one self-contained French page: no network, no script. */
export function loadReport(results: LoadResults, curves: LoadCurves): string {
  const title = titleOf(results);
  return loadShell(
    {
      ...{ title, subject: `charge « ${results.workload} »`, workload: results.workload },
      ...{ campaign: results.campaign, exitCode: results.exitCode },
      account: loadPage(results, { table: false }),
    },
    [
      ...(results.judgement?.findings ? [section('Effet de la charge', estimates(results.judgement))] : []),
      section('Délai des trois mails', mailCharts(curves)),
      section('Passages', runTable(results, curves)),
      section(
        'Arrivées',
        figure('Premier passage sous charge', arrivals(curves.arrivals.planned, curves.arrivals.achieved)),
      ),
      section(
        'Demandes en attente',
        figure(
          'Premier passage de chaque bras',
          backlog(curves.backlog.map(({ arm, points }) => ({ name: armNames[arm], points }))),
        ),
      ),
      section(
        'Durée des visites',
        figure('Premier passage sous charge, échanges HTTP seuls', durations(curves)),
      ),
      ...(curves.requests ? [section('Durée des requêtes', requestCharts(curves.requests))] : []),
    ],
  );
}

function titleOf({ finished, judgement, totals }: LoadResults): string {
  if (!finished || !judgement) return 'Campagne interrompue';
  const { lost, doubled, crossed, unexpected } = totals.mails;
  if (lost + doubled + crossed + unexpected > 0) return 'Des mails manquent ou s’égarent';
  return titles[judgement.verdict];
}

function estimates({ findings, protocol }: NonNullable<LoadResults['judgement']>): string {
  const [heading = [], ...rows] = findings ? estimateRows(findings, protocol.tauHours) : [];
  const cells = (row: readonly string[]) => row.slice(1).map((cell) => html`<td>${typeset(cell)}</td>`);
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Effet de la charge"><table>
<thead><tr><td></td>!${heading
    .slice(1)
    .map((cell) => html`<th scope="col">${typeset(cell)}</th>`)
    .join('')}</tr></thead>
<tbody>!${rows.map((row) => html`<tr><th scope="row">${typeset(row[0] ?? '')}</th>!${cells(row).join('')}</tr>`).join('')}</tbody></table></div>`;
}

function mailCharts({ mails, tauHours }: LoadCurves): string {
  return mails
    .map(({ kind, arms }) =>
      figure(
        `Mail « ${mailKinds[kind]} » : part des sondes qui l’ont reçu (Kaplan-Meier, bande à 95 %)`,
        timeToMails(
          arms.map(({ arm, survival }) => ({
            name: armNames[arm],
            survival: [{ hours: 0, share: 1, low: 1, high: 1 }, ...survival],
          })),
          tauHours,
        ),
      ),
    )
    .join('');
}

/** The runs side by side: each a bar as long as its mean. */
function runTable({ runs: counted }: LoadResults, { runs, tauHours }: LoadCurves): string {
  const longest = Math.max(...runs.map(({ hours }) => hours), Number.MIN_VALUE);
  const rows = runs
    .toSorted((a, b) => a.arm.localeCompare(b.arm) || a.run - b.run)
    .map(({ run, arm, hours, missed }) => {
      const of = counted.find((each) => each.run === run);
      const width = ((100 * hours) / longest).toFixed(1);
      return html`<tr class="${arm}"><th scope="row">${run}</th><td>${armNames[arm]}</td><td class="mean"><span style="width:${width}%"></span>${typeset(sayHours(hours))}</td><td>${typeset(sayPart(missed))}</td><td>${of?.mails.lost ?? 0}</td><td>${of ? of.visits.errored + of.visits.refused + of.visits.unknown : 0}</td></tr>`;
    });
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Passages"><table>
<thead><tr><th scope="col">passage</th><th scope="col">bras</th><th scope="col">temps moyen jusqu’au troisième mail</th><th scope="col">sans les trois mails sous ${typeset(`${tauHours} h`)}</th><th scope="col">mails perdus</th><th scope="col">visites refusées, en erreur ou inconnues</th></tr></thead>
<tbody>!${rows.join('')}</tbody></table></div>`;
}

function requestCharts(requests: NonNullable<LoadCurves['requests']>): string {
  if (requests.length === 0) return html`<p>k6 n’a relevé aucune requête.</p>`;
  return requests
    .map(({ name, count, points }) =>
      figure(
        `« ${name} » : ${count.toLocaleString('fr-FR')} requêtes du premier passage sous charge`,
        requestPercentiles(
          name,
          shares.map(([percentile, key]) => ({
            percentile,
            points: points.map((point) => ({ x: point.minutes, y: point[key] })),
          })),
        ),
      ),
    )
    .join('');
}

const shares = [
  [50, 'p50Ms'],
  [95, 'p95Ms'],
  [99, 'p99Ms'],
] as const;

function durations({ times }: LoadCurves): string {
  return percentiles(
    shares.map(([percentile, key]) => ({
      percentile,
      points: times.map((time) => ({ x: time.hours, y: time[key] })),
    })),
  );
}
