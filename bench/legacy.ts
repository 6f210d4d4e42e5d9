// What the check costs on the legacy skin beside the plain one: whole-process wall time, both in turn with the same
// people, medians and the ratio of each pair. `node bench/legacy.ts [PAIRS]`, after `npm start` has set everything up.
// The claim is a median ratio of at most 1.3; above it, exit 1. Not while anything else runs on the machine.
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const pairs = Number(process.argv[2] ?? 5);
const limit = 1.3;

function check(seed: number, ...flags: string[]): number {
  const command = [join(root, 'harness', 'cli.ts'), 'check', '--seed', String(seed), ...flags];
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`check ${flags.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return (performance.now() - startedAt) / 1000;
}

const load = loadavg()[0] ?? 0;
const plain: number[] = [];
const legacy: number[] = [];
for (let pair = 0; pair <= pairs; pair++) {
  // In turn first, so that what warms up or slows down meets both.
  const runs: [number[], string[]][] = [
    [plain, []],
    [legacy, ['--skin', 'legacy']],
  ];
  for (const [times, flags] of pair % 2 === 0 ? runs : runs.reverse()) {
    const seconds = check(pair, ...flags);
    // The first pair warms the file cache and is not counted.
    if (pair > 0) times.push(seconds);
  }
}
const ratios = legacy.map((seconds, pair) => seconds / (plain[pair] ?? Number.NaN));
for (const [name, times] of [
  ['plain', plain],
  ['legacy', legacy],
] as const) {
  console.log(
    `${name.padEnd(7)} ${median(times).toFixed(1)} s (${times.map((one) => one.toFixed(1)).join(', ')})`,
  );
}
console.log(
  `ratio   ${median(ratios).toFixed(2)} (${ratios.map((one) => one.toFixed(2)).join(', ')}), limit ${limit}`,
);
console.log(`load average before: ${load.toFixed(1)}`);
process.exitCode = median(ratios) <= limit ? 0 : 1;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
