/**
 * How fast a million samples of k6 are read and grouped (by metric, request and second) beside `readline` with
 * `JSON.parse`: `node bench/k6-samples.ts [RUNS] [SAMPLES]`. The samples are real: k6 plays the journey script against a
 * server that does nothing, and writes the same samples as JSON, CSV and gzipped CSV. All ways group with the same code, in
 * turns; their groups must be the same. Goal: at most a quarter of the time, each; medians.
 */
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { demandeForLoad } from '../fixtures/demande.ts';
import { personaOf } from '../fixtures/wire-map.ts';
import { handOver } from '../harness/load/hand-over.ts';
import { startNoop } from '../harness/load/noop.ts';
import { openGroups, type SampleGroup } from '../harness/load/sample-groups.ts';
import { readSamples } from '../harness/load/samples.ts';
import { findK6 } from '../harness/toolchain/k6.ts';
import { runK6 } from '../harness/toolchain/k6-run.ts';
import { embeddedWire } from '../load/wire.ts';
import { median } from './median.ts';

const runs = Number(process.argv[2] ?? 7);
const wanted = Number(process.argv[3] ?? 1_000_000);
const goal = 1 / 4;
const everyMs = 1000;
/** Samples of a visit, about: 8 or 9 samples for each of its 10 requests, and some of its own. */
const perVisit = 78;
const files = ['json', 'csv', 'csv.gz'] as const;

const { path: k6, version } = await findK6({ log: console.log });
const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-samples-'));
const file = (kind: string) => join(folder, `samples.${kind}`);

const server = await startNoop(embeddedWire);
const visits = Math.ceil(wanted / perVisit);
const people = Array.from({ length: visits }, (_, index) =>
  personaOf(server.wire, {
    id: String(index),
    demande: demandeForLoad({ seed: 1, index, mailDomain: 'exemple.test' }),
  }),
);
const stages = [{ fromPerMinute: 60, toPerMinute: 60, seconds: 1 }];
await runK6({
  k6,
  script: fileURLToPath(new URL('../load/journey.ts', import.meta.url)),
  args: [
    ...['--vus', '10', '--iterations', String(visits), '--no-thresholds'],
    ...files.flatMap((kind) => ['--out', `${kind.slice(0, 4).replace('.', '')}=${file(kind)}`]),
  ],
  env: {
    ...handOver(folder, { wire: server.wire, stages, atOnce: 10, mailDomain: 'exemple.test' }, people),
    ...{ BASE_URL: server.url, OUTCOMES: '1', K6_CSV_TIME_FORMAT: 'unix_milli' },
  },
  onLine: () => {},
});
await server.close();

/** As everybody would. */
async function slow(): Promise<SampleGroup[]> {
  const groups = openGroups(everyMs);
  for await (const line of createInterface({
    input: createReadStream(file('json')),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const { type, metric, data } = JSON.parse(line);
    if (type === 'Point')
      groups.add(groups.series(metric, data.tags.name ?? ''), Date.parse(data.time), data.value);
  }
  return groups.all();
}

const ways: Record<string, () => Promise<SampleGroup[]>> = {
  'readline, JSON.parse': slow,
  ...Object.fromEntries(
    files.map((kind) => [kind, async () => (await readSamples(file(kind), { everyMs })).groups]),
  ),
};

/** The groups in an order of their own; sums as k6 writes them in CSV, six digits behind the point. */
const brief = (groups: readonly SampleGroup[], digits: number) =>
  JSON.stringify(
    groups
      .map(({ metric, name, at, sum, values }) => [metric, name, at, values.count, sum.toFixed(digits)])
      .sort(),
  );

let same = true;
const reference = await slow();
const samples = reference.reduce((sum, { values }) => sum + values.count, 0);
for (const [name, way] of Object.entries(ways)) {
  // What CSV rounds is summed a thousand times.
  const digits = name.startsWith('csv') ? 1 : 9;
  const equal = brief(await way(), digits) === brief(reference, digits);
  if (!equal) console.log(`FAIL ${name}: other groups`);
  same &&= equal;
}
const times = Object.fromEntries(Object.keys(ways).map((name) => [name, [] as number[]]));
for (let run = 0; run < runs; run++) {
  for (const [name, way] of Object.entries(ways)) {
    const start = performance.now();
    await way();
    times[name]?.push(performance.now() - start);
  }
}
console.log(
  `${samples.toLocaleString('en')} samples of ${visits} visits by k6 ${version}, ${reference.length} groups; ${runs} runs, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
);
const slowest = times['readline, JSON.parse'] ?? [];
let reached = same && samples >= wanted;
for (const [name, own] of Object.entries(times)) {
  const part = median(own.map((ms, run) => ms / (slowest[run] ?? Number.NaN)));
  const size = (
    statSync(file(name in ways && name !== 'readline, JSON.parse' ? name : 'json')).size / 1e6
  ).toFixed(0);
  const verdict = own === slowest ? '' : part <= goal ? 'reached' : 'NOT reached';
  console.log(
    `${name.padEnd(21)} ${median(own).toFixed(0).padStart(6)} ms  ${part.toFixed(3)} of the time  ${size} MB  ${verdict}`,
  );
  if (own !== slowest && part > goal) reached = false;
}
rmSync(folder, { recursive: true });
process.exitCode = reached ? 0 : 1;
