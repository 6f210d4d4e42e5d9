import { existsSync } from 'node:fs';
import { firefox } from '@playwright/test';
import { GuichetError } from '../errors.ts';
import { bringChromium } from './chromium.ts';

/** The browsers that scenarios can be played in. */
export const browserNames = ['chromium', 'firefox'] as const;
export type BrowserName = (typeof browserNames)[number];

/** The environment variable that names the browser for Playwright's processes. */
export const browserVariable = 'GUICHET_BROWSER';

export function browserName(environment: NodeJS.ProcessEnv = process.env): BrowserName {
  return browserNames.find((name) => name === environment[browserVariable]) ?? 'chromium';
}

/** Sees to it that the browser is there. Throws `GUICHET_BROWSER_MISSING`; a Firefox is never brought unasked. */
export function bringBrowser(name: BrowserName, say: (line: string) => void): void {
  if (name === 'chromium') {
    bringChromium(say);
    return;
  }
  const path = firefox.executablePath();
  if (existsSync(path)) return;
  throw new GuichetError(
    'GUICHET_BROWSER_MISSING',
    `Playwright’s Firefox is not there (${path}).`,
    'Run "npx playwright install --with-deps firefox". A Firefox of the system does not do: Playwright patches its own.',
  );
}
