import { GuichetError } from '../errors.ts';
import type { Arguments } from './command.ts';

/** One of several parts of the work, each on a machine of its own; `index` counts from 1. */
export type Shard = { index: number; count: number };

/** Reads `--shard I/N`; undefined when it is not given. Throws `GUICHET_USAGE`. */
export function shardOf({ shard }: Arguments['flags']): Shard | undefined {
  if (typeof shard !== 'string') return undefined;
  const [, index = 0, count = 0] = (/^(\d+)\/(\d+)$/.exec(shard) ?? []).map(Number);
  if (index < 1 || index > count)
    throw new GuichetError('GUICHET_USAGE', `--shard is "${shard}".`, 'Give I/N, such as 2/4.');
  return { index, count };
}
