// How the bytes of a mail travel in the JSON of MailHog's API, whose `Raw.Data` is a string. UTF-8 is carried
// as text, as MailHog does. A byte that is no UTF-8 (Latin-1 mails), which MailHog replaces by U+FFFD, becomes
// the lone surrogate U+DC00 + byte (PEP 383, "surrogateescape"). No well-formed UTF-8 yields a lone surrogate,
// so the way back needs no marker and reads a real MailHog's answers alike.
import { isUtf8 } from 'node:buffer';

/** The text that stands for these bytes; never loses one. */
export function rawToText(raw: Buffer): string {
  if (isUtf8(raw)) return raw.toString('utf8');
  const text = Buffer.alloc(raw.length * 2);
  let length = 0;
  const push = (unit: number) => {
    length = text.writeUInt16LE(unit, length);
  };
  for (let at = 0; at < raw.length; ) {
    const byte = raw[at] as number;
    const point = byte < 0x80 ? byte : codePoint(raw, at);
    if (point === undefined) push(0xdc00 + byte);
    else if (point < 0x10000) push(point);
    else {
      push(0xd7c0 + (point >> 10));
      push(0xdc00 + (point & 0x3ff));
    }
    at += point === undefined || point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return text.toString('utf16le', 0, length);
}

/** The code point that begins here in well-formed UTF-8 (RFC 3629), two bytes or more. */
function codePoint(raw: Buffer, at: number): number | undefined {
  const lead = raw[at] as number;
  const size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size === 0) return undefined;
  let point = lead & (0x7f >> size);
  for (let next = at + 1; next < at + size; next += 1) {
    const byte = raw[next] ?? 0;
    if ((byte & 0xc0) !== 0x80) return undefined;
    point = (point << 6) | (byte & 0x3f);
  }
  const overlong = point < (size === 2 ? 0x80 : size === 3 ? 0x800 : 0x10000);
  const surrogate = point >= 0xd800 && point < 0xe000;
  return overlong || surrogate || point > 0x10ffff ? undefined : point;
}

/** The bytes that `rawToText` made this text of. */
export function textToRaw(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8');
  const raw = Buffer.alloc(Buffer.byteLength(text));
  let length = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0xdc80 || unit > 0xdcff || isHighSurrogate(text.charCodeAt(at - 1))) continue;
    length += raw.write(text.slice(from, at), length);
    raw[length] = unit & 0xff;
    length += 1;
    from = at + 1;
  }
  length += raw.write(text.slice(from), length);
  return raw.subarray(0, length);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** JSON in ASCII: the `mailhog` client cuts its answers into chunks without regard to UTF-8. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
