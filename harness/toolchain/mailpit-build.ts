import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GuichetError } from '../errors.ts';
import { buildWithGo } from './go-build.ts';

/** A Mailpit to run, or why there is none. */
export type FoundMailpit = { path: string; version: string } | { missing: string };

type Place = {
  /** Built binaries stay in its folder `mailpit`; the project's `.cache` when absent. */
  cacheDir?: string;
  environment?: NodeJS.ProcessEnv;
  /** The folder of the go.mod that pins Mailpit. */
  module?: string;
  /** Takes a line for the screen; a build lasts. */
  log: (line: string) => void;
  signal?: AbortSignal;
};

const here = fileURLToPath(new URL('.', import.meta.url));
const program = 'github.com/axllent/mailpit';

/**
 * The Mailpit of the tests: the one that MAILPIT_BIN names, the cached one, else a build of the pinned version.
 * Only tests and benches need it; a target's own Mailpit runs elsewhere.
 */
export async function findMailpit(place: Place): Promise<FoundMailpit> {
  const { cacheDir = join(here, '../../.cache'), environment = process.env, module = here } = place;
  const named = environment.MAILPIT_BIN;
  if (named) {
    return isExecutable(named)
      ? { path: named, version: 'of MAILPIT_BIN' }
      : { missing: `MAILPIT_BIN is "${named}", which cannot be executed` };
  }
  const version = new RegExp(`${program} v(\\S+)`).exec(readFileSync(join(module, 'go.mod'), 'utf8'))?.[1];
  if (!version) throw new GuichetError('GUICHET_HARNESS', `${module}/go.mod pins no ${program}.`);
  const path = join(cacheDir, 'mailpit', `mailpit-v${version}-${process.platform}-${process.arch}`);
  if (isExecutable(path)) return { path, version };
  const failure = await buildWithGo({
    ...place,
    what: `Mailpit v${version}`,
    program,
    pinnedBy: 'harness/toolchain/go.mod',
    ldflags: `-s -w -X ${program}/config.Version=v${version}`,
    target: path,
    module,
  });
  return failure ? { missing: failure } : { path, version };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
