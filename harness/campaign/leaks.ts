import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isArchive, unpack } from './archive.ts';
import { spellings } from './spellings.ts';
import { tokensIn } from './tokens.ts';

/** The environment variable that names the file where workers hand over the secrets to look for, one JSON text a line. */
export const secretsVariable = 'GUICHET_SECRETS';

/** The files of a folder, at any depth, relative to it, in their order. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/**
 * The files of a campaign in which a secret stands, in any spelling that a page, a mail or a log would give it; archives
 * are looked into, and recordings of exchanges for session ids and tokens too.
 */
export function leaksIn(folder: string, secrets: Iterable<string>): string[] {
  const wanted = [...new Set(secrets)].flatMap(spellings).map(({ bytes }) => Buffer.from(bytes, 'latin1'));
  return filesOf(folder).filter((file) => {
    const content = readFileSync(join(folder, file));
    const parts = isArchive(content) ? Object.values(unpack(content)) : [content];
    const isRecording = isArchive(content) || file.endsWith('.har');
    return parts.some(
      (part) =>
        wanted.some((secret) => part.includes(secret)) ||
        (isRecording && tokensIn(part.toString('latin1')).length > 0),
    );
  });
}
