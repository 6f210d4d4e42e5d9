// What a whole campaign costs beside one bare Playwright happy path on the same extranet: whole-process wall time,
// both in turn, medians and ratio. `node bench/check.ts [RUNS]`, after `npm start` has set everything up.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const runs = Number(process.argv[2] ?? 5);
const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
const commands = {
  'npm start': ['npm', 'start'],
  'bare happy path': [process.execPath, cli, 'test', '-c', 'bench/happy-path.config.ts'],
};

const seconds: Record<string, number[]> = {};
for (let run = 0; run <= runs; run++) {
  for (const [name, [program = '', ...args]] of Object.entries(commands)) {
    const startedAt = performance.now();
    const { status, stdout } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} ended with ${status}:\n${stdout}`);
    // The first run warms the file cache and is not counted.
    seconds[name] ??= [];
    if (run > 0) seconds[name].push((performance.now() - startedAt) / 1000);
  }
}
for (const [name, times] of Object.entries(seconds)) {
  console.log(
    `${name.padEnd(16)} ${median(times).toFixed(2)} s (${times.map((time) => time.toFixed(2)).join(', ')})`,
  );
}
const ratios = (seconds['npm start'] ?? []).map(
  (time, run) => time / (seconds['bare happy path']?.[run] ?? Number.NaN),
);
console.log(`ratio            ${median(ratios).toFixed(2)}`);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
