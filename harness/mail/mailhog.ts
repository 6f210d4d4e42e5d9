import mailhog from 'mailhog';
import { z } from 'zod';
import { GuichetError } from '../errors.ts';
import { canonicalAddress } from './address.ts';
import { readEvents } from './event-stream.ts';
import type { Mailbox, ReceivedMail } from './mailbox.ts';
import { textToRaw } from './raw-text.ts';

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
/** A mailbox that has not answered by then is as good as gone. */
const answerMs = 30_000;

/** A reader waiting for mails to one address, in its canonical spelling. */
type Listener = {
  address: string;
  arrived(mail: ReceivedMail): void;
  unclear(): void;
  lost(error: GuichetError): void;
};

/**
 * Opens a MailHog, or what speaks its API, at its base URL without `/api`. Throws
 * `GUICHET_MAILBOX_UNREACHABLE` when it does not answer so; so does every later look, also when the total
 * has fallen (somebody deletes mails) and when the stream of arrivals breaks under a waiting reader.
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
  const totals = new Map<string, number>();
  const listeners = new Set<Listener>();
  const closing = new AbortController();
  let subscription: Promise<void> | undefined;

  /** All pages of a search, or of the whole mailbox, oldest first. */
  async function look(search = ''): Promise<ReceivedMail[]> {
    const mails = new Map<string, ReceivedMail>();
    let total = 0;
    let atFirst = 0;
    for (let start = 0; start === 0 || start < total; ) {
      const before = Math.max(totals.get(search) ?? 0, total);
      const page = await readPage(search, start);
      if (page.total < before) {
        throw unreachable(
          `${base} lists ${page.total} mails where it listed ${before} before: somebody deletes mails`,
        );
      }
      total = page.total;
      if (start === 0) atFirst = total;
      totals.set(search, Math.max(totals.get(search) ?? 0, total));
      const items = page.items ?? [];
      if (items.length === 0) break;
      start += items.length;
      // A mail that arrives meanwhile pushes the pages down: what is seen twice counts once.
      for (const one of items) mails.set(one.ID, await toReceived(one));
    }
    if (mails.size < atFirst) {
      throw unreachable(`${base} announces ${atFirst} mails and lists ${mails.size}`);
    }
    return oldestFirst([...mails.values()].reverse());
  }

  async function readPage(search: string, start: number): Promise<z.infer<typeof listing>> {
    // The client hands its options to node:http, where a signal is the only deadline that works.
    const options = { ...client, signal: AbortSignal.any([closing.signal, AbortSignal.timeout(answerMs)]) };
    const api = mailhog(options);
    const what = search ? `search for ${search} on ${base}` : `${base}/api/v2/messages`;
    try {
      const answer = await (search
        ? api.search(search, 'to', start, pageLength)
        : api.messages(start, pageLength));
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
  async function subscribe(): Promise<void> {
    const url = `${base}/api/v1/events`;
    const late = new AbortController();
    const deadline = setTimeout(() => late.abort(new Error(`no answer in ${answerMs} ms`)), answerMs);
    const signal = AbortSignal.any([closing.signal, late.signal]);
    const answer = await request(url, signal).finally(() => clearTimeout(deadline));
    void follow(url, answer).catch((error) => {
      subscription = undefined;
      for (const listener of listeners) listener.lost(error);
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
    const mail = parsed.success ? await toReceived(parsed.data) : undefined;
    const recipients = new Set(mail?.recipients.map(canonicalAddress));
    for (const listener of listeners) {
      if (!mail) listener.unclear();
      else if (recipients.has(listener.address)) listener.arrived(mail);
    }
  }

  async function waitFor(address: string, count: number, timeoutMs: number): Promise<ReceivedMail[]> {
    const found = new Map<string, ReceivedMail>();
    const { promise: enough, resolve, reject } = Promise.withResolvers<void>();
    const take = (mails: ReceivedMail[]) => {
      for (const mail of mails) found.set(mail.id, mail);
      if (found.size >= count) resolve();
    };
    const lookAgain = () => mailsTo(address).then(take, reject);
    const listener: Listener = {
      address: canonicalAddress(address),
      arrived: (mail) => take([mail]),
      unclear: lookAgain,
      lost: reject,
    };
    const timer = setTimeout(resolve, timeoutMs);
    listeners.add(listener);
    try {
      subscription ??= subscribe();
      subscription.then(lookAgain, (error) => {
        subscription = undefined;
        reject(error);
      });
      await enough;
    } finally {
      clearTimeout(timer);
      listeners.delete(listener);
    }
    // That nothing more came is said by a last look, never by the silence of the stream.
    return found.size >= count ? oldestFirst([...found.values()]) : mailsTo(address);
  }

  const first = await request(`${base}/api/v2/messages?limit=1`, AbortSignal.timeout(answerMs));
  await first.body?.cancel();
  await readPage('', 0);

  return {
    mailsTo,
    all: () => look(),
    waitFor,
    close: async () => {
      closing.abort(new Error('the mailbox was closed'));
    },
  };
}

function oldestFirst(mails: ReceivedMail[]): ReceivedMail[] {
  return mails.sort((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime());
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function request(url: string, signal: AbortSignal): Promise<Response> {
  let answer: Response;
  try {
    // The interlock has seen this address and no other.
    answer = await fetch(url, { signal, redirect: 'error' });
  } catch (error) {
    throw unreachable(`GET ${url} failed (${reason(error)})`);
  }
  if (answer.ok) return answer;
  const said = (await answer.text().catch(() => '')).trim().slice(0, 80);
  throw unreachable(`GET ${url} answered ${answer.status}${said ? ` "${said}"` : ''}`);
}

function reason(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error).replace(/\s+/g, ' ');
  const { cause, message, code } = error as Error & { code?: string };
  const inner = cause instanceof Error ? reason(cause) : undefined;
  return inner ?? (code ? `${code} ${message}` : message);
}

function unreachable(what: string): GuichetError {
  return new GuichetError('GUICHET_MAILBOX_UNREACHABLE', `${what}.`);
}
