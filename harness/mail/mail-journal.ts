import { DatabaseSync } from 'node:sqlite';
import { GuichetError } from '../errors.ts';
import type { StoredMail } from './mail-store.ts';

/** The file behind a durable catcher. */
export type MailJournal = {
  /** Oldest first. */
  read(): StoredMail[];
  /** All or none, on disk when it returns. */
  append(mails: readonly StoredMail[]): void;
  remove(id: string): void;
  clear(): void;
  close(): void;
};

type Row = {
  id: string;
  received: number;
  helo: string;
  sender: string;
  recipients: string;
  raw: Uint8Array;
};

// The exclusive lock keeps a second catcher off the file: each would miss the other's mails.
const schema = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS mails (
    sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, received INTEGER NOT NULL,
    helo TEXT NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL, raw BLOB NOT NULL
  ) STRICT`;

/** Opens or creates the file. Throws `GUICHET_HARNESS` when it is no catcher's file or another catcher has it. */
export function openMailJournal(file: string): MailJournal {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file);
    database.exec(schema);
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
  const remove = database.prepare('DELETE FROM mails WHERE id = ?');

  return {
    read: () => {
      const rows = database.prepare('SELECT * FROM mails ORDER BY sequence').all() as unknown as Row[];
      return rows.map(({ id, received, helo, sender, recipients, raw }) => ({
        id,
        receivedAt: new Date(received),
        helo,
        sender,
        recipients: JSON.parse(recipients) as string[],
        raw: Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength),
      }));
    },
    append: (mails) => {
      if (mails.length === 0) return;
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const { id, receivedAt, helo, sender, recipients, raw } of mails) {
          insert.run(id, receivedAt.getTime(), helo, sender, JSON.stringify(recipients), raw);
        }
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    remove: (id) => {
      remove.run(id);
    },
    clear: () => database.exec('DELETE FROM mails'),
    close: () => database.close(),
  };
}
