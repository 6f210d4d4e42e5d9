import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { GuichetError } from '../errors.ts';
import { browserNames } from '../toolchain/browser.ts';

const order = z.strictObject({
  seed: z.int(),
  /** The day that waivers are judged on, YYYY-MM-DD. */
  today: z.iso.date(),
  strict: z.boolean(),
  words: z.array(z.string()),
  /** What a replay needs besides the seed. */
  flags: z.array(z.string()),
  workers: z.int().optional(),
  /** Part `index` of `count`, each on a machine of its own. */
  shard: z.strictObject({ index: z.int(), count: z.int() }).optional(),
  fault: z.string().optional(),
  /** Another look of the embedded extranet. */
  skin: z.string().optional(),
  browser: z.enum(browserNames).optional(),
  gate: z.literal('release').optional(),
  /** Which scenarios leave a trace of Playwright's, or a HAR of what the browser exchanged. */
  trace: z.enum(['failed', 'all']).optional(),
  har: z.enum(['failed', 'all']).optional(),
  /** Path of the waivers' file. */
  waivers: z.string().optional(),
  /** Absolute path of the profile; the embedded extranet when absent. */
  target: z.string().optional(),
  /** Exact origins besides loopback that the target may be contacted at, comma separated. */
  iMay: z.string().optional(),
});

/** What a check was asked for; kept in its folder, so that a follow-up judges by the same. */
export type Order = z.infer<typeof order>;

const kept = z.strictObject({ startedAt: z.iso.datetime(), order });
const fileName = 'campaign.json';

export function keepOrder(folder: string, campaign: z.infer<typeof kept>): void {
  writeFileSync(join(folder, fileName), `${JSON.stringify(campaign, null, 2)}\n`);
}

/** Reads what `keepOrder` wrote. Throws `GUICHET_USAGE` when the folder is no campaign of `guichet check`. */
export function readOrder(folder: string): z.infer<typeof kept> {
  try {
    return kept.parse(JSON.parse(readFileSync(join(folder, fileName), 'utf8')));
  } catch {
    throw new GuichetError(
      'GUICHET_USAGE',
      `${folder} holds no campaign of "guichet check".`,
      'Give the name of a folder in reports/out/, such as 2026-11-25T19-18-29-check-16487.',
    );
  }
}
