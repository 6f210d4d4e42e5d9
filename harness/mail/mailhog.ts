import mailhog from 'mailhog';
import { z } from 'zod';
import { canonicalAddress } from './address.ts';
import { readEvents } from './event-stream.ts';
import { answerMs, request } from './http-request.ts';
import type { Mailbox, ReceivedMail } from './mailbox.ts';
import { textToRaw } from './raw-text.ts';
import { reason, unreachable } from './unreachable.ts';
import { oldestFirst, openWaiting } from './waiting.ts';

/** What is read of MailHog's items; the rest is its own decoding, which the raw source makes needless. */
const item = z.object({
  ID: z.string(),
  Created: z.coerce.date(),
  Raw: z.object({ From: z.string(), To: z.array(z.string()), Data: z.string() }),
});
const listing = z.object({ total: z.number(), items: z.array(item).nullable() });

type Item = z.infer<typeof item>;

/** MailHog caps a page at 250. */
const pageLength = 250;

/**
 * Opens a MailHog, or what speaks its API, at its base URL without `/api`. Throws
 * `GUICHET_MAILBOX_UNREACHABLE` when it does not answer so; so does every later look, also when mails that were
 * there are no more (somebody deletes them) and when the stream of arrivals breaks under a waiting reader.
 */
export async function openMailhog(apiUrl: string): Promise<Mailbox> {
  const base = apiUrl.replace(/\/+$/, '');
  const { protocol, hostname, port, pathname } = new URL(base);
  const client = {
    protocol,
    host: hostname,
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    basePath: `${pathname.replace(/\/$/, '')}/api`,
  };
  /** The ids that each search has listed so far. */
  const listed = new Map<string, Set<string>>();
  const waiting = openWaiting({ mailsTo, subscribe });
  const closing = new AbortController();
  let subscription: Promise<void> | undefined;

  /** All pages of a search, or of the whole mailbox, oldest first. */
  async function look(search = ''): Promise<ReceivedMail[]> {
    const before = listed.get(search) ?? new Set<string>();
    const seen = before.size;
    const mails = new Map<string, ReceivedMail>();
    let total = 0;
    let atFirst = 0;
    for (let start = 0; start === 0 || start < total; ) {
      const page = await readPage(search, start);
      const least = Math.max(seen, total);
      if (page.total < least) throw deleted(`lists ${page.total} mails where it listed ${least} before`);
      total = page.total;
      if (start === 0) atFirst = total;
      const items = page.items ?? [];
      if (items.length === 0) break;
      start += items.length;
      // A mail that arrives meanwhile pushes the pages down: what is seen twice counts once.
      for (const one of items) mails.set(one.ID, await toReceived(one));
    }
    if (mails.size < atFirst) {
      throw unreachable(`${base} announces ${atFirst} mails and lists ${mails.size}`);
    }
    const gone = [...before].filter((id) => !mails.has(id)).length;
    if (gone > 0) throw deleted(`no longer lists ${gone} of the ${before.size} mails that it listed before`);
    listed.set(search, new Set([...(listed.get(search) ?? []), ...mails.keys()]));
    return oldestFirst([...mails.values()].reverse());
  }

  /** The newest pages, as far back as they are news. */
  async function newest(seen: number): Promise<ReceivedMail[]> {
    const mails = new Map<string, ReceivedMail>();
    let wanted = 1;
    for (let start = 0; start < wanted; ) {
      const { total, items } = await readPage('', start, start === 0 ? 20 : pageLength);
      if (total < seen) throw deleted(`lists ${total} mails where it listed ${seen} before`);
      wanted = total - seen;
      if (!items || items.length === 0) break;
      for (const one of items.slice(0, wanted - start)) mails.set(one.ID, await toReceived(one));
      start += items.length;
    }
    if (mails.size < wanted)
      throw unreachable(`${base} announces ${wanted} new mails and lists ${mails.size}`);
    return [...mails.values()].reverse();
  }

  function deleted(what: string) {
    return unreachable(
      `${base} ${what}: somebody deletes mails`,
      'Leave its mails alone while a campaign runs, and run the campaign again.',
    );
  }

  async function readPage(
    search: string,
    start: number,
    length = pageLength,
  ): Promise<z.infer<typeof listing>> {
    // The client hands its options to node:http, where a signal is the only deadline that works.
    const options = { ...client, signal: AbortSignal.any([closing.signal, AbortSignal.timeout(answerMs)]) };
    const api = mailhog(options);
    const what = search ? `search for ${search} on ${base}` : `${base}/api/v2/messages`;
    try {
      const answer = await (search ? api.search(search, 'to', start, length) : api.messages(start, length));
      return listing.parse(answer);
    } catch (error) {
      throw unreachable(`${what} did not answer as MailHog does: ${reason(error)}`);
    }
  }

  async function toReceived({ ID, Created, Raw }: Item): Promise<ReceivedMail> {
    let data = Raw.Data;
    // The client cuts UTF-8 characters between two chunks of an answer; then the mail is read once more, alone.
    if (data.includes('\ufffd')) {
      const url = `${base}/api/v1/messages/${encodeURIComponent(ID)}`;
      const answer = await request(url, AbortSignal.timeout(answerMs));
      data = item.parse(await answer.json()).Raw.Data;
    }
    return {
      id: ID,
      sender: Raw.From,
      recipients: Raw.To,
      // MailHog's Data lacks the CRLF before the final dot, which every mail over SMTP has.
      raw: data === '' ? Buffer.alloc(0) : Buffer.concat([textToRaw(data), Buffer.from('\r\n')]),
      receivedAt: Created,
    };
  }

  async function mailsTo(address: string): Promise<ReceivedMail[]> {
    // By the local part: the mailbox may hold the domain in another spelling, and filters by substring anyway.
    const local = address.slice(0, address.lastIndexOf('@') + 1).toLowerCase();
    const found = await look(local || address.toLowerCase());
    const wanted = canonicalAddress(address);
    return found.filter(({ recipients }) => recipients.some((to) => canonicalAddress(to) === wanted));
  }

  /** Opens the one stream of arrivals that all waiting readers share. */
  function subscribe(): Promise<void> {
    subscription ??= openStream().catch((error) => {
      subscription = undefined;
      throw error;
    });
    return subscription;
  }

  async function openStream(): Promise<void> {
    const url = `${base}/api/v1/events`;
    const late = new AbortController();
    const deadline = setTimeout(() => late.abort(new Error(`no answer in ${answerMs} ms`)), answerMs);
    const signal = AbortSignal.any([closing.signal, late.signal]);
    const answer = await request(url, signal).finally(() => clearTimeout(deadline));
    void follow(url, answer).catch((error) => {
      subscription = undefined;
      waiting.lost(error);
    });
  }

  async function follow(url: string, answer: Response): Promise<never> {
    let how = 'ended';
    try {
      if (answer.body) {
        for await (const event of readEvents(answer.body)) await announce(event);
      }
    } catch (error) {
      how = `broke (${reason(error)})`;
    }
    throw unreachable(`the stream of arrivals ${url} ${how}`);
  }

  async function announce(event: string): Promise<void> {
    const parsed = item.safeParse(parseJson(event));
    if (parsed.success) waiting.arrived(await toReceived(parsed.data));
    else waiting.unclear();
  }

  const first = await request(`${base}/api/v2/messages?limit=1`, AbortSignal.timeout(answerMs));
  await first.body?.cancel();
  await readPage('', 0);

  return {
    mailsTo,
    all: () => look(),
    newest,
    waitFor: waiting.waitFor,
    close: async () => {
      closing.abort(new Error('the mailbox was closed'));
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
