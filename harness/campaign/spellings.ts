/** One way to write a secret; `bytes` holds a character for each byte. `base64`: a run within a longer base64 text. */
export type Spelling = { bytes: string; base64: boolean };

/**
 * How a page, a mail, a log, a form or a recording would write a secret: as it is, in JSON, in HTML, in URLs and forms,
 * in quoted-printable, in UTF-8 and, where it can be, in ISO-8859-1; and in base64 at each of the three alignments.
 */
export function spellings(secret: string): Spelling[] {
  const quoted = (bytes: Buffer) =>
    escaped(
      bytes,
      (byte) => byte > 32 && byte < 127 && byte !== 61,
      (hex) => `=${hex}`,
    );
  const inUrl = (bytes: Buffer) =>
    escaped(
      bytes,
      (byte) => /[\w.!~*'()-]/.test(String.fromCharCode(byte)),
      (hex) => `%${hex}`,
    );
  // As browsers post a form.
  const inForm = (bytes: Buffer) =>
    escaped(
      bytes,
      (byte) => /[\w.* -]/.test(String.fromCharCode(byte)),
      (hex) => `%${hex}`,
    ).replaceAll(' ', '+');
  const json = JSON.stringify(secret).slice(1, -1);
  const texts = [
    secret,
    json,
    json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    secret.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  ];
  const isLatin = [...secret].every((character) => (character.codePointAt(0) ?? 0) < 256);
  const encodings = isLatin ? (['utf8', 'latin1'] as const) : (['utf8'] as const);
  const found = encodings.flatMap((encoding) => {
    const bytes = Buffer.from(secret, encoding);
    const urls = [inUrl(bytes), inForm(bytes)];
    const lower = urls.map((url) => url.replace(/%../g, (code) => code.toLowerCase()));
    const written = texts.map((text) => Buffer.from(text, encoding).toString('latin1'));
    return [...written, quoted(bytes), ...urls, ...lower];
  });
  const plain = [...new Set(found)].map((bytes) => ({ bytes, base64: false }));
  return [...plain, ...inBase64(Buffer.from(secret)).map((bytes) => ({ bytes, base64: true }))];
}

function escaped(bytes: Buffer, isPlain: (byte: number) => boolean, code: (hex: string) => string): string {
  const spell = (byte: number) =>
    isPlain(byte) ? String.fromCharCode(byte) : code(byte.toString(16).toUpperCase().padStart(2, '0'));
  return [...bytes].map(spell).join('');
}

function inBase64(bytes: Buffer): string[] {
  const aligned = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and the last characters depend on the neighbours of the secret.
    return encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
  // A short piece of base64 would be found by chance.
  return aligned.filter(({ length }) => length >= 8);
}
