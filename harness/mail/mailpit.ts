import { z } from 'zod';
import { canonicalAddress } from './address.ts';
import { coalesced } from './coalesced.ts';
import { answerMs, request } from './http-request.ts';
import type { Mailbox, ReceivedMail } from './mailbox.ts';
import { mailpitEnvelope, mailpitReceipt } from './mailpit-envelope.ts';
import { namedBy, openIndex, type Summary, summary } from './mailpit-index.ts';
import { reason, unreachable } from './unreachable.ts';
import { oldestFirst, openWaiting } from './waiting.ts';

const listing = z.object({ total: z.number(), messages: z.array(summary) });
const information = z.object({ RuntimeStats: z.object({ MessagesDeleted: z.number() }) });
const settings = z.object({ DuplicatesIgnored: z.boolean().default(false) });
const event = z.object({ Type: z.string(), Data: z.unknown() });

/** A first page holds what came since the last look; more come in long ones. */
const pageLengths = [50, 1000] as const;
const readersAtOnce = 8;

/**
 * Opens a Mailpit at its base URL without `/api`, by its API v1. Throws `GUICHET_MAILBOX_UNREACHABLE` when it does
 * not answer as one; so does every later look when mails are gone, by somebody's hand or by its cap, even if
 * others have come in their place.
 */
export async function openMailpit(url: string): Promise<Mailbox> {
  const base = url.replace(/\/+$/, '');
  const index = openIndex();
  const closing = new AbortController();
  const waiting = openWaiting({ mailsTo, subscribe });
  const look = coalesced(readList);
  let subscription: Promise<void> | undefined;

  async function read<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const answer = await get(path);
    try {
      return schema.parse(await answer.json());
    } catch (error) {
      throw unreachable(`${base}${path} did not answer as Mailpit does: ${reason(error)}`);
    }
  }

  function get(path: string): Promise<Response> {
    return request(`${base}${path}`, AbortSignal.any([closing.signal, AbortSignal.timeout(answerMs)]));
  }

  /** Lists until every mail is known, and throws when one that was known is gone. */
  async function readList(): Promise<void> {
    for (;;) {
      const { known, discovered, announced, total } = await readPages();
      if (known + discovered > total) throw lost(`lists ${total} mails where it had ${known + discovered}`);
      if (known + discovered >= announced) break;
      // A mail that arrives between two pages pushes one over the edge: then all is read again.
      if (discovered === 0) throw unreachable(`${base} announces ${announced} mails and lists ${known}`);
    }
    const deleted = await readDeleted();
    if (deleted !== deletedBefore) {
      throw lost(`has deleted ${deleted} mails, and had deleted ${deletedBefore} when it was opened`);
    }
  }

  /**
   * One pass over the pages, as far as needed: how many mails were known before it, how many others it found, and
   * how many there were by its first and its last page. Mails that are announced meanwhile are in none of these.
   */
  async function readPages() {
    const known = index.size();
    const discovered = new Set<string>();
    let announced: number | undefined;
    for (let start = 0; ; ) {
      const limit = pageLengths[start === 0 ? 0 : 1];
      const { total, messages } = await read(`/api/v1/messages?start=${start}&limit=${limit}`, listing);
      announced ??= total;
      for (const message of messages) if (index.add(message) >= known) discovered.add(message.ID);
      start += messages.length;
      if (messages.length === 0 || known + discovered.size >= total) {
        return { known, discovered: discovered.size, announced, total };
      }
    }
  }

  async function readDeleted(): Promise<number> {
    return (await read('/api/v1/info', information)).RuntimeStats.MessagesDeleted;
  }

  function lost(what: string) {
    return unreachable(
      `${base} ${what}: somebody deletes mails, or its cap is reached`,
      'Start it with MP_MAX_MESSAGES=0, leave its mails alone while a campaign runs, and run the campaign again.',
    );
  }

  async function toReceived(mail: Summary): Promise<ReceivedMail> {
    const answer = await get(`/api/v1/message/${mail.ID}/raw`);
    const raw = Buffer.from(await answer.arrayBuffer());
    return { id: mail.ID, raw, ...mailpitEnvelope(raw, mail), receivedAt: mailpitReceipt(raw, mail) };
  }

  async function readAll(mails: readonly Summary[]): Promise<ReceivedMail[]> {
    const received: ReceivedMail[] = [];
    const left = [...mails];
    const reader = async () => {
      for (let mail = left.shift(); mail; mail = left.shift()) received.push(await toReceived(mail));
    };
    await Promise.all(Array.from({ length: readersAtOnce }, reader));
    return oldestFirst(received);
  }

  async function mailsTo(address: string): Promise<ReceivedMail[]> {
    await look();
    const found = await readAll(index.naming(address));
    const wanted = canonicalAddress(address);
    return found.filter(({ recipients }) => recipients.some((to) => canonicalAddress(to) === wanted));
  }

  function subscribe(): Promise<void> {
    subscription ??= openEvents();
    return subscription;
  }

  /** Mailpit drops a slow reader of its events: then another stream is opened, and everybody looks. */
  function openEvents(): Promise<void> {
    const url = `${base.replace(/^http/, 'ws')}/api/events`;
    const { promise: opened, resolve, reject } = Promise.withResolvers<void>();
    const socket = new WebSocket(url);
    const end = () => socket.close();
    const deadline = setTimeout(end, answerMs);
    closing.signal.addEventListener('abort', end, { once: true });
    let wasOpen = false;
    socket.onopen = () => {
      wasOpen = true;
      clearTimeout(deadline);
      resolve();
    };
    socket.onmessage = ({ data }) => void announce(data);
    socket.onclose = () => {
      clearTimeout(deadline);
      closing.signal.removeEventListener('abort', end);
      subscription = undefined;
      const broken = unreachable(`the stream of arrivals ${url} ${wasOpen ? 'ended' : 'cannot be opened'}`);
      if (!wasOpen) reject(broken);
      else if (closing.signal.aborted) waiting.lost(broken);
      else if (waiting.expects(() => true)) subscribe().then(waiting.unclear, waiting.lost);
    };
    return opened;
  }

  async function announce(data: unknown): Promise<void> {
    const parsed = event.safeParse(parseJson(String(data)));
    if (parsed.data?.Type !== 'new') {
      if (['delete', 'truncate', 'prune'].includes(parsed.data?.Type ?? 'prune')) waiting.unclear();
      return;
    }
    const mail = summary.safeParse(parsed.data.Data);
    if (!mail.success) return waiting.unclear();
    index.add(mail.data);
    const named = namedBy(mail.data);
    if (!waiting.expects((address) => named.has(address.toLowerCase()) || named.has(''))) return;
    await toReceived(mail.data).then(waiting.arrived, waiting.unclear);
  }

  const { DuplicatesIgnored } = await read('/api/v1/webui', settings);
  if (DuplicatesIgnored) {
    throw unreachable(
      `${base} drops mails whose Message-ID it has seen`,
      'Start it without MP_IGNORE_DUPLICATE_IDS: a mail that comes twice must be there twice.',
    );
  }
  const deletedBefore = await readDeleted();
  await look();

  return {
    mailsTo,
    all: async () => {
      await look();
      return readAll(index.all());
    },
    waitFor: waiting.waitFor,
    close: async () => closing.abort(new Error('the mailbox was closed')),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
