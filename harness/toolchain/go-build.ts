import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

type Build = {
  /** What is built, for the screen, such as `k6 v2.2.0`. */
  what: string;
  /** The import path of the program. */
  program: string;
  /** Where the binary goes. */
  target: string;
  /** The folder with the go.mod that pins the program, and how the screen calls that file. */
  module: string;
  pinnedBy: string;
  /** What the linker is told, such as the version that the program says of itself. */
  ldflags?: string;
  environment?: NodeJS.ProcessEnv;
  log: (line: string) => void;
  signal?: AbortSignal;
};

/**
 * Builds a pinned program with Go and puts it at `target` in one step, so that builders at the same time do not
 * break each other. Answers undefined, or why it did not work.
 */
export async function buildWithGo(options: Build): Promise<string | undefined> {
  const {
    what,
    program,
    target,
    module,
    pinnedBy,
    ldflags,
    environment = process.env,
    log,
    signal,
  } = options;
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
  log(`building ${what} from ${pinnedBy}, one to two minutes …`);
  try {
    await go(['build', '-o', binary, ...(ldflags ? ['-ldflags', ldflags] : []), program]);
    await rename(binary, target);
    return undefined;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return stderr?.trim().split('\n').at(-1) || message;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
