// How the bytes of a mail travel in the JSON of MailHog's API, whose `Raw.Data` is a string. UTF-8 is carried
// as text, as MailHog does. A byte that is no UTF-8 (Latin-1 mails), which MailHog replaces by U+FFFD, becomes
// the lone surrogate U+DC00 + byte (PEP 383, "surrogateescape"). No well-formed UTF-8 yields a lone surrogate,
// so the way back needs no marker and reads a real MailHog's answers alike.
import { isUtf8 } from 'node:buffer';

/** Non-ASCII runs of a binary string: well-formed UTF-8 sequences (RFC 3629), else a single stray byte. */
const nonAscii =
  /((?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+)|[\x80-\xff]/g;

/** The text that stands for these bytes; never loses one. */
export function rawToText(raw: Buffer): string {
  if (isUtf8(raw)) return raw.toString('utf8');
  return raw
    .toString('latin1')
    .replace(nonAscii, (found, wellFormed?: string) =>
      wellFormed
        ? Buffer.from(wellFormed, 'latin1').toString('utf8')
        : String.fromCharCode(0xdc00 + found.charCodeAt(0)),
    );
}

/** The bytes that `rawToText` made this text of. */
export function textToRaw(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8');
  const pieces = text.split(/([\udc80-\udcff]+)/u);
  // A surrogate's low byte is the escaped byte, which is what latin1 keeps of it.
  return Buffer.concat(pieces.map((piece, index) => Buffer.from(piece, index % 2 ? 'latin1' : 'utf8')));
}

/** JSON in ASCII: the `mailhog` client cuts its answers into chunks without regard to UTF-8. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
