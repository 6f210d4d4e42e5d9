import { defineConfig } from '@playwright/test';
import config from '../playwright.config.ts';

/** One bare happy path on the same browser: what `bench/check.ts` compares a whole campaign with. */
export default defineConfig({ ...config, testDir: '.', testMatch: 'happy-path.bench.ts', reporter: 'dot' });
