// What the kill matrix costs beside one full `guichet check` of the same machine in the same run, and each other part of
// the proof beside it too. `node bench/prove.ts [PARTS]`, PARTS as in `guichet prove --part` (default: matrix), after
// `npm start` has set everything up. One check before, one after: their mean is the unit.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const parts = process.argv[2] ?? 'matrix';

function guichet(...args: string[]): { seconds: number; folder: string; status: number | null } {
  const startedAt = performance.now();
  const command = [join(root, 'harness', 'cli.ts'), ...args];
  const { status, stdout } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  const report = /^Rapport : (.+)report\.html$/m.exec(stdout)?.[1];
  if (!report) throw new Error(`guichet ${args.join(' ')} ended with ${status}:\n${stdout}`);
  return { seconds: (performance.now() - startedAt) / 1000, folder: join(root, report), status };
}

const before = guichet('check').seconds;
const { folder, status } = guichet('prove', '--part', parts);
const after = guichet('check').seconds;
const unit = (before + after) / 2;
const { faults, seconds } = JSON.parse(readFileSync(join(folder, 'faults.json'), 'utf8'));
console.log(`guichet check   ${unit.toFixed(1)} s (${before.toFixed(1)} before, ${after.toFixed(1)} after)`);
for (const [part, took] of Object.entries<number>(seconds)) {
  console.log(`${part.padEnd(15)} ${took.toFixed(1)} s = ${(took / unit).toFixed(1)} checks`);
}
console.log(`${faults.length} faults, exit ${status}`);
