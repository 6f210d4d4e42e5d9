import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { png, sampleResults } from './results.test-data.ts';
import { results as schema } from './results.ts';
import { writeReports } from './write.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('writes the three reports beside the evidence and leaves no draft', async () => {
  mkdirSync(join(folder, 'evidence'));
  writeFileSync(join(folder, 'evidence/cgu.png'), png);
  await writeReports(folder, sampleResults());
  expect(readdirSync(folder).sort()).toEqual(['evidence', 'junit.xml', 'report.html', 'results.json']);
  const read = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
  expect(schema.parse(read)).toEqual(sampleResults());
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(png.toString('base64'));
});

test('makes the folder, and replaces the reports of an earlier state', async () => {
  const campaign = join(folder, 'a/b');
  await writeReports(campaign, sampleResults());
  await writeReports(campaign, sampleResults('green'));
  expect(readFileSync(join(campaign, 'report.html'), 'utf8')).toContain('<h1>Conforme</h1>');
});

test('results that do not hold to the schema are refused before anything is written', async () => {
  const wrong = { ...sampleResults(), schemaVersion: 2 } as unknown as ReturnType<typeof sampleResults>;
  await expect(writeReports(folder, wrong)).rejects.toThrow(/schemaVersion/);
  expect(readdirSync(folder)).toEqual([]);
});

test('a report that cannot be put in place leaves no draft behind', async () => {
  mkdirSync(join(folder, 'results.json/occupied'), { recursive: true });
  await expect(writeReports(folder, sampleResults())).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['results.json']);
});

test('evidence outside the folder of the campaign is never read', async () => {
  const campaign = join(folder, 'campaign');
  writeFileSync(join(folder, 'secret.png'), png);
  const results = sampleResults();
  for (const evidence of results.evidence) evidence.path = '../secret.png';
  await writeReports(campaign, results);
  expect(readFileSync(join(campaign, 'report.html'), 'utf8')).not.toContain(png.toString('base64'));
});
