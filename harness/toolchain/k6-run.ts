import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { GuichetError } from '../errors.ts';

type Run = {
  /** Path of the binary. */
  k6: string;
  /** Path of the script. */
  script: string;
  /** What the script reads from `__ENV`. */
  env?: Record<string, string>;
  /** Further flags of `k6 run`. */
  args?: string[];
  /** Takes each line that k6 prints; they go to the terminal when absent. */
  onLine?: (line: string) => void;
  signal?: AbortSignal;
};

/** How k6 ended: 0, 99 for a threshold, 107 for a script that does not start, or the signal that ended it. */
export type K6End = { exitCode: number | null; signal: NodeJS.Signals | null };

/** How long k6 may take to print its summary once it was asked to stop. */
const farewellMs = 3_000;

/**
 * Runs a k6 script to its end; on abort k6 is asked to stop, then killed. Throws `GUICHET_K6_MISSING` when the
 * binary does not start.
 */
export async function runK6({ k6, script, env = {}, args = [], onLine, signal }: Run): Promise<K6End> {
  // The scripts bound rate, count and time: no K6_VUS or K6_DURATION of the shell may change that.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('K6_'));
  const child = spawn(k6, ['run', '--quiet', '--no-color', ...args, script], {
    stdio: ['ignore', onLine ? 'pipe' : 'inherit', onLine ? 'pipe' : 'inherit'],
    env: {
      // k6's own garbage collection dominates its tail at the default of 100.
      GOGC: '400',
      ...Object.fromEntries(inherited),
      K6_NO_USAGE_REPORT: 'true',
      K6_AUTO_EXTENSION_RESOLUTION: 'false',
      ...env,
    },
  });
  if (onLine) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', onLine);
    }
  }
  let kill: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill('SIGINT');
    kill = setTimeout(() => child.kill('SIGKILL'), farewellMs);
  };
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<K6End>((resolve, reject) => {
      child.once('error', (error) =>
        reject(new GuichetError('GUICHET_K6_MISSING', `${k6} does not start (${error.message}).`)),
      );
      child.once('close', (exitCode, ending) => resolve({ exitCode, signal: ending }));
    });
  } finally {
    clearTimeout(kill);
    signal?.removeEventListener('abort', stop);
  }
}
