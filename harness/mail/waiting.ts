import { canonicalAddress } from './address.ts';
import type { Mailbox, ReceivedMail } from './mailbox.ts';

/** The readers that wait for mails, and what announces the mails to them. */
export type Waiting = {
  waitFor: Mailbox['waitFor'];
  /** Whether somebody waits for a mail to an address, in its canonical spelling, that `matches`. */
  expects(matches: (address: string) => boolean): boolean;
  /** A mail came: those who wait for one of its recipients have it. */
  arrived(mail: ReceivedMail): void;
  /** Something happened that says not enough: everybody looks. */
  unclear(): void;
  /** Nothing more will be announced, and nobody may take that for silence. */
  lost(error: unknown): void;
};

type Reader = {
  address: string;
  take(mails: readonly ReceivedMail[]): void;
  look(): void;
  lost(error: unknown): void;
};

type Source = {
  mailsTo: Mailbox['mailsTo'];
  /** Resolves when what comes from now on is announced. */
  subscribe(): Promise<void>;
};

/** Lets readers wait for what a source announces: they look first, since announcements are hints and the look is truth. */
export function openWaiting({ mailsTo, subscribe }: Source): Waiting {
  const readers = new Set<Reader>();

  async function waitFor(address: string, count: number, timeoutMs: number): Promise<ReceivedMail[]> {
    const found = new Map<string, ReceivedMail>();
    const { promise: enough, resolve, reject } = Promise.withResolvers<void>();
    const take = (mails: readonly ReceivedMail[]) => {
      for (const mail of mails) found.set(mail.id, mail);
      if (found.size >= count) resolve();
    };
    const look = () => mailsTo(address).then(take, reject);
    const reader: Reader = { address: canonicalAddress(address), take, look, lost: reject };
    const timer = setTimeout(resolve, timeoutMs);
    readers.add(reader);
    try {
      subscribe().then(look, reject);
      await enough;
    } finally {
      clearTimeout(timer);
      readers.delete(reader);
    }
    // That nothing more came is said by a last look, never by the silence of the announcements.
    return found.size >= count ? oldestFirst([...found.values()]) : mailsTo(address);
  }

  return {
    waitFor,
    expects: (matches) => [...readers].some(({ address }) => matches(address)),
    arrived: (mail) => {
      const recipients = new Set(mail.recipients.map(canonicalAddress));
      for (const reader of readers) if (recipients.has(reader.address)) reader.take([mail]);
    },
    unclear: () => {
      for (const { look } of readers) look();
    },
    lost: (error) => {
      for (const { lost } of readers) lost(error);
    },
  };
}

/** Sorts in place. */
export function oldestFirst(mails: ReceivedMail[]): ReceivedMail[] {
  return mails.sort((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime());
}
