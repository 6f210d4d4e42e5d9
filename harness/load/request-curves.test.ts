import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { histogramError } from './histogram.ts';
import { readRequests } from './request-curves.ts';

const folder = mkdtempSync(join(tmpdir(), 'guichet-requests-'));
afterAll(() => rmSync(folder, { recursive: true }));
const header = 'metric_name,timestamp,metric_value,name';
const start = 1_795_663_000;
const file = (name: string, rows: readonly string[]) => {
  const path = join(folder, name);
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return path;
};

test('the samples of all k6 of a run make the percentiles of each step over time', async () => {
  // ENVOYER takes 1 to 100 ms in each of two minutes, half of it told by either k6; it is ten times slower in the second.
  const half = (odd: number) =>
    [0, 119].flatMap((second) =>
      Array.from({ length: 50 }, (_, at) => {
        const ms = (2 * at + 1 + odd) * (second > 0 ? 10 : 1);
        return `http_req_duration,${start + second},${ms},ENVOYER`;
      }),
    );
  const more = ['turn', 'setup', 'SIRET'].map((name) => `http_req_duration,${start},5,${name}`);
  const other = `http_req_waiting,${start},5,ENVOYER`;
  const requests = await readRequests([file('a.csv', [...half(0), ...more, other]), file('b.csv', half(1))]);
  expect(requests.map(({ name, count }) => [name, count])).toEqual([
    ['ENVOYER', 200],
    ['SIRET', 1],
  ]);
  const points = requests[0]?.points ?? [];
  expect(points.map(({ minutes }) => minutes)).toEqual([1 / 60, 119 / 60]);
  for (const [at, times] of [1, 10].entries()) {
    const { p50Ms = 0, p95Ms = 0, p99Ms = 0 } = points[at] ?? {};
    for (const [ms, wanted] of [
      [p50Ms, 50],
      [p95Ms, 95],
      [p99Ms, 99],
    ] as const)
      expect(Math.abs(ms / (wanted * times) - 1)).toBeLessThanOrEqual(histogramError);
  }
});

test('without a request there is none', async () => {
  expect(await readRequests([file('none.csv', [])])).toEqual([]);
});
