import { readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { GuichetError } from '../errors.ts';
import { csvScan, type Scan } from './sample-csv.ts';
import { openGroups, type SampleGroup } from './sample-groups.ts';
import { jsonScan } from './sample-json.ts';

const chunkBytes = 1 << 20;
const [gzip, brace] = [0x1f, 0x7b];

/** What a file of samples holds; `torn`: its end is cut off, as a killed k6 leaves it, and not counted. */
export type Samples = { groups: SampleGroup[]; torn: boolean };

/**
 * Reads a file that k6 has written with `--out csv=` or `json=`, gzipped or not, whatever its name, and groups its samples by
 * metric, request and stretches of so many ms. It takes a few megabytes, and as many groups as there are. Throws
 * `GUICHET_USAGE` for a file that is none of k6's, or is not there.
 */
export async function readSamples(path: string, { everyMs }: { everyMs: number }): Promise<Samples> {
  const refuse = (why: string): never => {
    throw new GuichetError(
      'GUICHET_USAGE',
      `${path} holds no samples of k6: ${why}.`,
      'Give what k6 has written with --out csv=FILE or --out json=FILE.',
    );
  };
  const groups = openGroups(everyMs);
  let scan: Scan | undefined;
  /** What is not scanned yet stands at its beginning. */
  let buffer = Buffer.alloc(2 * chunkBytes);
  let length = 0;
  let torn = false;
  const take = (more: number) => {
    length += more;
    const bytes = buffer.subarray(0, length);
    scan ??= bytes[0] === brace ? jsonScan(groups, refuse) : csvScan(groups, refuse);
    const taken = scan(bytes);
    buffer.copyWithin(0, taken, length);
    length -= taken;
    if (length < chunkBytes) return;
    // A record that is longer than a chunk.
    const larger = Buffer.alloc(2 * buffer.length);
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  };
  try {
    const file = await open(path);
    try {
      const { buffer: first } = await file.read(Buffer.alloc(1), 0, 1, 0);
      if (first[0] === gzip) {
        const gunzip = file
          .createReadStream({ start: 0, highWaterMark: chunkBytes })
          .pipe(createGunzip({ chunkSize: chunkBytes }));
        for await (const chunk of gunzip) take((chunk as Buffer).copy(buffer, length));
      } else {
        // Read into the same place over and over: a buffer for each chunk costs as much as its scan.
        for (let at = 0, got = -1; got !== 0; at += got) {
          got = readSync(file.fd, buffer, length, chunkBytes, at);
          if (got > 0) take(got);
        }
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof GuichetError) throw error;
    // A gzip stream that ends too soon.
    if (code !== 'Z_BUF_ERROR') return refuse(message);
    torn = true;
  }
  return { groups: groups.all(), torn: torn || length > 0 };
}
