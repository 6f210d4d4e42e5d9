import { unzipSync, zipSync } from 'fflate';

/** Whether these are the bytes of a zip file, as Playwright's traces are. */
export function isArchive(content: Buffer): boolean {
  return content.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';
}

/** The files in a zip, decompressed. Throws for a broken one. */
export function unpack(content: Buffer): Record<string, Buffer> {
  const entries = Object.entries<Uint8Array>(unzipSync(content));
  return Object.fromEntries(entries.map(([name, bytes]) => [name, Buffer.from(bytes)]));
}

/** A zip of these files. */
export function pack(files: Readonly<Record<string, Buffer>>): Buffer {
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, new Uint8Array(bytes)]))),
  );
}
