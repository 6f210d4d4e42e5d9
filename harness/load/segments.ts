import { GuichetError } from '../errors.ts';
import { endedByItself } from '../judge/load-outcomes.ts';
import type { K6End } from '../toolchain/k6-run.ts';

/** The part of a run that one k6 takes: what its command line and its environment say besides. */
export type Segment = { args: readonly string[]; env: Readonly<Record<string, string>> };

/**
 * Cuts a run into equal parts, as the k6-operator does: all k6 share one sequence, and k6 gives each iteration of the
 * whole run, hence each persona, to one of them. One part is the run itself. Throws `GUICHET_USAGE` for less than one.
 */
export function segmentsOf(parts: number): Segment[] {
  if (!Number.isInteger(parts) || parts < 1)
    throw new GuichetError('GUICHET_USAGE', `${parts} segments.`, 'Give a whole number from 1 on.');
  if (parts === 1) return [{ args: [], env: {} }];
  const bounds = Array.from({ length: parts + 1 }, (_, at) => boundOf(at, parts));
  return bounds.slice(1).map((to, at) => ({
    args: [
      ...['--execution-segment', `${bounds[at]}:${to}`],
      ...['--execution-segment-sequence', bounds.join(',')],
    ],
    env: { SEGMENTS: String(parts) },
  }));
}

function boundOf(at: number, parts: number): string {
  if (at === 0) return '0';
  return at === parts ? '1' : `${at}/${parts}`;
}

/**
 * How the parts ended as a whole: as the first that did not come to its own end (then nobody knows what was sent); else
 * with a threshold crossed (99) where one crossed it; else well. Throws `GUICHET_HARNESS` without any end.
 */
export function wholeEnd(ends: readonly K6End[]): K6End {
  const [first] = ends;
  if (!first) throw new GuichetError('GUICHET_HARNESS', 'A run of no segment.');
  return ends.find((end) => !endedByItself(end)) ?? ends.find(({ exitCode }) => exitCode === 99) ?? first;
}
