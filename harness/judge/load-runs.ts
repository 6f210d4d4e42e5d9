import { mean } from 'simple-statistics';
import { GuichetError } from '../errors.ts';
import type { LedgerRow } from '../ledger/ledger.ts';
import { type AccountContent, accountContents } from '../mail/account-mail.ts';
import type { Wait } from './survival.ts';

/** Runs without load, and runs under load. */
export type Arm = 'baseline' | 'load';

/** One probe: hours from its planned instant to the last of its three mails; null when one never came. */
export type Probe = { hours: number | null };

/** One run, whose probes were all followed for τ at least. */
export type Run = { arm: Arm; probes: readonly Probe[] };

/** What a run shows: the two estimands of the judge, on its probes. */
export type RunFigures = {
  /** Restricted mean: mean hours to the third mail, counted up to τ. */
  hours: number;
  /** Part of the probes whose three mails were not all there within τ: one less the probability that they are. */
  missed: number;
};

/**
 * The figures of a run. Every probe that was planned counts: one that was refused, dropped or has lost a mail stays
 * in as never served. All were watched until τ, so the area under Kaplan and Meier's curve is the plain mean.
 */
export function figuresOf({ probes }: Run, tauHours: number): RunFigures {
  if (probes.length === 0) throw refused('a run without a probe');
  const waits = probes.map(({ hours }) => {
    if (hours === null) return Number.POSITIVE_INFINITY;
    if (!Number.isFinite(hours) || hours < 0) throw refused(`a probe of ${hours} hours`);
    return hours;
  });
  return {
    hours: mean(waits.map((wait) => Math.min(wait, tauHours))),
    missed: waits.filter((wait) => wait > tauHours).length / waits.length,
  };
}

/**
 * The probe that a row of the ledger is: its clock starts at the planned instant, whatever delayed the sending, and
 * stops when the first mail of each of the three kinds is there. Doubled and unexpected mails change nothing.
 */
export function probeOf({ id, planned, mails }: Pick<LedgerRow, 'id' | 'planned' | 'mails'>): Probe {
  let last = 0;
  for (const kind of accountContents) {
    const hours = hoursTo(kind, { id, planned, mails });
    if (hours === null) return { hours: null };
    last = Math.max(last, hours);
  }
  return { hours: last };
}

/** How long each row waited for one of its mails, for a curve: watched until τ, whatever came later. */
export function waitsFor(
  kind: AccountContent,
  rows: readonly Pick<LedgerRow, 'id' | 'planned' | 'mails'>[],
  tauHours: number,
): Wait[] {
  return rows.map((row) => {
    const hours = hoursTo(kind, row);
    return hours === null || hours > tauHours ? { hours: tauHours, came: false } : { hours, came: true };
  });
}

/** Hours from the planned instant to the first mail of a kind. */
function hoursTo(
  kind: AccountContent,
  { id, planned, mails }: Pick<LedgerRow, 'id' | 'planned' | 'mails'>,
): number | null {
  let first = Number.POSITIVE_INFINITY;
  for (const mail of mails) {
    if (mail.kind === kind && mail.received.getTime() < first) first = mail.received.getTime();
  }
  if (first === Number.POSITIVE_INFINITY) return null;
  if (first < planned.getTime()) throw refused(`a mail of demande ${id} that came before the demande`);
  return (first - planned.getTime()) / 3_600_000;
}

function refused(what: string): GuichetError {
  return new GuichetError('GUICHET_HARNESS', `The load judge was given ${what}.`);
}
