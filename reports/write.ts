import { randomUUID } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { htmlReport } from './html.ts';
import { junit } from './junit.ts';
import { type Results, results as schema } from './results.ts';

/** Evidence stays within the campaign's folder: a path that leads out of it is not read. */
export function readWithin(folder: string): (path: string) => Buffer {
  const root = realpathSync(resolve(folder)) + sep;
  return (path) => {
    const file = realpathSync(join(root, path));
    if (!file.startsWith(root)) throw new Error(`evidence outside the campaign's folder: ${path}`);
    return readFileSync(file);
  };
}

/** A reader finds the old file or the new one, never half of one. */
export async function replaceFile(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, content);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Writes `results.json`, `junit.xml` and `report.html` into the campaign's folder, where the evidence already
 * lies. Results that do not hold to the schema are refused (a `ZodError`) before anything is written.
 */
export async function writeReports(folder: string, results: Results): Promise<void> {
  const valid = schema.parse(results);
  await mkdir(folder, { recursive: true });
  await replaceFile(join(folder, 'results.json'), `${JSON.stringify(valid, null, 2)}\n`);
  await replaceFile(join(folder, 'junit.xml'), junit(valid));
  await replaceFile(join(folder, 'report.html'), htmlReport(valid, readWithin(folder)));
}
