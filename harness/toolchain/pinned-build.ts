import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GuichetError } from '../errors.ts';
import { isExecutable } from './executable.ts';
import { buildWithGo } from './go-build.ts';

/** A program to run, or why there is none. */
export type Found = { path: string; version: string } | { missing: string };

export type Place = {
  /** Built binaries stay in a folder of it; the project's `.cache` when absent. */
  cacheDir?: string;
  environment?: NodeJS.ProcessEnv;
  /** The folder of the go.mod that pins the program. */
  module?: string;
  /** Takes a line for the screen; a build lasts. */
  log: (line: string) => void;
  signal?: AbortSignal;
};

type Program = {
  name: string;
  /** The Go module that go.mod pins, and the program within it. */
  pinned: string;
  program: string;
  /** The environment variable that names another binary. */
  variable: string;
  ldflags?: (version: string) => string;
};

const here = fileURLToPath(new URL('.', import.meta.url));

/** The one that the variable names, the cached one, else a build of the pinned version. */
export async function findPinned(what: Program, place: Place): Promise<Found> {
  const { name, pinned, program, variable, ldflags } = what;
  const { cacheDir = join(here, '../../.cache'), environment = process.env, module = here } = place;
  const named = environment[variable];
  if (named) {
    return isExecutable(named)
      ? { path: named, version: `of ${variable}` }
      : { missing: `${variable} is "${named}", which cannot be executed` };
  }
  const version = new RegExp(`${pinned} v(\\S+)`).exec(readFileSync(join(module, 'go.mod'), 'utf8'))?.[1];
  if (!version) throw new GuichetError('GUICHET_HARNESS', `${module}/go.mod pins no ${pinned}.`);
  const base = name.toLowerCase();
  const path = join(cacheDir, base, `${base}-v${version}-${process.platform}-${process.arch}`);
  if (isExecutable(path)) return { path, version };
  const failure = await buildWithGo({
    ...place,
    what: `${name} v${version}`,
    program,
    pinnedBy: 'harness/toolchain/go.mod',
    ...(ldflags ? { ldflags: ldflags(version) } : {}),
    target: path,
    module,
  });
  return failure ? { missing: failure } : { path, version };
}
