import { type Attachment, type ParsedMail, simpleParser } from 'mailparser';
import type { StoredMail } from '../mail/mail-store.ts';
import { rawToText } from '../mail/raw-text.ts';

/** A line of the list. */
export type MailLine = { subject: string; from: string };

/** What a mail shows a person. */
export type ShownMail = MailLine & {
  to: string;
  date: string;
  text: string;
  /** With its own pictures inside; undefined when there is no HTML part. */
  html: string | undefined;
  attachments: { name: string; type: string; bytes: number }[];
};

/** Reads the header alone: a list of fifty huge mails is fifty headers. */
export async function readLine(mail: StoredMail): Promise<MailLine> {
  const end = mail.raw.indexOf('\r\n\r\n');
  const parsed = await parse(mail.raw.subarray(0, end < 0 ? mail.raw.length : end + 4));
  return { subject: parsed?.subject ?? '', from: parsed?.from?.text || mail.sender };
}

/** Never throws: of a mail that cannot be read, the source is what there is to read. */
export async function readMail(mail: StoredMail): Promise<ShownMail> {
  const parsed = await parse(mail.raw);
  if (!parsed) {
    return {
      ...(await readLine(mail)),
      to: '',
      date: '',
      text: rawToText(mail.raw),
      html: undefined,
      attachments: [],
    };
  }
  return {
    ...(await readLine(mail)),
    to: [parsed.to ?? []]
      .flat()
      .map(({ text }) => text)
      .join(', '),
    date: parsed.headerLines.find(({ key }) => key === 'date')?.line.replace(/^[^:]*:\s*/, '') ?? '',
    text: parsed.text ?? '',
    html: parsed.html || undefined,
    attachments: parsed.attachments.filter((attachment) => !isInline(attachment)).map(toAttachment),
  };
}

async function parse(raw: Buffer): Promise<ParsedMail | undefined> {
  try {
    return await simpleParser(raw, { skipTextToHtml: true, checksumAlgo: false });
  } catch {
    return undefined;
  }
}

function isInline({ related, contentDisposition }: Attachment): boolean {
  return related === true && contentDisposition === 'inline';
}

function toAttachment({ filename, contentType, size }: Attachment) {
  return { name: filename || 'sans nom', type: contentType, bytes: size };
}
