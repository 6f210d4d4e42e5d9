import type { LoadCurves } from '../../reports/load-report.ts';
import { mergeHistograms, percentile } from './histogram.ts';
import type { SampleGroup } from './sample-groups.ts';
import { readSamples } from './samples.ts';

const everyMs = 1000;
/** Stretches of time that a chart shows of a request, at most. */
const shown = 60;
/** Requests that are no step of a visitor. */
const ours = ['setup', 'consent', 'turn'];

/**
 * How long the requests of each step took over time, of the files to which one or more k6 have written the samples of a run:
 * percentiles of all of a stretch's samples, within `histogramError`. Throws what `readSamples` throws.
 */
export async function readRequests(paths: readonly string[]): Promise<NonNullable<LoadCurves['requests']>> {
  const parts = await Promise.all(paths.map((path) => readSamples(path, { everyMs })));
  const durations = parts
    .flatMap(({ groups }) => groups)
    .filter(({ metric, name }) => metric === 'http_req_duration' && name !== '' && !ours.includes(name));
  const [start, end] = durations.reduce(
    ([first, last], { at }) => [Math.min(first, at), Math.max(last, at + everyMs)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const stretchMs = everyMs * Math.max(1, Math.ceil((end - start) / everyMs / shown));
  const stretchOf = ({ at }: SampleGroup) => Math.floor((at - start) / stretchMs);
  return [...Map.groupBy(durations, ({ name }) => name)].map(([name, groups]) => ({
    name,
    count: groups.reduce((sum, { values }) => sum + values.count, 0),
    points: [...Map.groupBy(groups, stretchOf)]
      .toSorted(([a], [b]) => a - b)
      .map(([stretch, own]) => {
        const values = mergeHistograms(own.map((group) => group.values));
        const ms = (share: number) => percentile(values, share) ?? 0;
        const minutes = ((stretch + 0.5) * stretchMs) / 60_000;
        return { minutes, p50Ms: ms(0.5), p95Ms: ms(0.95), p99Ms: ms(0.99) };
      }),
  }));
}
