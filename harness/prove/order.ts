import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { GuichetError } from '../errors.ts';

export const parts = ['matrix', 'attribution', 'silence', 'network'] as const;
export type Part = (typeof parts)[number];

const order = z.strictObject({
  seed: z.int(),
  parts: z.array(z.enum(parts)),
  /** Names of faults, and requirement ids; empty means all. */
  only: z.array(z.string()),
  requirements: z.array(z.string()),
  /** Faults of each surface, drawn by seed; absent means all. */
  sample: z.int().positive().optional(),
  shard: z.strictObject({ index: z.int(), count: z.int() }).optional(),
  /** The look of the extranet that is broken; absent means the plain one. */
  skin: z.string().optional(),
  /** Also play the scenarios that read a changed rule and check nothing that the fault breaks. */
  everyReader: z.boolean(),
});

/** What a proof was asked for; kept in its folder, so that a resumed one goes on with the same. */
export type Order = z.infer<typeof order>;

/** What is known besides the runs: which parts of the preparation are done, and what each part took. */
const state = z.strictObject({
  startedAt: z.iso.datetime(),
  /** Faults that their probe found without effect; absent until all were probed. */
  dead: z.array(z.string()).optional(),
  /** Whether the journal holds a whole sound run with its rules. */
  sounded: z.boolean(),
  seconds: z.record(z.string(), z.number()),
});
export type State = z.infer<typeof state>;

const file = z.strictObject({ order, state });

export function keepOrder(folder: string, kept: { order: Order; state: State }): void {
  writeFileSync(join(folder, 'order.json'), `${JSON.stringify(kept, null, 2)}\n`);
}

/** Reads what `keepOrder` wrote. Throws `GUICHET_USAGE` when the folder is no campaign of `guichet prove`. */
export function readOrder(folder: string): { order: Order; state: State } {
  try {
    return file.parse(JSON.parse(readFileSync(join(folder, 'order.json'), 'utf8')));
  } catch {
    throw new GuichetError(
      'GUICHET_USAGE',
      `--resume: ${folder} holds no campaign of "guichet prove".`,
      'Give the name of a folder in reports/out/ that ends in "-prove-" and a number.',
    );
  }
}
