import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { validate } from 'ctrf';
import { parse as parseJunit } from 'junit2json';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleResults } from '../../reports/results.test-data.ts';
import { openLedger } from '../ledger/ledger.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'guichet-report-'));
beforeAll(() => {
  writeFileSync(join(folder, 'results.json'), JSON.stringify(sampleResults()));
  const ledger = openLedger(join(folder, 'ledger.sqlite'));
  ledger.plan([{ id: 's-1', siret: '00012345678904', courriel: 'a@x.fr', planned: new Date(0) }]);
  ledger.outcome('s-1', 'refused', new Date(1), '=HYPERLINK("http://x")');
  ledger.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

type Run = { status: number; out: string; err: string };

function report(...args: string[]): Promise<Run> {
  return new Promise((done) =>
    execFile(process.execPath, ['harness/cli.ts', 'report', ...args], { cwd: root }, (error, out, err) =>
      done({ status: Number(error?.code ?? 0), out, err }),
    ),
  );
}

const holds: [format: string, holds: (text: string) => unknown][] = [
  ['markdown', (text) => expect(text).toMatch(/^## ❌ Non conforme/)],
  ['html', (text) => expect(text).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)],
  ['junit', async (text) => expect(await parseJunit(text)).toMatchObject({ failures: 4 })],
  ['ctrf', (text) => expect(validate(JSON.parse(text)).valid).toBe(true)],
  ['earl', (text) => expect(JSON.parse(text)['@context'].earl).toBe('http://www.w3.org/ns/earl#')],
  ['csv', (text) => expect(parse(text, { columns: true })).toMatchObject([{ siret: '00012345678904' }])],
  ['json', (text) => expect(JSON.parse(text)).toEqual(sampleResults())],
];

test.each(holds)('--format %s comes whole out of a pipe', async (format, hold) => {
  const { status, out, err } = await report(folder, '--format', format);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  await hold(out);
});

describe('a campaign of load', () => {
  const load = join(folder, 'load');
  const page = '<!doctype html><title>Charge</title>';
  beforeAll(() => {
    mkdirSync(load);
    writeFileSync(join(load, 'load.json'), '{"version":1}\n');
    writeFileSync(join(load, 'report.html'), page);
    const ledger = openLedger(join(load, 'ledger.sqlite'));
    ledger.plan([{ id: 'r01-p1', siret: '00012345678904', courriel: 'b@x.fr', planned: new Date(0) }]);
    ledger.close();
  });

  test('is shown as it was written, and its ledger as CSV', async () => {
    expect((await report(load, '--format', 'html')).out).toBe(page);
    expect((await report(load, '--format', 'json')).out).toBe('{"version":1}\n');
    expect((await report(load, '--format', 'csv')).out).toContain('r01-p1');
    const killed = await report(load);
    expect([killed.status, killed.err]).toEqual([2, expect.stringContaining('has no load.txt')]);
    writeFileSync(join(load, 'load.txt'), 'Visites : 1 prévue\n');
    expect((await report(load)).out).toBe('```text\nVisites : 1 prévue\n```\n');
  });

  test('has no JUnit', async () => {
    const { status, err } = await report(load, '--format', 'junit');
    expect([status, err]).toEqual([2, expect.stringContaining('Formats: html, markdown, csv, json.')]);
  });
});

test('--output writes a file and nothing on the screen', async () => {
  const file = join(folder, 'ctrf.json');
  expect(await report(folder, '--format', 'ctrf', '--output', file)).toEqual({ status: 0, out: '', err: '' });
  expect(validate(JSON.parse(readFileSync(file, 'utf8'))).valid).toBe(true);
});

test.each([
  [[], 'One campaign is needed'],
  [['merge', '--format', 'ctrf'], '--format with "report merge"'],
  [['nowhere'], '"nowhere" holds no results'],
  [[folder, '--format', 'junt'], 'Did you mean "junit"?'],
  [[folder, '--format', 'constructor'], 'Formats: html, junit'],
  [[folder, '--output', '/no/such/folder/x'], '--output is "/no/such/folder/x"'],
])('%j is refused with 2', async (args, message) => {
  const { status, err } = await report(...args);
  expect(err).toContain(message);
  expect(status).toBe(2);
});
