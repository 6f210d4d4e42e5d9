import type { StoredMail } from './mail-store.ts';
import { rawToText, textToRaw } from './raw-text.ts';

type Path = { Relays: null; Mailbox: string; Domain: string; Params: string };
type Body = { Parts: Content[] };
type Content = { Headers: Record<string, string[]>; Body: string; Size: number; MIME: Body | null };

/** A mail as MailHog's API shows it (mailhog/data, message.go). */
export type MailhogItem = {
  ID: string;
  From: Path;
  To: Path[];
  Content: Content;
  Created: string;
  MIME: Body | null;
  /** `Data` is the mail without its last CRLF, in the encoding of raw-text.ts. */
  Raw: { From: string; To: string[]; Data: string; Helo: string };
};

/** Multiparts nested deeper are left unread, since each level repeats its body; `Raw.Data` has them anyway. */
const deepest = 4;

/** Shows a stored mail in MailHog's shape; never throws, whatever the mail. */
export function toMailhogItem({ id, receivedAt, helo, sender, recipients, raw }: StoredMail): MailhogItem {
  const data = rawToText(raw).replace(/\r\n$/, '');
  const content = readContent(data);
  const mime = readParts(content, 0);
  const received = `from ${helo} by guichet.invalid (Guichet)\r\n          id ${id}; ${receivedAt.toUTCString()}`;
  addHeader(content.Headers, 'Received', received);
  addHeader(content.Headers, 'Return-Path', `<${sender}>`);
  if (!headerNamed(content.Headers, 'message-id')) addHeader(content.Headers, 'Message-ID', id);
  return {
    ID: id,
    From: toPath(sender),
    To: recipients.map(toPath),
    Content: content,
    Created: receivedAt.toISOString(),
    MIME: mime,
    Raw: { From: sender, To: recipients, Data: data, Helo: helo },
  };
}

/** The headers alone, under their names as sent. */
export function readHeaders(raw: Buffer): Record<string, string[]> {
  const end = raw.indexOf('\r\n\r\n');
  return readContent(rawToText(raw.subarray(0, end + 4))).Headers;
}

function toPath(address: string): Path {
  const at = address.indexOf('@');
  const [mailbox, domain] = at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)];
  return { Relays: null, Mailbox: mailbox, Domain: domain, Params: '' };
}

/** Headers keep their keys as sent; folded lines are joined as they are. Bare LF makes no headers, as in MailHog. */
function readContent(data: string): Content {
  const end = data.indexOf('\r\n\r\n');
  // A header may be called __proto__: an object with a prototype would lose it.
  const headers: Record<string, string[]> = Object.create(null);
  if (end >= 0) {
    let last: string[] | undefined;
    for (const line of data.slice(0, end).split('\r\n')) {
      if (last && /^[ \t]/.test(line)) {
        last.push(`${last.pop()}${line}`);
        continue;
      }
      const colon = line.indexOf(':');
      if (colon > 0) last = addHeader(headers, line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''));
    }
  }
  return {
    Headers: headers,
    Body: end < 0 ? data : data.slice(end + 4),
    Size: textToRaw(data).length,
    MIME: null,
  };
}

function addHeader(headers: Record<string, string[]>, name: string, value: string): string[] {
  const values = headers[name] ?? [];
  values.push(value);
  headers[name] = values;
  return values;
}

function headerNamed(headers: Record<string, string[]>, lowerCaseName: string): string[] | undefined {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === lowerCaseName);
  return name === undefined ? undefined : headers[name];
}

function readParts({ Headers, Body }: Content, depth: number): Body | null {
  const type = headerNamed(Headers, 'content-type')?.[0] ?? '';
  if (!/^multipart\//i.test(type) || depth === deepest) return null;
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(type);
  const delimiter = boundary?.[1] ?? boundary?.[2];
  if (delimiter === undefined) return { Parts: [] };
  const pieces = Body.split(`--${delimiter}`).slice(1, -1);
  const parts = pieces.filter(Boolean).map((piece) => {
    const part = readContent(trimLineEnds(piece));
    part.MIME = readParts(part, depth + 1);
    return part;
  });
  return { Parts: parts };
}

/** By hand: a regular expression takes quadratic time on millions of empty lines. */
function trimLineEnds(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && '\r\n'.includes(text.charAt(from))) from += 1;
  while (to > from && '\r\n'.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}
