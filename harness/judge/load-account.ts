import { mailKinds } from '../../reports/wording.ts';
import { GuichetError } from '../errors.ts';
import type { LedgerSummary } from '../ledger/ledger.ts';
import type { K6End } from '../toolchain/k6-run.ts';
import type { Misdirected } from './deliveries.ts';
import { endedByItself } from './load-outcomes.ts';

type Campaign = {
  summary: LedgerSummary;
  misdirected: readonly Misdirected[];
  deadlineHours: number;
  end: K6End;
  /** Stopped by a person before the mails were read. */
  stopped: boolean;
};

/** How many faults are listed one by one. */
const listed = 10;

/**
 * The account of a campaign, in French, and the exit code: 1 when a mail is lost, doubled, unexpected or
 * misdirected; else 3 when not every demande was accepted, or k6 did not come to its own end; else 0.
 */
export function accountOf({ summary, misdirected, deadlineHours, end, stopped }: Campaign): {
  lines: string[];
  exit: 0 | 1 | 3;
} {
  const { planned, states } = summary;
  const demandes = [
    count(planned, 'prévue'),
    count(states.accepted, 'acceptée'),
    count(states.refused, 'refusée'),
    count(states.dropped, 'abandonnée'),
    count(states.errored + states.planned, 'en erreur', 'en erreur'),
    count(states.unknown, 'inconnue'),
  ];
  const lines = [`Demandes : ${demandes.join(', ')}`];
  const invalid = (what: string) => {
    lines.push(new GuichetError('GUICHET_LOAD_INVALID', what).message);
    return { lines, exit: 3 as const };
  };
  if (stopped) return invalid('Stopped before the mails were read.');

  const faults = [
    ...summary.lost.map(
      ({ submission, kind }) => `demande ${submission} : mail « ${mailKinds[kind]} » perdu`,
    ),
    ...summary.doubled.map(
      ({ submission, kind, count }) =>
        `demande ${submission} : mail « ${mailKinds[kind]} » reçu ${count} fois`,
    ),
    ...summary.unexpected.map(
      ({ submission, kind }) => `demande ${submission} : mail « ${mailKinds[kind]} » inattendu`,
    ),
    ...misdirected.map(({ mail, why }) => `mail ${mail.id} mal adressé : ${why}`),
  ];
  const mails = [
    `${count(3 * states.accepted, 'attendu')} sous ${deadlineHours} h`,
    count(summary.mails, 'reçu'),
    count(summary.lost.length, 'perdu'),
    count(summary.doubled.length, 'en double', 'en double'),
    count(summary.unexpected.length, 'inattendu'),
    count(misdirected.length, 'mal adressé'),
  ];
  lines.push(`Mails    : ${mails.join(', ')}`);
  lines.push(...faults.slice(0, listed).map((fault) => `  × ${fault}`));
  if (faults.length > listed) lines.push(`  … et ${count(faults.length - listed, 'autre')}`);
  if (faults.length > 0) return { lines, exit: 1 };
  if (!endedByItself(end)) return invalid(`k6 ended with ${end.exitCode ?? end.signal}.`);
  if (states.accepted < planned)
    return invalid(`${planned - states.accepted} of ${planned} demandes were not accepted.`);
  lines.push(
    '✔ Chaque demande est acceptée ; ses trois mails sont arrivés, une fois chacun, à la bonne personne.',
  );
  return { lines, exit: 0 };
}

/** « 0 perdu », « 2 perdus ». */
function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number > 1 ? many : one}`;
}
