import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findChromium } from './chromium.ts';

function folderWith(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-chromium-'));
  for (const name of names) {
    writeFileSync(join(folder, name), '#!/bin/sh\n');
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

test('the one that GUICHET_CHROMIUM names comes before all', () => {
  const folder = folderWith('mine', 'chromium-headless-shell');
  const found = findChromium({ GUICHET_CHROMIUM: join(folder, 'mine'), PATH: folder });
  expect(found).toEqual({ path: join(folder, 'mine'), source: 'GUICHET_CHROMIUM' });
});

test('one that is named but cannot be executed is an error, not a reason to take another', () => {
  const folder = folderWith('chromium');
  expect(() => findChromium({ GUICHET_CHROMIUM: '/no/such/browser', PATH: folder })).toThrow(
    /^GUICHET_BROWSER_MISSING: GUICHET_CHROMIUM is "\/no\/such\/browser"/,
  );
});

test('a headless shell comes before a full browser, wherever each is on the PATH', () => {
  const [full, shell] = [folderWith('chromium'), folderWith('chromium-headless-shell')];
  const found = findChromium({ PATH: `${full}:${shell}` });
  // Playwright's own shell, where this machine has it, is as good.
  expect(found?.source === 'Playwright' ? found.path : found?.path?.endsWith('headless-shell')).not.toBe(
    false,
  );
});

test('a window needs a full browser', () => {
  const [full, shell] = [folderWith('chromium'), folderWith('chromium-headless-shell')];
  const found = findChromium({ PATH: `${shell}:${full}`, GUICHET_HEADED: '1' });
  expect(found?.source === 'Playwright' || found?.path === join(full, 'chromium')).toBe(true);
});
