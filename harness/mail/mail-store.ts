import { randomUUID } from 'node:crypto';
import { type MailJournal, openMailJournal } from './mail-journal.ts';

/** A mail as it was taken over SMTP. */
export type StoredMail = {
  id: string;
  receivedAt: Date;
  helo: string;
  sender: string;
  recipients: string[];
  raw: Buffer;
};

/** All mails of a catcher, without a cap. */
export type MailStore = {
  /** Resolves when the mail is kept, on disk where there is a journal; only then may its sender hear 250. */
  add(mail: Omit<StoredMail, 'id'>): Promise<void>;
  /** Oldest first. */
  all(): readonly StoredMail[];
  find(id: string): StoredMail | undefined;
  /** False when there is no such mail. */
  remove(id: string): boolean;
  clear(): void;
  /** Calls `listener` with every mail from now on, once it is kept. */
  onArrival(listener: (mail: StoredMail) => void): void;
  close(): void;
};

type Waiting = { mail: StoredMail; resolve: () => void; reject: (error: unknown) => void };

/** Opens the store: in memory, with a journal on disk when a `database` file is named. */
export function openMailStore(database?: string): MailStore {
  const journal: MailJournal | undefined = database === undefined ? undefined : openMailJournal(database);
  const mails = new Map<string, StoredMail>((journal?.read() ?? []).map((mail) => [mail.id, mail]));
  const listeners: ((mail: StoredMail) => void)[] = [];
  let oldestFirst: StoredMail[] | undefined = [...mails.values()];
  let waiting: Waiting[] = [];

  function keep(mail: StoredMail): void {
    mails.set(mail.id, mail);
    oldestFirst?.push(mail);
    for (const listener of listeners) listener(mail);
  }

  /** One fsync for all mails that came in the same turn of the event loop. */
  function flush(): void {
    const batch = waiting;
    waiting = [];
    try {
      journal?.append(batch.map(({ mail }) => mail));
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const { mail, resolve } of batch) {
      keep(mail);
      resolve();
    }
  }

  return {
    add: (received) => {
      const mail = { ...received, id: `${randomUUID()}@guichet.invalid` };
      if (!journal) {
        keep(mail);
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        if (waiting.push({ mail, resolve, reject }) === 1) setImmediate(flush);
      });
    },
    all: () => {
      oldestFirst ??= [...mails.values()];
      return oldestFirst;
    },
    find: (id) => mails.get(id),
    remove: (id) => {
      if (!mails.has(id)) return false;
      journal?.remove(id);
      mails.delete(id);
      oldestFirst = undefined;
      return true;
    },
    clear: () => {
      journal?.clear();
      mails.clear();
      oldestFirst = undefined;
    },
    onArrival: (listener) => {
      listeners.push(listener);
    },
    close: () => {
      flush();
      journal?.close();
    },
  };
}
