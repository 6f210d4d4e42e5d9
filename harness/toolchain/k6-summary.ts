import { readFileSync } from 'node:fs';
import { GuichetError } from '../errors.ts';

/** What k6 has counted and timed, of the file of `--summary-export`. */
export type Summary = {
  /** 0 for a metric that has no sample. */
  count(metric: string): number;
  /** In ms; 0 without a sample. */
  durations(metric: string): { medianMs: number; p95Ms: number; p99Ms: number; maxMs: number };
};

/** Reads a summary. Throws `GUICHET_HARNESS` when k6 has not written one. */
export function readSummary(path: string): Summary {
  let metrics: Record<string, Record<string, number>>;
  try {
    metrics = JSON.parse(readFileSync(path, 'utf8')).metrics;
  } catch (error) {
    throw new GuichetError(
      'GUICHET_HARNESS',
      `k6 has written no summary to ${path} (${(error as Error).message}).`,
    );
  }
  const of = (metric: string, key: string) => metrics[metric]?.[key] ?? 0;
  return {
    count: (metric) => of(metric, 'count'),
    durations: (metric) => ({
      medianMs: of(metric, 'med'),
      p95Ms: of(metric, 'p(95)'),
      p99Ms: of(metric, 'p(99)'),
      maxMs: of(metric, 'max'),
    }),
  };
}
