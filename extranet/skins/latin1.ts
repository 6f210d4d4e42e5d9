/** What browsers take ISO-8859-1 for: Windows-1252. */
const decoder = new TextDecoder('windows-1252');
const encodable = new Set(decoder.decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)));

/** A page as ISO-8859-1 bytes; every other character becomes a numeric entity. */
export function latin1Page(html: string): Buffer {
  const page = html.replace(/[^\n\r\t\u0020-\u007e\u00a0-\u00ff]/gu, (one) => `&#${one.codePointAt(0)};`);
  return Buffer.from(page, 'latin1');
}

/** The entries of a form that a browser sent from such a page, in their order. */
export function latin1Entries(form: string): [string, string][] {
  return form
    .split('&')
    .filter(Boolean)
    .map((entry) => {
      const at = entry.indexOf('=');
      return at < 0 ? [decoded(entry), ''] : [decoded(entry.slice(0, at)), decoded(entry.slice(at + 1))];
    });
}

/** Browsers send a character that the page's charset lacks as a numeric entity; any other is what a person typed. */
function decoded(text: string): string {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hexadecimal) => String.fromCharCode(Number.parseInt(hexadecimal, 16)));
  return decoder.decode(Buffer.from(bytes, 'latin1')).replace(/&#(\d{1,7});/g, (entity, digits) => {
    const point = Number(digits);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return entity;
    const character = String.fromCodePoint(point);
    return encodable.has(character) ? entity : character;
  });
}
