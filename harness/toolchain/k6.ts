import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GuichetError } from '../errors.ts';
import { buildWithGo } from './go-build.ts';
import { downloadK6 } from './k6-release.ts';

/** The load generator: k6 v2, since the scripts are TypeScript that it runs natively. */
export type K6 = {
  path: string;
  /** Such as `2.2.0`. */
  version: string;
  source: 'K6_BIN' | 'PATH' | 'cache' | 'release' | 'built';
};

type Place = {
  /** Downloaded and built binaries stay in its folder `k6`; the project's `.cache` when absent. */
  cacheDir?: string;
  environment?: NodeJS.ProcessEnv;
  /** The folder of the go.mod that pins k6; the project's `load/` when absent. */
  module?: string;
};

type Bring = Place & {
  /** Takes a line for the screen; downloads and builds last. */
  log: (line: string) => void;
  /** Ends a download or a build. */
  signal?: AbortSignal;
  /** The folder of k6's releases; the official one when absent. */
  releases?: string;
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const windows = process.platform === 'win32';

/**
 * The k6 that is at hand: the one that K6_BIN names, a v2 on the PATH, the project's cache. Undefined when there
 * is none; nothing is fetched. Throws `GUICHET_USAGE` when K6_BIN names something that is not a k6 v2.
 */
export async function locateK6(place: Place = {}): Promise<K6 | undefined> {
  const { environment = process.env } = place;
  const named = environment.K6_BIN;
  if (named) {
    const version = await versionOf(named);
    if (version?.startsWith('2.')) return { path: named, version, source: 'K6_BIN' };
    throw new GuichetError(
      'GUICHET_USAGE',
      `K6_BIN is "${named}", which ${version ? `is k6 v${version}, not v2` : 'does not run as k6'}.`,
      'Set K6_BIN to a k6 v2, or unset it.',
    );
  }
  for (const folder of (environment.PATH ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, windows ? 'k6.exe' : 'k6');
    const version = await versionOf(path);
    if (version?.startsWith('2.')) return { path, version, source: 'PATH' };
  }
  const { path, pinned } = cached(place);
  return (await versionOf(path)) === pinned ? { path, version: pinned, source: 'cache' } : undefined;
}

/**
 * As `locateK6`, but brings one where there is none: the official release, its checksum verified, else a build of
 * the pinned version. Throws `GUICHET_K6_MISSING` when neither works.
 */
export async function findK6(options: Bring): Promise<K6> {
  const found = await locateK6(options);
  if (found) return found;
  const { path, pinned } = cached(options);
  const module = options.module ?? join(root, 'load');
  const failures: string[] = [];
  for (const [source, bring] of [
    ['release', () => downloadK6({ ...options, version: pinned, target: path })],
    [
      'built',
      () =>
        buildWithGo({
          ...options,
          what: `k6 v${pinned}`,
          program: 'go.k6.io/k6/v2',
          pinnedBy: 'load/go.mod',
          target: path,
          module,
        }),
    ],
  ] as const) {
    const failure = options.signal?.aborted ? 'stopped' : await bring();
    if ((await versionOf(path)) === pinned) return { path, version: pinned, source };
    failures.push(`${source}: ${failure ?? `what came is not k6 v${pinned}`}`);
  }
  throw new GuichetError(
    'GUICHET_K6_MISSING',
    `No k6 v2 was found or could be brought (${failures.join('; ')}).`,
  );
}

/** Where the pinned version is cached, keyed by version and platform. */
function cached({ cacheDir = join(root, '.cache'), module = join(root, 'load') }: Place) {
  const pinned = /go\.k6\.io\/k6\/v2 v(\S+)/.exec(readFileSync(join(module, 'go.mod'), 'utf8'))?.[1];
  if (!pinned) throw new GuichetError('GUICHET_HARNESS', 'load/go.mod pins no go.k6.io/k6/v2.');
  const name = `k6-v${pinned}-${process.platform}-${process.arch}${windows ? '.exe' : ''}`;
  return { path: join(cacheDir, 'k6', name), pinned };
}

/** The version that a binary says of itself, or undefined when it is not there or not k6. */
async function versionOf(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    const { stdout } = await promisify(execFile)(path, ['version'], { timeout: 10_000 });
    // k6 calls itself by the name of its file; the rest tells it from other programs.
    return /^.+ v(\d+\.\d+\.\d+\S*) \((?:\S+, )?go\d\S*, \w+\/\w+\)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}
