import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file that is at any instant the old one or the new one, whole: a kill leaves none that is torn. */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, text);
  renameSync(beside, path);
}
