import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { madeCalibration, madeRun } from '../judge/calibration.test-data.ts';

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'guichet-forecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'runs.json');
const perDay = [220, 220, 220, 220];
writeFileSync(
  file,
  JSON.stringify(madeCalibration([madeRun({ arm: 'load', start: '2026-03-02', perDay, capacities: [20] })])),
);

function forecast(...args: string[]) {
  return spawnSync(process.execPath, [cli, 'forecast', ...args], { encoding: 'utf8' });
}

it('answers 1 for covid-week, says when, and leaves its figures', () => {
  const json = join(folder, 'outlook.json');
  const { status, stdout } = forecast(file, '--json', json);
  expect(stdout).toContain('× la promesse de 48 h est rompue');
  expect(status).toBe(1);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
    answer: 'breaks',
    covidWeek: { perDay: 44_500 },
  });
});

it('answers 0 for a peak that is none', () => {
  const { status, stdout } = forecast(file, '--rate', '80', '--days', '1');
  expect(stdout).toContain('✔ la promesse de 48 h tient');
  expect(status).toBe(0);
});

it.each([
  ['no campaign', [], 2, 'GUICHET_USAGE: 0 campaigns'],
  ['an unknown one', ['none'], 2, 'GUICHET_USAGE: There is no campaign "none"'],
  ['two', [file, file], 2, 'GUICHET_USAGE: 2 campaigns'],
  ['a rate that is none', [file, '--rate', 'lots'], 2, 'GUICHET_USAGE: --rate is "lots"'],
  ['a part that is not added', [file, '--rate', '33%'], 2, 'GUICHET_USAGE: --rate is "33%"'],
  ['no days', [file, '--days', '0'], 2, 'GUICHET_USAGE: --days is "0"'],
  ['a folder that is no campaign', [folder], 2, 'GUICHET_CALIBRATION_INVALID'],
] as const)('refuses %s', (_what, args, code, message) => {
  const { status, stderr } = forecast(...args);
  expect(stderr).toContain(message);
  expect(status).toBe(code);
});

it('answers 3 when no queue was seen', () => {
  const light = join(folder, 'light.json');
  const calm = madeRun({ arm: 'baseline', start: '2026-03-02', perDay: [40, 40, 40], capacities: [20] });
  writeFileSync(light, JSON.stringify(madeCalibration([calm])));
  const { status, stderr } = forecast(light);
  expect(stderr).toContain('GUICHET_CALIBRATION_TOO_LIGHT: A queue was seen on 0 days');
  expect(status).toBe(3);
});
