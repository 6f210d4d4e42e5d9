import { GuichetError } from '../errors.ts';
import { type AccountContent, accountContents } from '../mail/account-mail.ts';
import { openShared } from './shared-database.ts';

/** One of the three account mails, or anything else that came to a submission's address. */
export type MailKind = AccountContent | 'other';

/**
 * What became of a submission. `unknown` (killed between send and answer) is settled by a later word, never
 * by sending again; the others but `planned` are final.
 */
export type SubmissionState = 'planned' | 'accepted' | 'refused' | 'dropped' | 'errored' | 'unknown';

/** A submission before anything is sent. `courriel` is the address its mails go to, unique in the campaign. */
export type PlannedSubmission = {
  id: string;
  siret: string;
  courriel: string;
  planned: Date;
  /** The mails it must bring once accepted; all three when absent. */
  expects?: readonly MailKind[];
};

export type LedgerRow = {
  id: string;
  siret: string;
  courriel: string;
  planned: Date;
  expects: readonly MailKind[];
  state: SubmissionState;
  /** When the target answered, or the submission was given up. */
  answered: Date | undefined;
  /** Why, for a person to read. */
  detail: string | undefined;
  /** Oldest first; `id` is the mailbox's. */
  mails: readonly { id: string; kind: MailKind; received: Date }[];
};

export type LedgerSummary = {
  planned: number;
  states: Record<SubmissionState, number>;
  mails: number;
  /** Mails that an accepted submission has not brought so far; whether it is late is the judge's to say. */
  lost: { submission: string; kind: MailKind }[];
  /** Mails of one kind that came more than once. */
  doubled: { submission: string; kind: MailKind; count: number }[];
  /** Mails of a kind that was not expected, or of a submission that the target did not take. */
  unexpected: { submission: string; kind: MailKind }[];
};

/** The memory of a campaign: what was planned, answered and received, kept whatever dies. */
export type Ledger = {
  /** Adds all rows or none, before anything is sent; an id or address that is known already is an error. */
  plan(rows: readonly PlannedSubmission[]): void;
  /** Notes an answer; true when it was news. A repeated or later word never changes a final state. */
  outcome(id: string, state: Exclude<SubmissionState, 'planned'>, at: Date, detail?: string): boolean;
  /** Notes a mail; true when it was news. The same mailbox id counts once. */
  mail(id: string, submission: string, kind: MailKind, received: Date): boolean;
  /** In the order of the planned instants; those alone whose ids begin so, where that is asked for. */
  rows(beginning?: string): LedgerRow[];
  /** The state of each submission by its id. */
  states(): Map<string, SubmissionState>;
  /** How many submissions were planned. */
  count(): number;
  /** Keeps a value under a key, the first one for good; answers the one that is kept. */
  remember(key: string, value: string): string;
  recall(key: string): string | undefined;
  /** All that is kept, in the order of keeping. */
  memos(): { key: string; value: string }[];
  summary(): LedgerSummary;
  /** Takes over all that another ledger holds, all of it or nothing; a submission that both have is an error. */
  absorb(path: string): void;
  close(): void;
};

const mailKinds = [...accountContents, 'other'] as const;

// WAL with NORMAL loses nothing when a process is killed; only a power cut could take the last outcomes, and
// an fsync for each would slow a load campaign.
const schema = `
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  CREATE TABLE IF NOT EXISTS submissions (
    id TEXT PRIMARY KEY, siret TEXT NOT NULL, courriel TEXT NOT NULL UNIQUE, planned TEXT NOT NULL,
    expects TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'planned', answered TEXT, detail TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS mails (
    id TEXT PRIMARY KEY, submission TEXT NOT NULL REFERENCES submissions (id),
    kind TEXT NOT NULL, received TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS memos (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`;

type SubmissionRecord = {
  id: string;
  siret: string;
  courriel: string;
  planned: string;
  expects: string;
  state: SubmissionState;
  answered: string | null;
  detail: string | null;
};
type MailRecord = { id: string; submission: string; kind: MailKind; received: string };

/**
 * Opens the ledger of a campaign, one SQLite file, and creates it when it is not there. Any number of
 * processes may have it open. Throws `GUICHET_HARNESS` when the file cannot be used or written, or when a
 * word is about a submission that was never planned.
 */
export function openLedger(path: string): Ledger {
  const guarded = <T>(what: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new GuichetError(
        'GUICHET_HARNESS',
        `The ledger ${path} ${what}: ${(error as Error).message}.`,
        'Check that its folder is writable, that its disk has room, and that it is a ledger.',
      );
    }
  };
  const database = guarded('cannot be opened', () => openShared(path, schema));
  const insertSubmission = database.prepare(
    'INSERT INTO submissions (id, siret, courriel, planned, expects) VALUES (?, ?, ?, ?, ?)',
  );
  // A final state stays; unknown gives way to anything that is known.
  const settle = database.prepare(
    `UPDATE submissions SET state = ?2, answered = ?3, detail = ?4
     WHERE id = ?1 AND (state = 'planned' OR
       (state = 'unknown' AND (?2 <> 'unknown' OR (detail IS NULL AND ?4 IS NOT NULL))))`,
  );
  const isPlanned = database.prepare('SELECT 1 FROM submissions WHERE id = ?');
  const insertMail = database.prepare('INSERT INTO mails VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING');
  const insertMemo = database.prepare('INSERT INTO memos VALUES (?, ?) ON CONFLICT (key) DO NOTHING');
  const findMemo = database.prepare('SELECT value FROM memos WHERE key = ?');
  const recall = (key: string) => (findMemo.get(key) as { value: string } | undefined)?.value;
  const someSubmissions = database.prepare(
    'SELECT * FROM submissions WHERE substr(id, 1, length(?1)) = ?1 ORDER BY planned, rowid',
  );
  const allStates = database.prepare('SELECT id, state FROM submissions');
  const countAll = database.prepare('SELECT count(*) AS count FROM submissions');
  const someMails = database.prepare(
    'SELECT * FROM mails WHERE substr(submission, 1, length(?1)) = ?1 ORDER BY received, rowid',
  );

  // One by one, in SQLite: a summary takes no more memory for more submissions.
  const counts = mailKinds.map((kind) => `count(*) FILTER (WHERE kind = '${kind}') AS "${kind}"`);
  const counted = database.prepare(
    `SELECT s.id, state, expects, ${counts.join(', ')} FROM submissions s LEFT JOIN mails m ON m.submission = s.id
     GROUP BY s.rowid ORDER BY planned, s.rowid`,
  );

  /** Everything is read in one transaction, so that another process cannot write between the two tables. */
  function rows(beginning = ''): LedgerRow[] {
    return guarded('cannot be read', () => {
      database.exec('BEGIN');
      try {
        // Row by row: what SQLite hands over at once takes several times what is made of it.
        const mails = new Map<string, LedgerRow['mails'][number][]>();
        for (const row of someMails.iterate(beginning)) {
          const { id, submission, kind, received } = row as MailRecord;
          const own = mails.get(submission);
          const mail = { id, kind, received: new Date(received) };
          if (own) own.push(mail);
          else mails.set(submission, [mail]);
        }
        const rows: LedgerRow[] = [];
        for (const row of someSubmissions.iterate(beginning)) {
          const { id, siret, courriel, planned, expects, state, answered, detail } = row as SubmissionRecord;
          rows.push({
            ...{
              id,
              siret,
              courriel,
              planned: new Date(planned),
              expects: JSON.parse(expects) as MailKind[],
            },
            ...{ state, answered: answered === null ? undefined : new Date(answered) },
            ...{ detail: detail ?? undefined, mails: mails.get(id) ?? [] },
          });
        }
        return rows;
      } finally {
        database.exec('COMMIT');
      }
    });
  }

  return {
    plan: (submissions) =>
      guarded('did not take the plan', () => {
        database.exec('BEGIN IMMEDIATE');
        try {
          for (const { id, siret, courriel, planned, expects = accountContents } of submissions) {
            insertSubmission.run(id, siret, courriel, planned.toISOString(), JSON.stringify(expects));
          }
          database.exec('COMMIT');
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK');
          throw error;
        }
      }),
    outcome: (id, state, at, detail) =>
      guarded(`did not take the outcome of ${id}`, () => {
        const news = settle.run(id, state, at.toISOString(), detail ?? null).changes > 0;
        if (!news && !isPlanned.get(id)) throw new Error('it was never planned');
        return news;
      }),
    mail: (id, submission, kind, received) =>
      guarded(
        `did not take the mail ${id} to ${submission}`,
        () => insertMail.run(id, submission, kind, received.toISOString()).changes > 0,
      ),
    rows,
    states: () =>
      guarded(
        'cannot be read',
        () => new Map(allStates.all().map(({ id, state }) => [String(id), state as SubmissionState])),
      ),
    count: () => guarded('cannot be read', () => Number(countAll.get()?.count)),
    remember: (key, value) =>
      guarded(`did not keep ${key}`, () => {
        insertMemo.run(key, value);
        return recall(key) ?? value;
      }),
    recall: (key) => guarded(`cannot look up ${key}`, () => recall(key)),
    memos: () =>
      guarded('cannot be read', () =>
        database
          .prepare('SELECT key, value FROM memos ORDER BY rowid')
          .all()
          .map(({ key, value }) => ({ key: String(key), value: String(value) })),
      ),
    summary: () =>
      guarded('cannot be read', () => summarise(counted.iterate() as unknown as Iterable<Counted>)),
    absorb: (other) =>
      guarded(`did not take over ${other}`, () => {
        database.prepare('ATTACH ? AS other').run(other);
        try {
          database.exec('BEGIN IMMEDIATE');
          database.exec('INSERT INTO submissions SELECT * FROM other.submissions ORDER BY rowid');
          database.exec('INSERT INTO mails SELECT * FROM other.mails ORDER BY rowid');
          database.exec('INSERT INTO memos SELECT * FROM other.memos ORDER BY rowid');
          database.exec('COMMIT');
        } finally {
          if (database.isTransaction) database.exec('ROLLBACK');
          database.exec('DETACH other');
        }
      }),
    close: () => database.close(),
  };
}

/** A submission with how many mails of each kind have come. */
type Counted = Pick<SubmissionRecord, 'id' | 'state' | 'expects'> & Record<MailKind, number>;

function summarise(rows: Iterable<Counted>): LedgerSummary {
  const summary: LedgerSummary = {
    planned: 0,
    states: { planned: 0, accepted: 0, refused: 0, dropped: 0, errored: 0, unknown: 0 },
    mails: 0,
    lost: [],
    doubled: [],
    unexpected: [],
  };
  for (const row of rows) {
    const { id: submission, state } = row;
    const expects = JSON.parse(row.expects) as MailKind[];
    summary.planned += 1;
    summary.states[state] += 1;
    // Without an answer so far it may have been accepted: its mails are no surprise, their absence no loss.
    const expected = ['accepted', 'planned', 'unknown'].includes(state) ? expects : [];
    for (const kind of mailKinds) {
      const count = row[kind];
      summary.mails += count;
      if (count === 0 && state === 'accepted' && expects.includes(kind))
        summary.lost.push({ submission, kind });
      if (count > 1) summary.doubled.push({ submission, kind, count });
      if (count > 0 && !expected.includes(kind)) summary.unexpected.push({ submission, kind });
    }
  }
  return summary;
}
