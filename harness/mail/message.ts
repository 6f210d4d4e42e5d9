import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { rawToText } from './raw-text.ts';

/** What a mail says, decoded from its raw source. */
export type Message = {
  /** Address of the author, empty when there is none. */
  from: string;
  /** Addresses of the To headers; the envelope may differ. */
  to: string[];
  subject: string;
  /** Absent when there is no Date header or it is no date. */
  date?: Date;
  /** With its angle brackets, as sent. */
  messageId?: string;
  /** The plain text, or the text of the HTML where there is no plain text. */
  text: string;
  html?: string;
  /** Charset that the text part declares, in lower case. */
  charset?: string;
  /** Every header, unfolded and otherwise as sent, under its lower-case name; repeated ones in their order. */
  headers: ReadonlyMap<string, string[]>;
};

/** Decodes a mail; a malformed one never throws and gives what can be read of it. */
export async function decode(raw: Buffer): Promise<Message> {
  let mail: ParsedMail;
  try {
    mail = await simpleParser(raw, { skipTextToHtml: true, keepCidLinks: true, checksumAlgo: false });
  } catch {
    // The parser refuses a few mails whole (a header block above a megabyte, thousands of parts).
    return { from: '', to: [], subject: '', text: rawToText(raw), headers: new Map() };
  }
  const headers = readHeaders(mail);
  const charset = textCharset(raw);
  const date = new Date(headers.get('date')?.[0] ?? '');
  return {
    from: addresses(mail.from)[0] ?? '',
    to: addresses(mail.to),
    subject: mail.subject ?? '',
    // The parser gives the current time for a Date that it cannot read.
    ...(Number.isNaN(date.getTime()) ? {} : { date }),
    ...(mail.messageId ? { messageId: mail.messageId } : {}),
    text: mail.text ?? '',
    ...(mail.html ? { html: mail.html } : {}),
    ...(charset ? { charset } : {}),
    headers,
  };
}

function addresses(field: AddressObject | AddressObject[] | undefined): string[] {
  const entries = [field ?? []].flat().flatMap(({ value }) => value);
  return entries
    .flatMap((entry) => entry.group ?? [entry])
    .flatMap(({ address }) => (address ? [address] : []));
}

function readHeaders(mail: ParsedMail): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const { key, line } of mail.headerLines ?? []) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n(?=[ \t])/g, '')
      .trim();
    const values = headers.get(key);
    if (values) values.push(value);
    else headers.set(key, [value]);
  }
  return headers;
}

/** Of the first plain text part, else of the first HTML part: the parser keeps it to itself. */
function textCharset(raw: Buffer): string | undefined {
  const unfolded = raw.toString('latin1').replace(/\r?\n[ \t]+/g, ' ');
  for (const type of ['plain', 'html']) {
    const part = new RegExp(`^content-type:[ \\t]*text/${type}\\b(.*)`, 'im').exec(unfolded);
    const charset = /;\s*charset="?([^\s";]+)/i.exec(part?.[1] ?? '');
    if (charset?.[1]) return charset[1].toLowerCase();
  }
  return undefined;
}
