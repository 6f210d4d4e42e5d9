import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Results, results } from '../../reports/results.ts';
import { GuichetError } from '../errors.ts';

const out = fileURLToPath(new URL('../../reports/out', import.meta.url));

/** A campaign's folder, by its path or by its name in reports/out/; whether it is there is the reader's to see. */
export function campaignFolder(named: string): string {
  return existsSync(named) ? named : join(out, named);
}

/** The results of a campaign by its path or name. Throws `GUICHET_USAGE` when there is none of that name. */
export function readResults(named: string): Results {
  try {
    return results.parse(JSON.parse(readFileSync(join(campaignFolder(named), 'results.json'), 'utf8')));
  } catch (error) {
    throw new GuichetError(
      'GUICHET_USAGE',
      `"${named}" holds no results of "guichet check" (${(error as Error).message.split('\n')[0]}).`,
      'Give a folder with a results.json, or its name in reports/out/.',
    );
  }
}
