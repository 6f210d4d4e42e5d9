const decoder = new TextDecoder('windows-1252');
const bytes = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    decoder.decode(Uint8Array.of(byte)),
    `%${byte.toString(16).padStart(2, '0')}`,
  ]),
);

/** What browsers post for a text typed into a page in ISO-8859-1. */
export function asBrowsersSend(text: string): string {
  return [...text].map((one) => bytes.get(one) ?? encodeURIComponent(`&#${one.codePointAt(0)};`)).join('');
}

/** What browsers read in such a page. */
export function asBrowsersRead(page: Buffer): string {
  return decoder.decode(page).replace(/&#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)));
}
