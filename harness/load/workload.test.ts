import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseWorkload, readWorkload, type WorkloadFile } from './workload.ts';
import { schemaFile, workloadSchemaText } from './workload-schema.ts';
import { workloads } from './workloads.ts';

const stage = { from: '09:00', to: '10:00', fromPerHour: 10, toPerHour: 20 };
const file: WorkloadFile = { name: 'own', stages: [stage], agents: 3 };

test('the committed JSON Schema is the one of the zod schema (else: node harness/load/workload-schema.ts)', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(workloadSchemaText());
});

test('what may be left out has a default', () => {
  expect(parseWorkload(file, 'x')).toMatchObject({ siretOnly: 0, abandons: 0, refused: 0, retries: 0 });
});

test.each<[string, object, string]>([
  [
    'a negative rate',
    { stages: [{ ...stage, fromPerHour: -3 }] },
    'stages.0.fromPerHour: found -3. Write a number',
  ],
  [
    'a rate that is none',
    { stages: [{ ...stage, toPerHour: '9' }] },
    'stages.0.toPerHour: found "9". Write a number',
  ],
  [
    'a rate beyond sense',
    { stages: [{ ...stage, toPerHour: 1e9 }] },
    'stages.0.toPerHour: found 1000000000. Write a number',
  ],
  [
    'nobody',
    { stages: [{ ...stage, fromPerHour: 0, toPerHour: 0 }] },
    'Write a rate above 0: nobody ever comes.',
  ],
  ['no stage', { stages: [] }, 'stages: found []. Write'],
  [
    'an end before its start',
    { stages: [{ ...stage, to: '08:00' }] },
    'stages.0.to: found "08:00". Write a time later than "from".',
  ],
  [
    'an hour of no day',
    { stages: [{ ...stage, to: '25:00' }] },
    'stages.0.to: found "25:00". Write a text: a later time',
  ],
  ['stages that overlap', { stages: [stage, stage] }, 'stages.1.from: found "09:00". Write 10:00 or later'],
  ['a share above 1', { siretOnly: 1.5 }, 'siretOnly: found 1.5. Write a number: share of the visits'],
  ['shares above 1 together', { siretOnly: 0.7, abandons: 0.4 }, 'abandons: found 0.4. Write 0.3 or less'],
  ['retries without end', { retries: 99 }, 'retries: found 99. Write a'],
  ['half an agent', { agents: 0.5 }, 'agents: found 0.5. Write a'],
  ['a misspelt key', { abandon: 0.1 }, 'abandon: unknown key. Did you mean "abandons"?'],
])('%s is refused: key, found, what to write', (_name, wrong, said) => {
  expect(() => parseWorkload({ ...file, ...wrong }, 'own.json')).toThrow(/^GUICHET_USAGE: own\.json: /);
  expect(() => parseWorkload({ ...file, ...wrong }, 'own.json')).toThrow(said);
});

test('a file is read; one that is missing or no JSON is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-workload-'));
  const path = join(folder, 'own.json');
  writeFileSync(path, JSON.stringify({ $schema: 'x', ...file }));
  expect(readWorkload(path).name).toBe('own');
  writeFileSync(path, '{');
  expect(() => readWorkload(path)).toThrow(`GUICHET_USAGE: ${path} is not JSON`);
  rmSync(folder, { recursive: true });
  expect(() => readWorkload(path)).toThrow(`GUICHET_USAGE: ${path} cannot be read`);
});

test('each workload that comes with Guichet names the source of each figure, or says that it is an assumption', () => {
  expect(workloads.map(({ name }) => name)).toEqual([
    ...['normal', 'campaign', 'covid-week', 'covid-peak', 'hotline-retry', 'siret-only'],
  ]);
  for (const { sources, refused, retries, name } of workloads) {
    const keys = Object.keys(sources).join(' ');
    for (const key of ['stages', 'siretOnly', 'abandons', 'agents']) expect(keys, name).toContain(key);
    if (refused > 0) expect(keys).toContain('refused');
    if (retries > 0) expect(keys).toContain('retries');
    for (const source of Object.values(sources))
      expect(source).toMatch(/hypothèse|Dares|France 3|par construction/);
  }
});
