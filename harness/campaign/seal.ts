import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from './leaks.ts';

const name = 'SHA256SUMS';

/** Writes the sums of all files of a campaign, as `sha256sum --check SHA256SUMS` reads them. */
export function seal(folder: string): void {
  const lines = filesOf(folder)
    .filter((file) => file !== name)
    .map(
      (file) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex')}  ${file}\n`,
    );
  writeFileSync(join(folder, name), lines.join(''));
}
