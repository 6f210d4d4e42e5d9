import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../whole-file.ts';
import { type RealWorkload, realWorkload } from './real-plan.ts';

const order = z.strictObject({
  clock: z.literal('real'),
  startedAt: z.iso.datetime(),
  /** Absolute path of the profile. */
  target: z.string(),
  /** Exact origins besides loopback that the target may be contacted at, comma separated. */
  iMay: z.string().optional(),
  workload: realWorkload,
  sizing: z.strictObject({
    ...{ seed: z.int(), probesPerRun: z.int(), mostPerRun: z.int(), mailDomain: z.string() },
  }),
  /** What the ids of its visits begin with. */
  tag: z.string(),
  /** Of the breach rate, from 0 to 1: its upper bound must stay below. */
  limit: z.number().gt(0).lt(1),
  /** Its visits are sent by pods, whose logs tell when: hours count from the answers, and nothing is sent from here. */
  pods: z.literal(true).optional(),
});

/** What a campaign on a real clock was asked for; all of its visits follow from it, but for their SIRETs. */
export type RealOrder = Omit<z.infer<typeof order>, 'workload'> & { workload: RealWorkload };

const fileName = 'campaign.json';

export function keepRealOrder(folder: string, kept: RealOrder): void {
  writeWhole(join(folder, fileName), `${JSON.stringify(kept, null, 2)}\n`);
}

/** What `keepRealOrder` wrote; undefined for a folder that is no such campaign. */
export function readRealOrder(folder: string): RealOrder | undefined {
  const path = join(folder, fileName);
  if (!existsSync(path)) return undefined;
  try {
    return order.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}
