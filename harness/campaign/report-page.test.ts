import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleFaults } from '../../reports/faults.test-data.ts';
import { faultsPage } from '../../reports/faults-page.ts';
import { htmlReport } from '../../reports/html.ts';
import { loadReport } from '../../reports/load-report.ts';
import { sampleCurves, sampleLoad } from '../../reports/load-results.test-data.ts';
import { realLoadReport } from '../../reports/real-load-report.ts';
import { sampleCohorts, sampleReal } from '../../reports/real-load-results.test-data.ts';
import { png, sampleResults } from '../../reports/results.test-data.ts';
import { findChromium } from '../toolchain/chromium.ts';

let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'guichet-report-page-'));
beforeAll(async () => {
  const path = findChromium()?.path;
  browser = await chromium.launch(path ? { executablePath: path } : {});
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** A form that was sent, and where it led. */
const har = JSON.stringify({
  log: {
    entries: [
      {
        request: {
          method: 'POST',
          url: 'http://127.0.0.1:40123/aparts/creation',
          postData: { text: 'siret=99019390690925&code=KEY22L' },
        },
        response: { status: 303, redirectURL: '/aparts/creation/compte' },
      },
    ],
  },
});

function redReport(): string {
  const results = sampleResults('red');
  results.evidence.push({ id: 'har', kind: 'har', title: 'SIRET-23 : échec', path: 'evidence/har.har' });
  results.requirements.find(({ id }) => id === 'SIRET-23')?.checks[0]?.evidence.push('har');
  return htmlReport(results, (path) => (path.endsWith('.har') ? Buffer.from(har) : png));
}

const pages = {
  red: redReport,
  green: () => htmlReport(sampleResults('green'), () => png),
  load: () => loadReport(sampleLoad, sampleCurves),
  real: () => realLoadReport(sampleReal, sampleCohorts),
  faults: () => faultsPage(sampleFaults),
};

/** Opens a report as somebody does who got the one file. */
async function open(kind: keyof typeof pages, look: { colorScheme: 'light' | 'dark'; width: number }) {
  const file = join(folder, `${kind}.html`);
  writeFileSync(file, pages[kind]());
  const { colorScheme, width } = look;
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const address = pathToFileURL(file).href;
  await page.goto(address);
  return {
    page,
    close: () => context.close(),
    fetched: () => asked.filter((url) => !/^data:/.test(url) && url !== address),
  };
}

test.each([
  ['red', 'light', 1280],
  ['red', 'dark', 360],
  ['green', 'dark', 1280],
  ['load', 'light', 1280],
  ['load', 'dark', 360],
  ['real', 'light', 1280],
  ['real', 'dark', 390],
  ['faults', 'light', 1280],
  ['faults', 'dark', 360],
] as const)(
  'a %s report, %s, %d px wide: no axe error, nothing beside the page, nothing fetched',
  async (kind, colorScheme, width) => {
    const { page, close, fetched } = await open(kind, { colorScheme, width });
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('details')) each.open = true;
    });
    const { violations } = await new AxeBuilder({ page })
      // The other mode opens a page of its own, for frames that there are none of.
      .setLegacyMode()
      .options({ resultTypes: ['violations'] })
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(fetched()).toEqual([]);
    await close();
  },
);

test('from a failure, its screenshot and its exchanges are one click away, and the script of a judged page never ran', async () => {
  const { page, close } = await open('red', { colorScheme: 'light', width: 1280 });
  const failure = page.locator('article#SIRET-23');
  await failure.getByRole('link', { name: /^Capture/ }).click();
  const picture = page.getByRole('img', { name: /Étape SIRET après VALIDER/ });
  expect(await picture.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(1);
  const inView = await picture.evaluate((element) => {
    const { top } = element.getBoundingClientRect();
    return top >= 0 && top < window.innerHeight;
  });
  expect(inView).toBe(true);
  await failure.getByRole('link', { name: /^Échanges HTTP/ }).click();
  const sent = page.getByText('siret = 99019390690925');
  expect(await sent.isVisible()).toBe(true);
  expect(await page.evaluate(() => document.scripts.length)).toBe(0);
  await close();
});

test('the legends of cohorts stand apart', async () => {
  const { page, close } = await open('real', { colorScheme: 'light', width: 1280 });
  const boxes = await page
    .locator('svg text', { hasText: /^(le|du) \d\d\/\d\d/ })
    .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().toJSON()));
  expect(boxes).toHaveLength(sampleCohorts.length);
  const meeting = boxes.filter((one, at) =>
    boxes.some(
      (other, index) =>
        index > at &&
        one.left < other.right &&
        other.left < one.right &&
        one.top < other.bottom &&
        other.top < one.bottom,
    ),
  );
  expect(meeting).toEqual([]);
  await close();
});

test('printed, the findings are there', async () => {
  const { page, close } = await open('red', { colorScheme: 'dark', width: 1280 });
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('article#SIRET-23 .observed').first().isVisible()).toBe(true);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
    'rgb(255, 255, 255)',
  );
  await close();
});
