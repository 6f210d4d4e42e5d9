import type { FetchMessageObject } from 'imapflow';
import { canonicalAddress } from './address.ts';
import { coalesced } from './coalesced.ts';
import { connectImap, type ImapConnection, type ImapSettings } from './imap-connection.ts';
import { imapEnvelope } from './imap-envelope.ts';
import type { Mailbox, ReceivedMail } from './mailbox.ts';
import type { Envelope } from './trace.ts';
import { unreachable } from './unreachable.ts';
import { openWaiting } from './waiting.ts';

/** Their UIDs fit a command line, and their mails a memory. */
const sourcesAtOnce = 200;

type Known = Envelope & { uid: number; receivedAt: Date };

/**
 * Opens one folder of an IMAP mailbox into which the mails of every address are delivered. Throws
 * `GUICHET_MAILBOX_UNREACHABLE` when it cannot be opened; so does every later look when mails were deleted, when
 * the folder was made anew, or when a dropped connection cannot be renewed. Receipts are whole seconds, as IMAP
 * gives them.
 */
export async function openImap(settings: ImapSettings): Promise<Mailbox> {
  const where = `imap://${settings.host}:${settings.port}/${settings.folder}`;
  const known = new Map<number, Known>();
  const byAddress = new Map<string, Known[]>();
  const waiting = openWaiting({ mailsTo, subscribe: async () => void (await connected()) });
  const look = coalesced(readNew);
  /** Mails that somebody waited for when they became known. */
  const awaited: Known[] = [];
  let lastUid = 0;
  /** From this UID on, every mail came after the opening and must be there. */
  let firstUid: number | undefined;
  let checkedUid = 0;
  let expunged = 0;
  let uidValidity: bigint | undefined;
  let closed = false;
  let connection: Promise<ImapConnection> | undefined;
  /** Whether anything was read over the present connection: one that always drops at once is not renewed for ever. */
  let proved = false;

  function connected(): Promise<ImapConnection> {
    if (closed) throw unreachable(`${where} was closed`);
    connection ??= connect().catch((error) => {
      connection = undefined;
      throw error;
    });
    return connection;
  }

  async function connect(): Promise<ImapConnection> {
    proved = false;
    const fresh = await connectImap(settings, {
      arrived: () => {
        if (waiting.expects(() => true)) look().then(announce).catch(waiting.lost);
      },
      expunged: () => {
        expunged += 1;
        waiting.unclear();
      },
      dropped: () => {
        connection = undefined;
        if (!waiting.expects(() => true)) return;
        if (proved) connected().then(waiting.unclear, waiting.lost);
        else waiting.lost(unreachable(`${where} drops every connection`));
      },
    });
    uidValidity ??= fresh.uidValidity;
    if (fresh.uidValidity === uidValidity) return fresh;
    fresh.close();
    throw unreachable(
      `${where} was made anew (its UIDVALIDITY was ${uidValidity} and is ${fresh.uidValidity}): its mails are not those of before`,
      'Leave the folder alone while a campaign runs, and run the campaign again.',
    );
  }

  /** Works over the connection, and once more over a new one when it was dropped. */
  async function over<T>(work: (connection: ImapConnection) => Promise<T>): Promise<T> {
    const opened = connected();
    const first = await opened;
    const proving = async (over: ImapConnection) => {
      const result = await work(over);
      proved = true;
      return result;
    };
    try {
      return await proving(first);
    } catch (error) {
      if (first.usable() || closed) throw error;
      if (connection === opened) connection = undefined;
      return proving(await connected());
    }
  }

  async function readNew(): Promise<void> {
    await over(async (imap) => {
      firstUid ??= imap.uidNext;
      const nextUid = await imap.poll();
      // "9:*" also means the last mail when there is none from 9 on.
      const fetched = await imap.fetch(`${lastUid + 1}:*`, 'headers');
      for (const mail of fetched) if (!known.has(mail.uid)) await learn(mail);
      lastUid = fetched.reduce((last, { uid }) => Math.max(last, uid), lastUid);
      const unseen = missing(firstUid, nextUid);
      const gone = Math.max(known.size - imap.count(), expunged, unseen);
      if (gone > 0) {
        throw unreachable(
          `${where} has lost ${gone} mails since it was opened: somebody deletes mails, or it keeps only so many`,
          'Let it keep everything, leave its mails alone while a campaign runs, and run the campaign again.',
        );
      }
    });
  }

  /** How many UIDs were given and taken away between two looks. */
  function missing(from: number, to: number): number {
    let count = 0;
    for (let uid = Math.max(from, checkedUid); uid < to; uid += 1) if (!known.has(uid)) count += 1;
    if (count === 0) checkedUid = to;
    return count;
  }

  async function learn({ uid, headers, internalDate }: FetchMessageObject): Promise<void> {
    const envelope = await imapEnvelope(headers ?? Buffer.alloc(0), settings.recipientHeader);
    const mail = { uid, ...envelope, receivedAt: new Date(internalDate ?? Number.NaN) };
    known.set(uid, mail);
    for (const address of new Set(mail.recipients.map(canonicalAddress))) {
      const mails = byAddress.get(address);
      if (mails) mails.push(mail);
      else byAddress.set(address, [mail]);
    }
    if (waiting.expects((address) => byAddress.get(address)?.at(-1) === mail)) awaited.push(mail);
  }

  async function announce(): Promise<void> {
    for (const mail of await withSource(awaited.splice(0))) waiting.arrived(mail);
  }

  async function withSource(mails: readonly Known[]): Promise<ReceivedMail[]> {
    const received: ReceivedMail[] = [];
    for (let from = 0; from < mails.length; from += sourcesAtOnce) {
      const some = mails.slice(from, from + sourcesAtOnce);
      const fetched = await over((imap) => imap.fetch(some.map(({ uid }) => uid).join(','), 'source'));
      const sources = new Map(fetched.map(({ uid, source }) => [uid, source]));
      for (const { uid, sender, recipients, receivedAt } of some) {
        const raw = sources.get(uid);
        if (!raw) throw unreachable(`${where} no longer holds the mail ${uid}: somebody deletes mails`);
        received.push({ id: `${uidValidity}.${uid}`, sender, recipients, raw, receivedAt });
      }
    }
    return received;
  }

  async function mailsTo(address: string): Promise<ReceivedMail[]> {
    await look();
    return withSource(byAddress.get(canonicalAddress(address)) ?? []);
  }

  await look();

  return {
    mailsTo,
    all: async () => {
      await look();
      return withSource([...known.values()]);
    },
    waitFor: waiting.waitFor,
    close: async () => {
      closed = true;
      const open = await connection?.catch(() => undefined);
      open?.close();
      waiting.lost(unreachable(`${where} was closed`));
    },
  };
}
