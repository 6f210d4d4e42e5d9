import type { LedgerRow, MailKind } from '../ledger/ledger.ts';

/** How one mail of a submission stands. */
type Standing = 'on time' | 'late' | 'missing' | 'too early';

/** One mail that is due to a submission; `hours` after the demande was accepted, when it has come. */
type MailStanding = { kind: MailKind; standing: Standing; hours?: number };

/** One submission, and each of its mails. */
export type SubmissionStanding = {
  row: LedgerRow;
  /** Before it no mail is late; `overdue` from the grace after it on. */
  deadline: Date;
  overdue: boolean;
  mails: MailStanding[];
  /** Mails that are not due, or came once more. */
  unexpected: MailKind[];
};

type Terms = { deadlineHours: number; graceMs: number; now: Date };

/**
 * How a submission and its mails stand at an instant, counted from when the target accepted it, or, when its answer is
 * not known, from when it was sent (DESIGN, decision I). A mail that has not come is missing only from the grace after
 * the deadline on; of a submission whose answer is not known and that brought nothing, nothing is missing.
 */
export function standingOf(row: LedgerRow, { deadlineHours, graceMs, now }: Terms): SubmissionStanding {
  const from = row.state === 'accepted' && row.answered ? row.answered : row.planned;
  const deadline = new Date(from.getTime() + deadlineHours * 3_600_000);
  const overdue = now.getTime() >= deadline.getTime() + graceMs;
  const awaited = row.state === 'accepted' || (row.state !== 'refused' && (row.mails.length > 0 || !overdue));
  const expected = awaited ? row.expects : [];
  const mails = expected.map((kind): MailStanding => {
    const first = row.mails.find((mail) => mail.kind === kind);
    if (!first) return { kind, standing: overdue ? 'missing' : 'too early' };
    const hours = (first.received.getTime() - from.getTime()) / 3_600_000;
    return { kind, standing: first.received <= deadline ? 'on time' : 'late', hours };
  });
  const seen = new Set<MailKind>();
  const unexpected = row.mails.flatMap(({ kind }) => {
    const surplus = seen.has(kind) || !expected.includes(kind);
    seen.add(kind);
    return surplus ? [kind] : [];
  });
  return { row, deadline, overdue, mails, unexpected };
}
