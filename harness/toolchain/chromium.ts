import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { GuichetError } from '../errors.ts';
import { isExecutable } from './executable.ts';
import { hasWindow } from './window.ts';

/** Where the browser comes from; `path` is undefined when Playwright finds its own by itself. */
export type Chromium = { path: string | undefined; source: string };

const systemShells = ['chromium-headless-shell', 'chrome-headless-shell'];
const systemBrowsers = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The Chromium to use, headless shells first since they are twice as fast, unless it shall have a window: the one that
 * GUICHET_CHROMIUM names, Playwright's own, the system's. Undefined when there is none. Throws `GUICHET_BROWSER_MISSING` when the
 * variable names something that cannot be executed.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): Chromium | undefined {
  const named = environment.GUICHET_CHROMIUM;
  if (named) {
    if (!isExecutable(named)) {
      throw new GuichetError(
        'GUICHET_BROWSER_MISSING',
        `GUICHET_CHROMIUM is "${named}", which cannot be executed.`,
      );
    }
    return { path: named, source: 'GUICHET_CHROMIUM' };
  }
  const own = chromium.executablePath();
  const shells = !hasWindow(environment);
  // …/ms-playwright/chromium-1234/chrome-linux/chrome stands beside …/chromium_headless_shell-1234/.
  const revision = /chromium-(\d+)/.exec(own)?.[1];
  const cache = own.slice(0, own.search(/chromium-\d+/));
  const ownShell =
    revision && existsSync(cache) && readdirSync(cache).includes(`chromium_headless_shell-${revision}`);
  if (shells && ownShell) return { path: undefined, source: 'Playwright' };
  const shell = onPath(systemShells, environment);
  if (shells && shell) return { path: shell, source: 'system' };
  if (existsSync(own)) return { path: own, source: 'Playwright' };
  const browser = onPath(systemBrowsers, environment);
  return browser ? { path: browser, source: 'system' } : undefined;
}

/**
 * As `findChromium`, but brings one where there is none: Playwright's download, else, as root on Debian, the
 * package. Throws `GUICHET_BROWSER_MISSING` when neither works.
 */
export function bringChromium(say: (line: string) => void): Chromium {
  const found = findChromium();
  if (found) return found;
  say('Setting up: a Chromium (Playwright’s download) …');
  const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
  run(process.execPath, [cli, 'install', ...(hasWindow() ? [] : ['--only-shell']), 'chromium']);
  const downloaded = findChromium();
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0 && onPath(['apt-get'], process.env)) {
    const name = hasWindow() ? 'chromium' : 'chromium-headless-shell';
    say(`Setting up: a Chromium (Debian’s package ${name}) …`);
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name]);
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new GuichetError('GUICHET_BROWSER_MISSING', 'No Chromium was found, and none could be brought.');
}

function run(command: string, args: string[]): void {
  spawnSync(command, args, {
    stdio: 'ignore',
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function onPath(names: readonly string[], environment: NodeJS.ProcessEnv): string | undefined {
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}
