import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What became of lines: their exit code, and all that they printed. */
type Run = { status: number | null; out: string };

/**
 * A shell for lines as a page or a job has them: its `npx guichet` is this project's, on the Node that runs the tests.
 * `until` sends SIGINT, as Ctrl+C does, the first time that it matches what is printed.
 */
export function shellIn(cwd: string, scratch: string, environment: NodeJS.ProcessEnv = {}) {
  const bin = join(scratch, 'bin');
  mkdirSync(bin, { recursive: true });
  const shim = `#!/bin/sh\nshift\nexec "${process.execPath}" "${join(root, 'harness/cli.ts')}" "$@"\n`;
  writeFileSync(join(bin, 'npx'), shim);
  chmodSync(join(bin, 'npx'), 0o755);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, CI: 'true', ...environment };
  return (lines: string, until?: RegExp): Promise<Run> =>
    new Promise((resolve) => {
      const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', lines], { cwd, env, detached: true });
      let out = '';
      let stopped = false;
      const take = (chunk: Buffer) => {
        out += chunk;
        if (!until || stopped || !until.test(out)) return;
        stopped = true;
        process.kill(-(child.pid ?? 0), 'SIGINT');
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.once('close', (status) => resolve({ status, out }));
    });
}
