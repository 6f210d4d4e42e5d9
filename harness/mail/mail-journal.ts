import { DatabaseSync } from 'node:sqlite';
import { GuichetError } from '../errors.ts';
import type { Search, StoredMail } from './mail-store.ts';
import { readHeaders } from './mailhog-item.ts';
import { rawToText } from './raw-text.ts';

/** The file behind a catcher: no mail is kept in memory. */
export type MailJournal = {
  count(): number;
  /** So many, the newest first, after the first `start`; as one asks for them. */
  newest(start: number, limit: number): Iterable<StoredMail>;
  /** Those that a search finds: how many, and a page as of `newest`. */
  search(search: Search, start: number, limit: number): { total: number; mails: Iterable<StoredMail> };
  find(id: string): StoredMail | undefined;
  /** All or none, on disk when it returns. */
  append(mails: readonly StoredMail[]): void;
  /** False when there is no such mail. */
  remove(id: string): boolean;
  clear(): void;
  close(): void;
};

type Row = {
  sequence: number;
  id: string;
  received: number;
  helo: string;
  sender: string;
  recipients: string;
  raw: Uint8Array;
};

// The exclusive lock keeps a second catcher off the file: each would miss the other's mails. Who a mail is from and to
// stands apart, in lower case: a search looks through a million of these and through no mail.
const schema = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -32000;
  CREATE TABLE IF NOT EXISTS mails (
    sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, received INTEGER NOT NULL,
    helo TEXT NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL, raw BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS addresses (
    sequence INTEGER PRIMARY KEY, sender TEXT NOT NULL, header_from TEXT NOT NULL,
    recipients TEXT NOT NULL, header_to TEXT NOT NULL
  ) STRICT`;

/** What a search by addresses compares, in SQL. */
const conditions = {
  from: 'instr(sender, ?1) OR instr(header_from, ?1)',
  to: 'instr(recipients, ?1) OR instr(header_to, ?1)',
  recipient: 'instr(recipients, ?1)',
} as const;

/**
 * Opens or creates the file; a nameless one is gone when it is closed. Throws `GUICHET_HARNESS` when it is no catcher's file
 * or another catcher has it.
 */
export function openMailJournal(file = ''): MailJournal {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file);
    database.exec(schema);
    // Nobody will open it again: what a commit would write besides is for nobody.
    if (file === '') database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF');
  } catch (error) {
    throw new GuichetError(
      'GUICHET_HARNESS',
      `The catcher's file ${file} cannot be used: ${(error as Error).message}.`,
      'Name a file in a writable folder that no other catcher uses.',
    );
  }
  const insert = database.prepare(
    'INSERT INTO mails (id, received, helo, sender, recipients, raw) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertAddresses = database.prepare('INSERT INTO addresses VALUES (?, ?, ?, ?, ?)');
  const byId = database.prepare('SELECT * FROM mails WHERE id = ?');
  const remove = database.prepare('DELETE FROM mails WHERE id = ? RETURNING sequence');
  const removeAddresses = database.prepare('DELETE FROM addresses WHERE sequence = ?');
  const page = (where: string) =>
    database.prepare(
      `SELECT * FROM mails WHERE sequence IN (SELECT sequence FROM addresses ${where} ORDER BY sequence DESC LIMIT ? OFFSET ?)
       ORDER BY sequence DESC`,
    );
  const newest = page('');
  const countOf = (table: string) =>
    Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count);

  function together<Result>(work: () => Result): Result {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  function noteAddresses(sequence: number | bigint, mail: StoredMail): void {
    const { sender, headerFrom, recipients, headerTo } = addressesOf(mail);
    insertAddresses.run(sequence, sender, headerFrom, recipients, headerTo);
  }

  let total = countOf('mails');
  // A file of before, which has none.
  if (countOf('addresses') !== total)
    together(() => {
      database.exec('DELETE FROM addresses');
      for (const row of database.prepare('SELECT * FROM mails').iterate())
        noteAddresses(Number(row.sequence), toMail(row as Row));
    });

  return {
    count: () => total,
    newest: (start, limit) => mailsOf(newest.iterate(limit, start)),
    search: ({ kind, text }, start, limit) => {
      if (kind === 'containing') return containing(database, text, start, limit);
      const condition = conditions[kind];
      const found = database.prepare(`SELECT count(*) AS count FROM addresses WHERE ${condition}`).get(text);
      return {
        total: Number(found?.count),
        mails: mailsOf(page(`WHERE ${condition}`).iterate(text, limit, start)),
      };
    },
    find: (id) => {
      const row = byId.get(id);
      return row && toMail(row as Row);
    },
    append: (mails) => {
      if (mails.length === 0) return;
      together(() => {
        for (const mail of mails) {
          const { id, receivedAt, helo, sender, recipients, raw } = mail;
          const { lastInsertRowid } = insert.run(
            ...([id, receivedAt.getTime(), helo, sender, JSON.stringify(recipients), raw] as const),
          );
          noteAddresses(lastInsertRowid, mail);
        }
      });
      total += mails.length;
    },
    remove: (id) => {
      const removed = together(() => {
        const row = remove.get(id);
        if (row) removeAddresses.run(Number(row.sequence));
        return row !== undefined;
      });
      if (removed) total -= 1;
      return removed;
    },
    clear: () => {
      together(() => database.exec('DELETE FROM mails; DELETE FROM addresses'));
      total = 0;
    },
    close: () => database.close(),
  };
}

/** Looks through every mail, still encoded; keeps where, never what. */
function containing(database: DatabaseSync, text: string, start: number, limit: number) {
  const found: number[] = [];
  for (const { sequence, raw } of database
    .prepare('SELECT sequence, raw FROM mails ORDER BY sequence DESC')
    .iterate())
    if (
      rawToText(bytesOf(raw as Uint8Array))
        .toLowerCase()
        .includes(text)
    )
      found.push(Number(sequence));
  const bySequence = database.prepare('SELECT * FROM mails WHERE sequence = ?');
  const mails = found.slice(start, start + limit).map((sequence) => toMail(bySequence.get(sequence) as Row));
  return { total: found.length, mails };
}

function* mailsOf(rows: Iterable<unknown>): Iterable<StoredMail> {
  for (const row of rows) yield toMail(row as Row);
}

function toMail({ id, received, helo, sender, recipients, raw }: Row): StoredMail {
  return {
    ...{ id, helo, sender, raw: bytesOf(raw) },
    receivedAt: new Date(received),
    recipients: JSON.parse(recipients) as string[],
  };
}

function bytesOf(raw: Uint8Array): Buffer {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
}

/** Envelope and header addresses in lower case, an address a line; of a header that repeats the envelope, nothing. */
function addressesOf({ sender, recipients, raw }: StoredMail) {
  const headers = readHeaders(raw);
  const envelope = { from: sender.toLowerCase(), to: recipients.join('\n').toLowerCase() };
  const header = (name: 'From' | 'To', known: string) => {
    const text = (headers[name] ?? []).join('\n').toLowerCase();
    return known.includes(text) ? '' : text;
  };
  return {
    ...{ sender: envelope.from, recipients: envelope.to },
    ...{ headerFrom: header('From', envelope.from), headerTo: header('To', envelope.to) },
  };
}
