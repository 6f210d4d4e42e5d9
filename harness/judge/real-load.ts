import jstat from 'jstat';
import type { RealLoadResults } from '../../reports/real-load-results.ts';
import { sayPart } from '../../reports/wording.ts';
import { exitCode } from '../errors.ts';
import type { LedgerRow, MailKind } from '../ledger/ledger.ts';
import { accountContents } from '../mail/account-mail.ts';
import { type CohortCurve, cohortsOf, type Followed } from './cohorts.ts';
import { statesOf } from './load-outcomes.ts';

/** What a real-clock campaign is judged by; `limit`: of the breach rate, from 0 to 1. */
export type RealTerms = { deadlineHours: number; graceMs: number; limit: number; now: Date };

type Row = Pick<LedgerRow, 'id' | 'planned' | 'state' | 'detail' | 'expects' | 'mails'>;
type Judged = Pick<
  RealLoadResults,
  'sent' | 'provisional' | 'verdictAt' | 'visits' | 'mails' | 'faults' | 'breaches' | 'reasons' | 'exitCode'
>;

const hour = 3_600_000;
const alpha = 0.05;
/** Visits that may be missing of those planned. */
const mostOffPlan = 0.05;

/**
 * Judges one run on a real clock, counted from the planned instants (DESIGN, decision I): 1 as soon as a mail is late, missing,
 * doubled, unexpected or crossed, since nothing undoes it; 3 before the last deadline and its grace have passed, and where
 * the run does not show what it should; then 0 when the upper bound of the breach rate is below its limit, else 3. One
 * run estimates: it never says "no effect". `crossed`: how many mails went astray. `canaryLost`: so were mails of our own,
 * and the way may have lost, delayed or doubled a mail that the target sent as it should.
 */
export function judgeRealLoad(
  rows: readonly Row[],
  { deadlineHours, graceMs, limit, now }: RealTerms,
  { crossed, canaryLost }: { crossed: number; canaryLost: boolean },
): Judged & { curves: CohortCurve[] } {
  const due = ({ planned }: Row) => planned.getTime() + deadlineHours * hour;
  const overdue = (row: Row) => now.getTime() >= due(row) + graceMs;
  const isDemande = (row: Row) =>
    row.expects.length > 0 &&
    row.state !== 'planned' &&
    row.state !== 'dropped' &&
    !(overdue(row) && mayBeUnsent(row));
  const demandes = rows.filter(isDemande);
  const verdictAt = demandes.reduce((last, row) => Math.max(last, due(row) + graceMs), 0);
  const faults: Judged['faults'] = [];
  const mails = { expected: 0, inTime: 0, late: 0, missing: 0, awaited: 0 };
  const counted = { doubled: 0, unexpected: 0, crossed };
  const followed = demandes.map((row): Followed & { row: Row } => {
    const isTaken = row.state === 'accepted' || (row.state !== 'refused' && row.mails.length > 0);
    const expected = isTaken || (row.state === 'unknown' && !overdue(row)) ? row.expects : [];
    // Who was shown an error has not been served, whatever mails come.
    let standing: Followed['standing'] = isTaken && row.state !== 'errored' ? 'served' : 'failed';
    if (row.state === 'unknown' && !isTaken && !overdue(row)) standing = 'awaited';
    let last = 0;
    for (const kind of expected) {
      const hours = hoursTo(kind, row);
      mails.expected++;
      last = Math.max(last, hours ?? Number.POSITIVE_INFINITY);
      if (hours !== undefined && hours <= deadlineHours) mails.inTime++;
      else if (hours !== undefined) {
        mails.late++;
        standing = 'failed';
        faults.push({ submission: row.id, kind, fault: 'late', hours });
      } else if (overdue(row)) {
        mails.missing++;
        standing = 'failed';
        faults.push({ submission: row.id, kind, fault: 'missing' });
      } else {
        mails.awaited++;
        if (standing === 'served') standing = 'awaited';
      }
    }
    const came = expected.length > 0 && Number.isFinite(last);
    const watched = Math.max(0, (now.getTime() - row.planned.getTime()) / hour);
    return { row, planned: row.planned, wait: { hours: came ? last : watched, came }, standing };
  });
  for (const row of rows) {
    for (const { kind, fault } of surplus(row, isDemande(row))) {
      counted[fault]++;
      faults.push({ submission: row.id, kind, fault });
    }
  }
  const over = followed.filter(({ row }) => overdue(row));
  const failed = over.filter(({ standing }) => standing === 'failed').length;
  const breaches = { due: over.length, failed, upper: upperRate(failed, over.length) };
  const visits = statesOf(rows);
  const sent = rows.length > 0 && visits.planned === 0;
  const provisional = !sent || now.getTime() < verdictAt;
  const reasons = [
    ...reasonsOf(rows.length, visits, rows.filter(mayBeUnsent).length, canaryLost),
    ...(sent && demandes.length === 0 ? ['Aucune demande n’a été envoyée.'] : []),
  ];
  const isTargets = ({ fault }: Judged['faults'][number]) => fault === 'unexpected' || !canaryLost;
  const wrong = crossed > 0 || faults.some(isTargets);
  const kept = !provisional && reasons.length === 0 && over.length > 0 && breaches.upper < limit;
  return {
    ...{ sent, provisional, visits, faults, breaches, reasons },
    verdictAt: new Date(verdictAt || now).toISOString(),
    mails: { ...mails, ...counted },
    exitCode: wrong ? exitCode.notConform : kept ? exitCode.conform : exitCode.inconclusive,
    curves: cohortsOf(followed, deadlineHours),
  };
}

/** It had its turn, nobody has told what came of it, and no mail has: who sends was killed, perhaps before it was sent. */
function mayBeUnsent({ state, detail, mails }: Row): boolean {
  return state === 'unknown' && detail === undefined && mails.length === 0;
}

/** Hours from the planned instant to the first mail of a kind; a mailbox whose clock runs behind may stamp it before. */
function hoursTo(kind: MailKind, { planned, mails }: Row): number | undefined {
  const first = mails.find((mail) => mail.kind === kind);
  return first && Math.max(0, (first.received.getTime() - planned.getTime()) / hour);
}

type Surplus = { kind: MailKind; fault: 'doubled' | 'unexpected' };

/** Mails that came once more, or were not due: who left, was refused or never came has asked for none. */
function surplus({ state, expects, mails }: Row, isDemande: boolean): Surplus[] {
  const seen = new Set<MailKind>();
  return mails.flatMap(({ kind }): Surplus[] => {
    const isDue =
      isDemande &&
      state !== 'refused' &&
      expects.includes(kind) &&
      accountContents.some((one) => one === kind);
    const again = seen.has(kind);
    seen.add(kind);
    if (!isDue) return [{ kind, fault: 'unexpected' }];
    return again ? [{ kind, fault: 'doubled' }] : [];
  });
}

/** The upper bound of 95 % of a rate, one-sided and exact (Clopper and Pearson 1934); 1 without any. */
export function upperRate(failed: number, all: number): number {
  return failed >= all ? 1 : jstat.jStat.beta.inv(1 - alpha, failed + 1, all - failed);
}

function reasonsOf(
  all: number,
  { dropped, planned }: Judged['visits'],
  untold: number,
  canaryLost: boolean,
): string[] {
  const missing = (dropped + planned + untold) / Math.max(1, all);
  return [
    ...(planned === 0 && missing > mostOffPlan
      ? [
          `${sayPart(missing)} des visites prévues n’ont pas été envoyées, ou l’on ne sait si elles l’ont été (${sayPart(mostOffPlan)} au plus).`,
        ]
      : []),
    ...(canaryLost ? ['Un mail de contrôle n’est pas arrivé : le chemin des mails n’est pas sûr.'] : []),
  ];
}
