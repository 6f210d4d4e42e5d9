import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Order } from './order.ts';

/** How Playwright ended: its exit code, or null after a signal. */
export type Played = { exitCode: number | null; stderr: string };

/** How long Playwright may take to stop its workers and browsers after Ctrl+C, in milliseconds. */
const stopPatience = 15_000;

/**
 * Runs Playwright on the given spec files; its reporter writes the journal into the campaign's folder. Aborting
 * `signal` stops it in order, and by force when that takes too long: no browser or server outlives it.
 */
export async function play(
  files: readonly string[],
  {
    root,
    workers,
    shard,
    environment,
    signal,
  }: {
    root: string;
    workers?: number;
    shard?: Order['shard'];
    environment: NodeJS.ProcessEnv;
    signal: AbortSignal;
  },
): Promise<Played> {
  const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
  const child = spawn(
    process.execPath,
    [
      cli,
      'test',
      ...files,
      ...(workers ? [`--workers=${workers}`] : []),
      ...(shard ? [`--shard=${shard.index}/${shard.count}`] : []),
    ],
    {
      cwd: root,
      // A group of its own: Ctrl+C reaches it once, from us, and the whole of it can be ended.
      detached: true,
      // Its end tells the child that we are gone.
      stdio: ['pipe', 'inherit', 'pipe'],
      env: environment,
    },
  );
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  let force: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill('SIGINT');
    force = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), stopPatience);
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { exitCode, stderr };
  } finally {
    clearTimeout(force);
    signal.removeEventListener('abort', stop);
  }
}
