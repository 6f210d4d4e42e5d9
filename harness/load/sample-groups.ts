import { addDuration, emptyHistogram, type Histogram } from './histogram.ts';

/** The samples of one metric of one request (k6's tag `name`, empty where there is none) in one stretch of time. */
export type SampleGroup = {
  metric: string;
  name: string;
  /** When the stretch began, in ms since 1970. */
  at: number;
  sum: number;
  /** Of the values as k6 gives them: milliseconds where the metric is a duration. */
  values: Histogram;
};

/** The samples of one metric of one request. */
export type SampleSeries = {
  metric: string;
  name: string;
  groups: Map<number, SampleGroup>;
  last: SampleGroup | undefined;
};

/** Where samples go: as many groups as there are series and stretches, however many samples. */
export type SampleGroups = {
  series(metric: string, name: string): SampleSeries;
  /** Adds a sample of that instant, in ms since 1970. */
  add(series: SampleSeries, at: number, value: number): void;
  all(): SampleGroup[];
};

/** Groups samples by metric, request and stretches of so many ms. */
export function openGroups(everyMs: number): SampleGroups {
  const known = new Map<string, Map<string, SampleSeries>>();
  return {
    series: (metric, name) => {
      const byName = known.get(metric) ?? new Map<string, SampleSeries>();
      known.set(metric, byName);
      const series = byName.get(name) ?? { metric, name, groups: new Map(), last: undefined };
      byName.set(name, series);
      return series;
    },
    add: (series, at, value) => {
      const start = at - (at % everyMs);
      // Samples come about in the order of their instants.
      let group = series.last;
      if (group?.at !== start) {
        const { metric, name, groups } = series;
        group = groups.get(start) ?? { metric, name, at: start, sum: 0, values: emptyHistogram() };
        groups.set(start, group);
        series.last = group;
      }
      group.sum += value;
      addDuration(group.values, value);
    },
    all: () =>
      [...known.values()].flatMap((byName) =>
        [...byName.values()].flatMap(({ groups }) => [...groups.values()]),
      ),
  };
}
