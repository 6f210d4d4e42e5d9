// Whether the load judge may be trusted: campaigns with known truth, by a simulated back office whose demandes share a
// queue. `npm run bench:judge [CAMPAIGNS]` (default 2,000 per condition, with no effect and with one of δ = 2 h); exits
// 1 when a gate fails. Beside it a naive judge of single mails has to fail, or the gate would see nothing. The forecast
// is judged too (bench/forecast.ts), on half as many replicates.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { judgeForecast } from './forecast.ts';
import type { Figures, Task } from './judge-condition.ts';
import type { Condition } from './judge-simulator.ts';

const campaigns = Number(process.argv[2] ?? 2_000);
const conditions: Record<string, Condition> = {
  plain: {},
  'lost mails, 1 %': { lost: 0.01 },
  'duplicates, 5 %': { doubled: 0.05 },
  weekend: { weekend: true },
  'batch mailer': { batchHours: [9, 13, 17] },
  'priorities, 30 %': { priority: 0.3 },
  'correlated days': { correlation: 0.7 },
};

/** What chance alone may add to 5 %: two standard errors. */
const alarms = 0.05 + 2 * Math.sqrt((0.05 * 0.95) / campaigns);
const gates: Record<string, (figures: Figures) => boolean> = {
  [`false alarms at most ${percent(alarms)}`]: ({ falseAlarms }) => falseAlarms <= alarms,
  'power at δ at least 80 %': ({ power }) => power >= 0.8,
  'coverage at no effect 88 to 92 %': ({ coverageAtNull }) =>
    coverageAtNull >= 0.88 && coverageAtNull <= 0.92,
  'coverage at δ at least 88 %': ({ coverage }) => coverage >= 0.88,
  'the naive judge fails the first gate': ({ naiveAlarms }) => naiveAlarms > alarms,
};

const columns: [title: string, (figures: Figures) => string][] = [
  ['runs/arm', ({ runsPerArm }) => String(runsPerArm)],
  ['false alarms', ({ falseAlarms }) => percent(falseAlarms)],
  ['naive judge', ({ naiveAlarms }) => percent(naiveAlarms)],
  ['coverage at 0', ({ coverageAtNull }) => percent(coverageAtNull)],
  ['"none > δ" at 0', ({ noneAtNull }) => percent(noneAtNull)],
  ['true effect', ({ effect }) => `${effect.toFixed(2)} h`],
  ['its variation', ({ variation }) => variation.toFixed(2)],
  ['power', ({ power }) => percent(power)],
  ['coverage', ({ coverage }) => percent(coverage)],
  ['"none > δ" at δ', ({ falseNone }) => percent(falseNone)],
  ['inverted test short', ({ invertedShort }) => percent(invertedShort)],
];

const startedAt = performance.now();
const waiting = Object.entries(conditions).map(([name, condition], index) => ({
  name,
  task: { condition, campaigns, seed: 1_000 * (index + 1) },
}));
const results = new Map<string, Figures>();
await Promise.all(
  Array.from({ length: Math.min(2, availableParallelism()) }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      results.set(next.name, await measured(next.task));
  }),
);

const rows = Object.keys(conditions).flatMap((name) => {
  const figures = results.get(name);
  return figures ? [{ name, figures }] : [];
});
const width = Math.max(...rows.map(({ name }) => name.length));
console.log(`${campaigns} campaigns per condition and truth, δ = 2 h, τ = 48 h, interval of 90 %\n`);
console.log(`${''.padEnd(width)}  ${columns.map(([title]) => title).join('  ')}`);
for (const { name, figures } of rows) {
  const cells = columns.map(([title, cell]) => cell(figures).padStart(title.length));
  console.log(`${name.padEnd(width)}  ${cells.join('  ')}`);
}
console.log();
for (const [gate, passes] of Object.entries(gates)) {
  const failing = rows.filter(({ figures }) => !passes(figures)).map(({ name }) => name);
  console.log(
    `${failing.length === 0 ? '✔' : '×'} ${gate}${failing.length > 0 ? `: not ${failing.join(', ')}` : ''}`,
  );
  if (failing.length > 0) process.exitCode = 1;
}
console.log();
if (!judgeForecast(Math.ceil(campaigns / 2), (line) => console.log(line))) process.exitCode = 1;
console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s`);

function measured(task: Task): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('judge-condition.ts', import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}
