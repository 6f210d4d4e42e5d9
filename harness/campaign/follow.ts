import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../../reports/wording.ts';
import { sortMails } from '../judge/deliveries.ts';
import { type SubmissionStanding, standingOf } from '../judge/standing.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { decode } from '../mail/message.ts';
import { graceMsOf } from '../target/clock.ts';
import type { Target } from '../target/target.ts';
import { followJournals, type JournalLine, readJournal } from './journal.ts';
import { merged } from './merge.ts';

/** Notes every mail of the mailbox that belongs to a submission; a mail that is known already changes nothing. */
export async function noteMails(ledger: Ledger, target: Target): Promise<void> {
  const mails = await Promise.all(
    (await target.mailbox.all()).map(async (received) => ({ received, message: await decode(received.raw) })),
  );
  for (const { mail, submission, kind } of sortMails(mails, ledger.rows()).deliveries)
    ledger.mail(mail.id, submission, kind, mail.receivedAt);
}

/** How every submission stands, in the order in which they were sent. */
export function standings(ledger: Ledger, target: Target, now: Date): SubmissionStanding[] {
  const { deadlineHours, clock } = target.profile;
  const graceMs = graceMsOf(clock);
  return ledger.rows().map((row) => standingOf(row, { deadlineHours, graceMs, now }));
}

/** The scenarios that wait for their mails, as `file:line`: those that are due, and when the last of the others is. */
export function pendingScenarios(folder: string, now: Date): { due: string[]; later: Date | undefined } {
  const journals = [readJournal(folder), ...followJournals(folder).map((name) => readJournal(folder, name))];
  const pending = merged(journals).flatMap((line) =>
    line.kind === 'scenario' && line.status === 'pending' && line.due
      ? [{ id: line.id, at: new Date(line.due) }]
      : [],
  );
  const waiting = pending.filter(({ at }) => at > now);
  return {
    due: pending.filter(({ at }) => at <= now).map(({ id }) => id),
    later: waiting.length === 0 ? undefined : new Date(Math.max(...waiting.map(({ at }) => at.getTime()))),
  };
}

/** Writes into a journal what the mails of all submissions together say of the deadline (MAIL-03): nothing where none is due. */
export function noteDeadline(
  folder: string,
  journal: string,
  submissions: readonly SubmissionStanding[],
): void {
  const count = submissions.reduce((sum, { mails }) => sum + mails.length, 0);
  if (count === 0) return;
  const scenario = 'guichet follow';
  const wrong = submissions.flatMap(({ row, mails }) =>
    mails
      .filter(({ standing }) => standing === 'late' || standing === 'missing')
      .map(
        ({ kind, standing }) =>
          `${row.siret} : ${kind.replaceAll('-', ' ')} ${standing === 'late' ? 'en retard' : 'manquant'}`,
      ),
  );
  const status = wrong.length > 0 ? 'failed' : 'passed';
  const lines: JournalLine[] = [
    {
      ...{ kind: 'check', scenario, id: 'MAIL-03', outcome: status, evidence: [] },
      expected: 'les mails de toutes les demandes acceptées arrivent dans le délai',
      observed: wrong.length > 0 ? wrong.join(' ; ') : counted(count, ['mail à temps', 'mails à temps']),
    },
    {
      kind: 'scenario',
      id: scenario,
      title: 'Suivi de toutes les demandes et de leurs mails',
      status,
      durationMs: 0,
    },
  ];
  appendFileSync(join(folder, journal), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
