import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The environment variable that names the file where workers hand over the secrets to look for, one JSON text a line. */
export const secretsVariable = 'GUICHET_SECRETS';

/** The files of a folder, at any depth, relative to it, in their order. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** The files of a campaign in which a secret stands, in any spelling that a page, a mail or a log would give it. */
export function leaksIn(folder: string, secrets: Iterable<string>): string[] {
  const wanted = [...new Set(secrets)].flatMap(spellings).map((spelling) => Buffer.from(spelling));
  return filesOf(folder).filter((file) => {
    const content = readFileSync(join(folder, file));
    return wanted.some((secret) => content.includes(secret));
  });
}

/** As it is, in JSON, in HTML, in a URL, in quoted-printable, and in base64 at each of the three alignments. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const quoted = [...bytes]
    .map((byte) =>
      byte > 32 && byte < 127 && byte !== 61
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
  const numeric = secret.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
  const named = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  const aligned = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and the last characters depend on the neighbours of the secret.
    return encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
  const plain = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    numeric,
    named,
    encodeURIComponent(secret),
    quoted,
  ];
  // A short piece of base64 would be found by chance.
  return [...new Set([...plain, ...aligned.filter(({ length }) => length >= 8)])];
}
