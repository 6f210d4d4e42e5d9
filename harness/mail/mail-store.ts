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

/**
 * Which mails are looked for. `text`, in lower case, is a part of their envelope's or header's From or To, of an envelope
 * recipient alone, or of the whole mail, still encoded.
 */
export type Search = { kind: 'from' | 'to' | 'recipient' | 'containing'; text: string };

/** All mails of a catcher, on disk, without a cap; what is read is as large as the page that is asked for. */
export type MailStore = {
  /** Resolves when the mail is kept; only then may its sender hear 250. */
  add(mail: Omit<StoredMail, 'id'>): Promise<void>;
  /** Calls `listener` with every mail from now on, once it is kept. */
  onArrival(listener: (mail: StoredMail) => void): void;
} & Pick<MailJournal, 'count' | 'newest' | 'search' | 'find' | 'remove' | 'clear' | 'close'>;

type Waiting = { mail: StoredMail; resolve: () => void; reject: (error: unknown) => void };

/** Opens the store over a `database` file, which a kill cannot take a mail from; over one that ends with it when absent. */
export function openMailStore(database?: string): MailStore {
  const journal = openMailJournal(database);
  const listeners: ((mail: StoredMail) => void)[] = [];
  let waiting: Waiting[] = [];

  /** One transaction, and one fsync, for all mails that came in the same turn of the event loop. */
  function flush(): void {
    const batch = waiting;
    waiting = [];
    try {
      journal.append(batch.map(({ mail }) => mail));
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const { mail, resolve } of batch) {
      for (const listener of listeners) listener(mail);
      resolve();
    }
  }

  return {
    ...journal,
    add: (received) =>
      new Promise((resolve, reject) => {
        const mail = { ...received, id: newId() };
        if (waiting.push({ mail, resolve, reject }) === 1) setImmediate(flush);
      }),
    onArrival: (listener) => {
      listeners.push(listener);
    },
    close: () => {
      flush();
      journal.close();
    },
  };
}

/** The instant first, so that an index of ids grows at its end. */
function newId(): string {
  return `${Date.now().toString(16).padStart(12, '0')}-${randomUUID()}@guichet.invalid`;
}
