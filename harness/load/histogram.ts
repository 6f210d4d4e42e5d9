/**
 * Counts durations in buckets whose bounds grow by 2 %: what several machines measured is added up bucket by bucket, and
 * percentiles are read from the sum. Percentiles of parts cannot be averaged.
 */
export type Histogram = { count: number; max: number; buckets: Map<number, number> };

const growth = 1.02;
/** A percentile is read in the middle of its bucket: at most this far from the sample that it stands for, in parts. */
export const histogramError = Math.sqrt(growth) - 1;
/** Milliseconds; what is shorter counts as this: a request on one machine takes less than one. */
const least = 0.01;

export function emptyHistogram(): Histogram {
  return { count: 0, max: 0, buckets: new Map() };
}

/** Adds one duration, in milliseconds. */
export function addDuration(histogram: Histogram, ms: number): void {
  const bucket = Math.floor(Math.log(Math.max(least, ms)) / Math.log(growth));
  histogram.buckets.set(bucket, (histogram.buckets.get(bucket) ?? 0) + 1);
  histogram.count += 1;
  histogram.max = Math.max(histogram.max, ms);
}

/** The durations that outcome lines tell. */
export function histogramOf(lines: readonly { durationMs: number }[]): Histogram {
  const histogram = emptyHistogram();
  for (const { durationMs } of lines) addDuration(histogram, durationMs);
  return histogram;
}

/** The histogram of all durations of the parts. */
export function mergeHistograms(parts: readonly Histogram[]): Histogram {
  const whole = emptyHistogram();
  for (const { count, max, buckets } of parts) {
    whole.count += count;
    whole.max = Math.max(whole.max, max);
    for (const [bucket, number] of buckets)
      whole.buckets.set(bucket, (whole.buckets.get(bucket) ?? 0) + number);
  }
  return whole;
}

/**
 * The duration, in milliseconds, below or at which that share (0 to 1) of all lie: nearest rank, within
 * `histogramError`. Undefined without any.
 */
export function percentile({ count, max, buckets }: Histogram, share: number): number | undefined {
  if (count === 0) return undefined;
  const rank = Math.min(count, Math.max(1, Math.ceil(share * count)));
  let seen = 0;
  for (const [bucket, number] of [...buckets].sort(([a], [b]) => a - b)) {
    seen += number;
    if (seen >= rank) return Math.min(max, growth ** (bucket + 0.5));
  }
  return max;
}

/** One line of French for ops: « médiane 210 ms, p95 480 ms, p99 500 ms, max 512 ms ». */
export function durationLine(histogram: Histogram): string {
  const shown = (share: number) => `${Math.round(percentile(histogram, share) ?? 0)} ms`;
  return `médiane ${shown(0.5)}, p95 ${shown(0.95)}, p99 ${shown(0.99)}, max ${Math.round(histogram.max)} ms`;
}
