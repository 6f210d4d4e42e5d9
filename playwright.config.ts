import { defineConfig } from '@playwright/test';
import { planVariable } from './harness/campaign/plan.ts';
import { findChromium } from './harness/toolchain/chromium.ts';

const chromium = findChromium();
const campaign = process.env.GUICHET_CAMPAIGN;
const planned = planVariable in process.env;
const ownReporter = planned ? './harness/prove/reporter.ts' : './harness/campaign/reporter.ts';

export default defineConfig({
  testDir: 'scenarios',
  testMatch: planned ? 'every.prove.ts' : '*.spec.ts',
  fullyParallel: true,
  // Each worker has an embedded extranet of its own; another target has one clock, which only one may advance.
  workers: process.env.GUICHET_TARGET ? 1 : '100%',
  // A flake is a bug with a cause: nothing is tried twice.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  outputDir: campaign ? `${campaign}/playwright` : 'test-results',
  preserveOutput: campaign ? 'never' : 'failures-only',
  reporter: campaign ? ownReporter : 'list',
  use: {
    browserName: 'chromium',
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    // A person who types the security code needs a window.
    headless: !process.env.GUICHET_HEADED,
    actionTimeout: 5_000,
    navigationTimeout: 15_000,
    trace: 'off',
    launchOptions: {
      ...(chromium?.path ? { executablePath: chromium.path } : {}),
      // Nothing but loopback is ever looked up, whatever a page asks for.
      args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]'],
    },
  },
});
