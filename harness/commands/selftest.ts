import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findActionlint } from '../toolchain/actionlint-build.ts';
import { bringChromium } from '../toolchain/chromium.ts';
import { findDovecot } from '../toolchain/dovecot-package.ts';
import { findK6 } from '../toolchain/k6.ts';
import { findMailpit } from '../toolchain/mailpit-build.ts';
import type { Command } from './command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = ['node', 'harness/cli.ts'];

/** What a step found; `red` names what failed, one name a failure. */
type Tally = { passed: number; skipped: number; red: string[] };
type Assertion = { status: string; fullName: string };
type Step = { title: string; command: string[]; tally?: (scratch: string) => Tally };

const steps: readonly Step[] = [
  { title: 'lint and import directions', command: ['biome', 'ci', '--error-on-warnings', '.'] },
  { title: 'types', command: ['tsc', '--noEmit'] },
  // Whoever excludes a file in their own .git/info/exclude hides its imports from knip, tracked or not.
  { title: 'nothing unused', command: ['knip', '--no-gitignore'] },
  {
    title: 'unit and golden tests',
    command: [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json=$SCRATCH/vitest.json',
    ],
    tally: (scratch) => {
      const { testResults } = JSON.parse(readFileSync(join(scratch, 'vitest.json'), 'utf8'));
      const all: Assertion[] = testResults.flatMap(
        (file: { assertionResults: Assertion[] }) => file.assertionResults,
      );
      const failed = all.filter(({ status }) => status === 'failed');
      const skipped = all.filter(({ status }) => status !== 'failed' && status !== 'passed');
      // What CI does not test, CI cannot vouch for.
      const red = process.env.CI ? [...failed, ...skipped] : failed;
      return {
        passed: all.length - failed.length - skipped.length,
        skipped: process.env.CI ? 0 : skipped.length,
        red: red.map(({ fullName }) => fullName),
      };
    },
  },
  { title: 'scenarios against the extranet', command: [...cli, 'check'] },
  { title: 'scenarios against the legacy skin', command: [...cli, 'check', '--skin', 'legacy'] },
  { title: 'a sample of the kill matrix', command: [...cli, 'prove', '--sample', '1'] },
  { title: 'load smoke, every mail accounted for', command: [...cli, 'load', 'smoke'] },
];

export const selftest: Command = {
  help: 'Usage: npm test\n\nLint, types, unused code, unit and golden tests, the scenarios on both skins, a sample of the kill matrix, a k6 smoke of each load script.\n',
  options: {},
  run: async (_arguments, signal) => {
    const say = (line: string) => process.stdout.write(`${line}\n`);
    bringChromium(say);
    const { path } = await findK6({ cacheDir: join(root, '.cache'), log: say });
    // Where they cannot be had, their tests say so.
    await findMailpit({ log: say });
    await findDovecot({ log: say });
    await findActionlint({ log: say });
    const scratch = mkdtempSync(join(tmpdir(), 'guichet-selftest-'));
    const total: Tally = { passed: 0, skipped: 0, red: [] };
    try {
      for (const step of steps) {
        if (signal.aborted) return 3;
        const { passed, skipped, red } = await take(step, scratch, path, signal);
        total.passed += passed;
        total.skipped += skipped;
        total.red.push(...red);
      }
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
    // For a CI that shows the end of a log alone.
    for (const name of total.red) say(`failed: ${name}`);
    say(
      `${total.passed} passed, ${total.red.length} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
    );
    return total.red.length === 0 ? 0 : 1;
  },
};

/** Runs one step with its output on screen; a step without counts of its own is one test. */
async function take(
  { title, command, tally }: Step,
  scratch: string,
  k6: string,
  signal: AbortSignal,
): Promise<Tally> {
  process.stdout.write(`\n── ${title}\n`);
  const startedAt = performance.now();
  const [program = '', ...args] = command.map((word) => word.replace('$SCRATCH', scratch));
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`;
  const status = await new Promise<number>((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: path, K6_BIN: k6 },
    });
    signal.addEventListener('abort', () => child.kill('SIGINT'), { once: true });
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`   ${status === 0 ? 'passed' : `failed (exit ${status})`} in ${seconds} s\n`);
  const own = { passed: status === 0 ? 1 : 0, skipped: 0, red: status === 0 ? [] : [title] };
  if (!tally) return own;
  try {
    const counted = tally(scratch);
    // A runner that fails without a failed test (a broken file, a crash) is a failure all the same.
    return status !== 0 && counted.red.length === 0 ? { ...counted, red: [title] } : counted;
  } catch {
    return own;
  }
}
