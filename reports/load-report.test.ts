import { expect, test } from 'vitest';
import { loadReport } from './load-report.ts';
import { sampleCurves, sampleLoad } from './load-results.test-data.ts';

test('a stopped campaign says so first; its account, its runs and its curves follow', () => {
  const page = loadReport(sampleLoad, sampleCurves);
  expect(page).toContain('<h1>Campagne interrompue</h1>');
  expect(page).toContain('× r01-p1 : mail « identifiant » perdu');
  expect(page.match(/<svg /g)).toHaveLength(6);
  expect(page).not.toMatch(/NaN|undefined|<script|https?:/);
});

test('what the target managed to have said is text', () => {
  const crossed = [{ run: 1, mail: 'm1', why: '<img src=x onerror=alert(1)>\u001b[2J' }];
  const page = loadReport({ ...sampleLoad, crossed }, sampleCurves);
  expect(page).not.toContain('<img');
  expect(page).not.toContain('\u001b');
});

test('a campaign without a run has a page too', () => {
  const none = { tauHours: 48, mails: [], runs: [], backlog: [], times: [] };
  const page = loadReport({ ...sampleLoad, runs: [] }, { ...none, arrivals: { planned: [], achieved: [] } });
  expect(page).not.toMatch(/NaN|Infinity|undefined/);
});
