import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Results, results } from '../../reports/results.ts';
import { campaignsFolder } from '../campaign/folder.ts';
import { GuichetError } from '../errors.ts';

/**
 * A campaign's folder, by its path or by its name in reports/out/, the latest "guichet check" by the word `last`. Whether it
 * is there is the reader's to see.
 */
export function campaignFolder(named: string): string {
  if (existsSync(named)) return named;
  return join(campaignsFolder, named === 'last' ? (latest() ?? named) : named);
}

/** One that is running, or was killed before it had results, is not meant. */
function latest(): string | undefined {
  if (!existsSync(campaignsFolder)) return undefined;
  return readdirSync(campaignsFolder)
    .filter(
      (name) => /^\d[\dT-]+-check-\d+$/.test(name) && existsSync(join(campaignsFolder, name, 'results.json')),
    )
    .sort()
    .at(-1);
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
