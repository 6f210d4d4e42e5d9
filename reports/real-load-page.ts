import { faultLines } from './fault-lines.ts';
import type { Cohort, RealLoadResults } from './real-load-results.ts';
import { oneLine } from './visible-text.ts';
import { counted, mailKinds, sayHours, sayInstant, sayPart } from './wording.ts';

const faultWords = {
  late: 'en retard',
  missing: 'manquant',
  doubled: 'en double',
  unexpected: 'inattendu',
} as const;

/** What a campaign on a real clock comes to so far, in plain French text: the account first, the verdict last. */
export function realLoadPage(results: RealLoadResults): string {
  const { visits, mails, breaches, provisional, limit, cohorts } = results;
  const faults = [
    ...results.faults.map(
      ({ submission, kind, fault, hours }) =>
        `${submission} : mail « ${mailKinds[kind]} » ${faultWords[fault]}${hours === undefined ? '' : ` (${sayHours(hours)})`}`,
    ),
    ...results.crossed.map(({ why }) => `mail croisé, ${oneLine(why)}`),
  ];
  return [
    `Charge « ${results.workload} » sur « ${results.target} », horloge réelle${provisional ? ` : rapport provisoire du ${sayInstant(results.writtenAt)}` : ''}`,
    `Visites   : ${[
      counted(
        Object.values(visits).reduce((sum, count) => sum + count, 0),
        ['prévue', 'prévues'],
      ),
      counted(visits.accepted, ['menée à bien', 'menées à bien']),
      counted(visits.refused, ['refusée', 'refusées']),
      counted(visits.errored, ['en erreur', 'en erreur']),
      counted(visits.unknown, ['sans réponse connue', 'sans réponse connue']),
      counted(visits.dropped, ['non envoyée', 'non envoyées']),
      ...(visits.planned > 0 ? [counted(visits.planned, ['à venir', 'à venir'])] : []),
    ].join(', ')}`,
    `Mails     : ${[
      counted(mails.expected, ['attendu', 'attendus']),
      counted(mails.inTime, ['à temps', 'à temps']),
      counted(mails.late, ['en retard', 'en retard']),
      counted(mails.missing, ['manquant', 'manquants']),
      `${mails.awaited} trop tôt pour le dire`,
      counted(mails.doubled, ['en double', 'en double']),
      counted(mails.unexpected, ['inattendu', 'inattendus']),
      counted(mails.crossed, ['croisé', 'croisés']),
    ].join(', ')}`,
    ...faultLines(faults),
    ...(cohorts.length > 0
      ? [
          'Cohortes, par instant prévu (Kaplan-Meier, troisième mail) :',
          ...cohorts.map((cohort) => `  ${cohortLine(cohort, results.deadlineHours)}`),
        ]
      : []),
    breaches.due > 0
      ? `Estimation : ${counted(breaches.failed, ['manquement', 'manquements'])} sur ${counted(breaches.due, ['demande échue', 'demandes échues'])} ; d’après ce seul passage, au plus ${percent(breaches.upper)} (borne à 95 %) pour une limite de ${percent(limit)}`
      : 'Estimation : aucune demande n’est encore échue',
    ...results.forecast.map((line, at) => (at === 0 ? `Prévision  : ${line}` : `             ${line}`)),
    ...results.reasons.map((reason) => `? ${reason}`),
    verdictLine(results),
  ].join('\n');
}

/** « de 09:00 à 10:00 : 30 demandes, 28 servies, 2 en attente ; médiane 5 h 12 ; sous 48 h : 100 % (88 à 100) ». */
function cohortLine(cohort: Cohort, deadlineHours: number): string {
  const { demandes, served, failed, awaited, medianHours, inTime } = cohort;
  return [
    `${cohortName(cohort)} : ${counted(demandes, ['demande', 'demandes'])}, ${counted(served, ['servie', 'servies'])}${failed > 0 ? `, ${counted(failed, ['en défaut', 'en défaut'])}` : ''}${awaited > 0 ? `, ${awaited} en attente` : ''}`,
    medianHours === undefined ? 'médiane inconnue' : `médiane ${sayHours(medianHours)}`,
    inTime
      ? `sous ${sayHours(deadlineHours)} : ${percent(inTime.share)}${inTime.low < inTime.high ? ` (${percent(inTime.low)} à ${percent(inTime.high)})` : ''}`
      : `sous ${sayHours(deadlineHours)} : inconnu`,
  ].join(' ; ');
}

/** « le 26/11 de 09:00 à 10:00 », in Paris. */
export function cohortName({ from, to }: Pick<Cohort, 'from' | 'to'>): string {
  const zone = { timeZone: 'Europe/Paris' } as const;
  const day = (at: string) =>
    new Date(at).toLocaleDateString('fr-FR', { ...zone, day: '2-digit', month: '2-digit' });
  const hour = (at: string) =>
    new Date(at).toLocaleTimeString('fr-FR', { ...zone, hour: '2-digit', minute: '2-digit' });
  return day(from) === day(to)
    ? `le ${day(from)} de ${hour(from)} à ${hour(to)}`
    : `du ${day(from)} à ${hour(from)} au ${day(to)} à ${hour(to)}`;
}

function verdictLine(results: RealLoadResults): string {
  const { exitCode, provisional, sent, verdictAt, breaches, limit, reasons } = results;
  if (exitCode === 1)
    return '× La promesse est rompue : un mail au moins est en retard, manquant, en double, inattendu ou égaré.';
  if (!sent) return '? Campagne interrompue : il reste des visites à envoyer.';
  if (provisional) return `… Trop tôt : verdict à partir du ${sayInstant(verdictAt)}.`;
  if (exitCode === 0)
    return `✔ Aucun manquement : le taux est estimé à moins de ${percent(limit)}, d’après ce seul passage.`;
  if (reasons.length > 0) return '? Non concluant : ce passage ne montre pas ce qu’il devait montrer.';
  const fewest = Math.ceil(Math.log(0.05) / Math.log(1 - limit));
  const tooFew = breaches.failed === 0 ? ` ; il faut au moins ${fewest} demandes sans manquement` : '';
  return `? Non concluant : borne supérieure du taux de manquements ${percent(breaches.upper)}, limite ${percent(limit)}${tooFew}.`;
}

/** `2,5 %`, and `2 %`. */
function percent(part: number): string {
  return sayPart(part).replace(',0 ', ' ');
}
