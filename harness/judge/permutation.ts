import { quickselect } from 'simple-statistics';
import { GuichetError } from '../errors.ts';

/** Every arrangement is looked at, none is drawn: 20 runs have 184,756 of them, and more are refused. */
export const mostRuns = 20;
/** Differences closer than this, in the unit of the figures, are ties: sums of fractions round. */
export const tie = 1e-9;

/**
 * What a figure of every run shows of two arms: under each arrangement of the runs, the mean of those called loaded
 * less the mean of the others. The first is the arrangement that was run.
 */
export type Arrangements = {
  differences: Float64Array;
  /** How many of the loaded runs each arrangement calls loaded. */
  kept: Uint8Array;
  /** The figures of the runs, each arm by itself. */
  baseline: readonly number[];
  load: readonly number[];
};

/** All arrangements of the figures of two arms, at least one run each. */
export function arrange(baseline: readonly number[], load: readonly number[]): Arrangements {
  if (baseline.length === 0 || load.length === 0) throw refused('an arm without a run');
  if (![...baseline, ...load].every(Number.isFinite)) throw refused('a figure that is not a number');
  if (baseline.length + load.length > mostRuns)
    throw refused(`${baseline.length + load.length} runs, ${mostRuns} at most`);
  const { masks, kept } = subsets(load.length, baseline.length + load.length);
  const figures = [...load, ...baseline];
  const total = figures.reduce((sum, figure) => sum + figure, 0);
  // Two tables of sums, one per half of the runs, make each arrangement one addition.
  const half = figures.length >> 1;
  const low = subsetSums(figures.slice(0, half));
  const high = subsetSums(figures.slice(half));
  const differences = new Float64Array(masks.length);
  for (let index = 0; index < masks.length; index++) {
    const mask = masks[index] ?? 0;
    const loaded = (low[mask & (low.length - 1)] ?? 0) + (high[mask >>> half] ?? 0);
    differences[index] = loaded / load.length - (total - loaded) / baseline.length;
  }
  return { differences, kept, baseline, load };
}

/** The difference of the arms as they were run. */
export function differenceOf({ differences }: Arrangements): number {
  return differences[0] ?? Number.NaN;
}

/** Exact one-sided p: the part of all arrangements whose difference is as large as the one that was run, or larger. */
export function pOf({ differences }: Arrangements): number {
  return countFrom(differences, (differences[0] ?? 0) - tie) / differences.length;
}

/** The part of the level that the first of two figures has; the rest is the other's. */
export const firstShare = 0.8;

/**
 * Exact p of two figures of the same runs together (the min-p test of Westfall and Young, weighted): the part of all
 * arrangements that show as much in either figure as the one that was run. It holds the rate of false alarms of both,
 * and costs the first nothing when the other is the same in all runs.
 */
export function jointP(first: Arrangements, other: Arrangements): number {
  if (other.differences.every((difference) => Math.abs(difference) <= tie)) return pOf(first);
  const weights = [pOf(first) / firstShare, pOf(other) / (1 - firstShare)] as const;
  const weighted = Math.min(...weights);
  // As much as was run, in the figure that shows most; in the other one, what would weigh the same.
  const firstFrom =
    weights[0] === weighted ? differenceOf(first) - tie : criticalDifference(first, weighted * firstShare);
  const otherFrom =
    weights[1] === weighted
      ? differenceOf(other) - tie
      : criticalDifference(other, weighted * (1 - firstShare));
  let count = 0;
  first.differences.forEach((difference, index) => {
    if (difference >= firstFrom || (other.differences[index] ?? 0) >= otherFrom) count++;
  });
  return count / first.differences.length;
}

/** The smallest shift of the load arm that the one-sided test does not refuse at `alpha`; -∞ with too few runs. */
export function lowerBound(arrangements: Arrangements, alpha: number): number {
  const rank = Math.floor(alpha * arrangements.differences.length + tie);
  if (rank === 0) return Number.NEGATIVE_INFINITY;
  return ranked(thresholds(arrangements), rank - 1);
}

/** The largest shift of the load arm that the test the other way does not refuse at `alpha`; ∞ with too few runs. */
export function upperBound(arrangements: Arrangements, alpha: number): number {
  const rank = Math.floor(alpha * arrangements.differences.length + tie);
  if (rank === 0) return Number.POSITIVE_INFINITY;
  return ranked(thresholds(arrangements), arrangements.differences.length - 1 - rank);
}

/**
 * For each arrangement but the first, the shift from which on its difference is as large as the first one's: taking
 * a shift off the load arm lowers the first by all of it, the others by the part of the loaded runs that they keep.
 */
function thresholds({ differences, kept, baseline, load }: Arrangements): number[] {
  const first = differences[0] ?? 0;
  const perRun = 1 / load.length + 1 / baseline.length;
  const shifts = new Array<number>(differences.length - 1);
  for (let index = 1; index < differences.length; index++) {
    shifts[index - 1] = (first - (differences[index] ?? 0)) / ((load.length - (kept[index] ?? 0)) * perRun);
  }
  return shifts;
}

/** The smallest difference whose p is at most `p`; ∞ when there is none. */
function criticalDifference({ differences }: Arrangements, p: number): number {
  const most = Math.floor(Math.min(1, p) * differences.length + tie);
  if (most === 0) return Number.POSITIVE_INFINITY;
  const least = ranked(Array.from(differences), differences.length - most) - tie;
  if (countFrom(differences, least) <= most) return least;
  // Its ties are too many: the next larger difference is the smallest.
  let next = Number.POSITIVE_INFINITY;
  for (const difference of differences)
    if (difference > least + 2 * tie && difference < next) next = difference;
  return next - tie;
}

function countFrom(differences: Float64Array, least: number): number {
  let count = 0;
  for (const difference of differences) if (difference >= least) count++;
  return count;
}

/** The value at an index of the sorted values; the values are reordered. */
function ranked(values: number[], index: number): number {
  quickselect(values, index);
  return values[index] ?? Number.NaN;
}

const known = new Map<string, { masks: Int32Array; kept: Uint8Array }>();

/** Every choice of `size` of `total` runs as bits, the lowest ones first, and how many of the lowest each keeps. */
function subsets(size: number, total: number): { masks: Int32Array; kept: Uint8Array } {
  const key = `${size} of ${total}`;
  const made = known.get(key);
  if (made) return made;
  const masks: number[] = [];
  // Gosper's hack: the next larger number with the same number of bits.
  for (let mask = 2 ** size - 1; mask < 2 ** total; ) {
    masks.push(mask);
    const lowest = mask & -mask;
    const carried = mask + lowest;
    mask = carried | (((mask ^ carried) >>> 2) / lowest);
  }
  const lowest = 2 ** size - 1;
  const choice = {
    masks: Int32Array.from(masks),
    kept: Uint8Array.from(masks, (mask) => bitsOf(mask & lowest)),
  };
  known.set(key, choice);
  return choice;
}

function subsetSums(figures: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** figures.length);
  for (let mask = 1; mask < sums.length; mask++) {
    const top = 31 - Math.clz32(mask);
    sums[mask] = (sums[mask - 2 ** top] ?? 0) + (figures[top] ?? 0);
  }
  return sums;
}

function bitsOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) count++;
  return count;
}

function refused(what: string): GuichetError {
  return new GuichetError('GUICHET_HARNESS', `The load judge was given ${what}.`);
}
