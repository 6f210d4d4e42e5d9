import { faultLines } from './fault-lines.ts';
import { loadOutline } from './load-outline.ts';
import type { LoadResults } from './load-results.ts';
import { counted, mailKinds } from './wording.ts';

const kinds: Readonly<Record<string, string>> = mailKinds;

/** What a campaign under load comes to, in plain French text: the account first, the verdict last; `table`: the estimates too. */
export function loadPage(results: LoadResults, { table = true } = {}): string {
  const { totals, generator, compression, agents, coupling } = results;
  const { visits, mails } = totals;
  const faults = [
    ...results.lost.map(({ submission, kind }) => `${submission} : mail « ${kinds[kind]} » perdu`),
    ...results.doubled.map(
      ({ submission, kind, count }) => `${submission} : mail « ${kinds[kind]} » reçu ${count} fois`,
    ),
    ...results.unexpected.map(({ submission, kind }) => `${submission} : mail « ${kinds[kind]} » inattendu`),
    ...results.crossed.map(({ run, why }) => `passage ${run} : mail croisé, ${why}`),
  ];
  const slowest = results.runs.flatMap(({ arm, envoyer }) => (arm === 'load' && envoyer ? [envoyer] : []));
  const worst = slowest.sort((a, b) => b.p95Ms - a.p95Ms)[0];
  return [
    `Visites   : ${[
      counted(sumOf(visits), ['prévue', 'prévues']),
      counted(visits.accepted, ['menée à bien', 'menées à bien']),
      counted(visits.refused, ['refusée', 'refusées']),
      counted(visits.dropped, ['abandonnée par le générateur', 'abandonnées par le générateur']),
      counted(visits.errored, ['en erreur', 'en erreur']),
      counted(visits.unknown, ['inconnue', 'inconnues']),
      ...(visits.planned > 0 ? [counted(visits.planned, ['non envoyée', 'non envoyées'])] : []),
    ].join(', ')}`,
    `Mails     : ${[
      counted(mails.expected, ['attendu', 'attendus']),
      counted(mails.received, ['reçu', 'reçus']),
      counted(mails.lost, ['perdu', 'perdus']),
      counted(mails.doubled, ['en double', 'en double']),
      counted(mails.unexpected, ['inattendu', 'inattendus']),
      counted(mails.crossed, ['croisé', 'croisés']),
    ].join(', ')}`,
    ...faultLines(faults),
    `Charge    : compression ${say(compression)} (demande et agents divisés), ${counted(agents, ['agent', 'agents'])}, couplage ${coupling}`,
    `Générateur : ${say(generator.plannedPerSecond)} visites/s au plus, ${say(generator.calibratedPerSecond)} étalonnées`,
    ...(worst
      ? [
          `ENVOYER   : p95 ${Math.round(worst.p95Ms)} ms, p99 ${Math.round(worst.p99Ms)} ms au passage le plus lent, dont ${percent(worst.ownP95)} et ${percent(worst.ownP99)} dus au générateur`,
        ]
      : []),
    ...(results.judgement ? [loadOutline(results.judgement, { table })] : []),
    ...(results.finished ? [] : [`? Campagne interrompue : ${results.stopped ?? 'arrêtée'}`]),
    ...(faults.length > 0
      ? [
          `× ${counted(faults.length, ['mail fautif', 'mails fautifs'])} : perdu, en double, inattendu ou croisé.`,
        ]
      : []),
  ].join('\n');
}

function sumOf(states: LoadResults['totals']['visits']): number {
  return Object.values(states).reduce((sum, count) => sum + count, 0);
}

/** `20`, `89,0` is `89`. */
function say(value: number): string {
  return String(Math.round(value * 10) / 10).replace('.', ',');
}

function percent(part: number): string {
  return `${Math.round(100 * part)} %`;
}
