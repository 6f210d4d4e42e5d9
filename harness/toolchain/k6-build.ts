import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

type Build = {
  version: string;
  /** Where the binary goes. */
  target: string;
  /** The folder with the go.mod that pins k6. */
  module: string;
  environment?: NodeJS.ProcessEnv;
  log: (line: string) => void;
  signal?: AbortSignal;
};

/**
 * Builds the pinned k6 with Go and puts it at `target` in one step, so that builders at the same time do not
 * break each other. Answers undefined, or why it did not work.
 */
export async function buildK6(options: Build): Promise<string | undefined> {
  const { version, target, module, environment = process.env, log, signal } = options;
  const go = (args: string[]) =>
    promisify(execFile)('go', args, { cwd: module, env: environment, signal, maxBuffer: 2 ** 26 });
  try {
    await go(['version']);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? 'no Go on the PATH'
      : (error as Error).message;
  }
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(join(dirname(target), 'build-'));
  const binary = join(work, basename(target));
  log(`building k6 v${version} from load/go.mod, one to two minutes …`);
  try {
    await go(['build', '-o', binary, 'go.k6.io/k6/v2']);
    await rename(binary, target);
    return undefined;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return stderr?.trim().split('\n').at(-1) || message;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
