/**
 * How long the report of a campaign takes to open in a real Chromium: `node bench/report-opening.ts FOLDER`, a campaign that
 * `bench/volume.ts` has kept; and how long `guichet report` takes to show it. Goal: under 2 s to the load event and to the
 * first paint; medians.
 */
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { findChromium } from '../harness/toolchain/chromium.ts';
import { median } from './median.ts';

export const openingGoal = 2000;
const openings = 7;
const formats = ['markdown', 'html', 'csv', 'json'];

/** In ms, each opening in a browser of its own; `bytes`: the size of the page. */
export async function openingOf(folder: string): Promise<{ loadMs: number; paintMs: number; bytes: number }> {
  const file = resolve(folder, 'report.html');
  const times: { load: number; paint: number }[] = [];
  for (let opening = 0; opening < openings; opening++) {
    const path = findChromium()?.path;
    const browser = await chromium.launch(path ? { executablePath: path } : {});
    const page = await browser.newPage();
    const started = performance.now();
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    const load = performance.now() - started;
    // After the start of the navigation, by the browser's own clock; the paint may come after the load event.
    const paint = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          new PerformanceObserver((list) => {
            const first = list.getEntries().find(({ name }) => name === 'first-contentful-paint');
            if (first) done(first.startTime);
          }).observe({ type: 'paint', buffered: true });
        }),
    );
    times.push({ load, paint });
    await browser.close();
  }
  return {
    loadMs: median(times.map(({ load }) => load)),
    paintMs: median(times.map(({ paint }) => paint)),
    bytes: statSync(file).size,
  };
}

/** How long `guichet report` takes for each format, in ms, and how many bytes it shows. */
export async function showingOf(folder: string): Promise<{ format: string; ms: number; bytes: number }[]> {
  const shown: { format: string; ms: number; bytes: number }[] = [];
  for (const format of formats) {
    const started = performance.now();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['harness/cli.ts', 'report', folder, '--format', format],
      { maxBuffer: 1 << 30 },
    );
    shown.push({ format, ms: performance.now() - started, bytes: Buffer.byteLength(stdout) });
  }
  return shown;
}

if (import.meta.main) {
  const folder = process.argv[2] ?? '';
  const { loadMs, paintMs, bytes } = await openingOf(folder);
  console.log(
    `${join(folder, 'report.html')}, ${(bytes / 1000).toFixed(0)} kB: loaded after ${loadMs.toFixed(0)} ms, painted after ${paintMs.toFixed(0)} ms (medians of ${openings})`,
  );
  for (const { format, ms, bytes } of await showingOf(folder))
    console.log(
      `guichet report --format ${format.padEnd(8)} ${ms.toFixed(0)} ms, ${(bytes / 1e6).toFixed(1)} MB`,
    );
  process.exitCode = Math.max(loadMs, paintMs) < openingGoal ? 0 : 1;
}
