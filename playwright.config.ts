import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { planVariable } from './harness/campaign/plan.ts';
import { readRecordings } from './harness/campaign/recordings.ts';
import { lookVariable } from './harness/target/look.ts';
import { parsePermit, permitVariable } from './harness/target/origin.ts';
import { assertPermitted } from './harness/target/permit.ts';
import { readProfile } from './harness/target/profile.ts';
import { browserName } from './harness/toolchain/browser.ts';
import { findChromium } from './harness/toolchain/chromium.ts';
import { hasWindow } from './harness/toolchain/window.ts';

// An editor starts Playwright with whatever Node it finds; the scenarios are played in processes that it forks.
const installed = fileURLToPath(new URL('node_modules/node/bin/node', import.meta.url));
if (Number(process.versions.node.split('.')[0]) < 24 && existsSync(installed)) process.execPath = installed;

const browser = browserName();
const campaign = process.env.GUICHET_CAMPAIGN;
const recordings = readRecordings();
const planned = planVariable in process.env;
const looks = lookVariable in process.env;
const ownReporter = `./harness/${looks ? 'target' : planned ? 'prove' : 'campaign'}/reporter.ts`;

const target = process.env.GUICHET_TARGET;
// Before a browser starts: a bare run is held by the same interlock as "guichet check".
if (target) assertPermitted(readProfile(target), parsePermit(process.env[permitVariable]));

// The same for Firefox: names are left to the gate, and nothing is looked up before it is asked for.
const firefoxOptions = {
  firefoxUserPrefs: {
    'network.dns.disablePrefetch': true,
    'network.prefetch-next': false,
    'network.proxy.socks_remote_dns': true,
    'network.http.speculative-parallel-limit': 0,
  },
};

export default defineConfig({
  testDir: 'scenarios',
  testMatch: looks ? 'target.look.ts' : planned ? 'every.prove.ts' : '*.spec.ts',
  fullyParallel: true,
  // Each worker has an embedded extranet of its own; another target has one clock, which only one may advance.
  workers: target ? 1 : '100%',
  // A flake is a bug with a cause: nothing is tried twice.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  // Raw recordings hold secrets: they lie elsewhere until they are redacted.
  outputDir: recordings
    ? `${recordings.folder}/playwright`
    : campaign
      ? `${campaign}/playwright`
      : 'test-results',
  // A trace asked for by an editor stays, passed or not.
  preserveOutput: campaign && !recordings?.trace ? 'never' : 'always',
  reporter: campaign ? ownReporter : 'list',
  use: {
    browserName: browser,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    // A person who types the security code needs a window.
    headless: !hasWindow(),
    actionTimeout: 5_000,
    navigationTimeout: 15_000,
    trace: recordings?.trace
      ? {
          mode: recordings.trace === 'all' ? 'on' : 'retain-on-failure',
          // What is written in a picture cannot be replaced; the snapshots show the same, as text.
          ...{ screenshots: false, snapshots: true, sources: false, attachments: false },
        }
      : 'off',
    launchOptions: browser === 'chromium' ? chromiumOptions() : firefoxOptions,
  },
});

function chromiumOptions() {
  const path = findChromium()?.path;
  return {
    ...(path ? { executablePath: path } : {}),
    // Nothing but loopback is ever looked up, whatever a page asks for: what is permitted goes through the gate.
    args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]'],
  };
}
