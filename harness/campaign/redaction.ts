import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isArchive, pack, unpack } from './archive.ts';
import { type Recordings, rawRecordings } from './recordings.ts';
import { spellings } from './spellings.ts';
import { tokensIn, withoutTokens } from './tokens.ts';

/** Takes the secrets out of a file's content. */
type Redact = (content: Buffer) => Buffer;

/**
 * Replaces every spelling of these secrets by its mark; within base64 by as many characters of the mark's hash, so that
 * what surrounds it can still be decoded.
 */
function redactorOf(secrets: Iterable<string>, mark: (secret: string) => string): Redact {
  const wanted = [...new Set(secrets)].flatMap((secret) =>
    spellings(secret).map(({ bytes, base64 }) => ({
      bytes,
      by: base64
        ? mark(secret)
            .replace(/\W|secret/g, '')
            .repeat(bytes.length)
            .slice(0, bytes.length)
        : mark(secret),
    })),
  );
  // Longest first, so that a secret inside another leaves nothing of it.
  wanted.sort((one, other) => other.bytes.length - one.bytes.length);
  return (content) => {
    let text = content.toString('latin1');
    for (const { bytes, by } of wanted) text = text.replaceAll(bytes, by);
    return Buffer.from(text, 'latin1');
  };
}

/**
 * A recording (a trace of Playwright's, a zip, or a HAR) without the secrets, and without the session ids, tokens and
 * credentials in its headers, cookies and forms. A trace stays one that `playwright show-trace` opens.
 */
function redactRecording(
  content: Buffer,
  secrets: readonly string[],
  mark: (secret: string) => string,
): Buffer {
  const files = isArchive(content) ? unpack(content) : { har: content };
  const exchanges = Object.entries(files).filter(([name]) => /\.(trace|network)$|^har$/.test(name));
  const tokens = exchanges.flatMap(([, bytes]) => tokensIn(bytes.toString('latin1')));
  const redact = redactorOf([...secrets, ...tokens], mark);
  const clean = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, redact(bytes)]));
  for (const [name] of exchanges) {
    const text = clean[name]?.toString('latin1') ?? '';
    clean[name] = Buffer.from(withoutTokens(text, mark), 'latin1');
  }
  return isArchive(content) ? pack(clean) : (clean.har ?? content);
}

/** Writes the recordings that are kept into the evidence of the campaign, the secrets taken out. */
export function writeRecordings(
  recordings: Recordings,
  evidence: string,
  { secrets, mark }: { secrets: readonly string[]; mark: (secret: string) => string },
): void {
  mkdirSync(evidence, { recursive: true });
  for (const { name, path } of rawRecordings(recordings))
    writeFileSync(join(evidence, name), redactRecording(readFileSync(path), secrets, mark));
}
