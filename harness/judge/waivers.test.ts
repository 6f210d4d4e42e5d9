import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { Check } from '../../reports/results.ts';
import { resultsOf, verdictOf } from './conformity.ts';
import { draftWaiver, readWaivers, type Waiver, waiversSchemaFile, waiversSchemaText } from './waivers.ts';

const folder = mkdtempSync(join(tmpdir(), 'guichet-waivers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'waivers.json');
const today = '2026-11-25';
const sound: Waiver = {
  requirement: 'SIRET-23',
  target: 'intégration',
  reason: 'Corrigé en version 4',
  owner: 'equipe@exemple.test',
  expires: '2026-12-31',
};

function read(...waivers: unknown[]): Waiver[] {
  writeFileSync(path, JSON.stringify({ waivers }));
  return readWaivers(path, { target: 'intégration', today });
}

test('a waiver that is filled in is read, for its own target alone', () => {
  expect(read(sound, { ...sound, target: 'production' })).toEqual([sound]);
});

test.each([
  [
    'no requirement of that name',
    { ...sound, requirement: 'SIRET-99' },
    'waivers.0.requirement is "SIRET-99"',
  ],
  ['an INFO entry', { ...sound, requirement: 'SIRET-07' }, 'is no MUST or SHOULD'],
  ['no reason', { ...sound, reason: ' ' }, 'Write the reason of the waiver of SIRET-23'],
  ['no owner', { ...sound, owner: 'À COMPLÉTER' }, 'Write the owner'],
  ['no date', { ...sound, expires: 'AAAA-MM-JJ' }, 'Write a day as YYYY-MM-DD'],
  ['a day that is none', { ...sound, expires: '2026-02-30' }, 'Write a day as YYYY-MM-DD'],
  ['too far ahead', { ...sound, expires: '2027-12-31' }, 'A waiver may last 90 days at most'],
  ['an unknown key', { ...sound, until: '2026-12-31' }, 'waivers.0: '],
])('%s is refused', (_what, waiver, message) => {
  expect(() => read(waiver)).toThrow('GUICHET_WAIVER_INVALID');
  expect(() => read(waiver)).toThrow(message);
});

test('the same waiver twice is refused, and so is a file that is no JSON or not there', () => {
  expect(() => read(sound, sound)).toThrow('a second time');
  writeFileSync(path, '{');
  expect(() => readWaivers(path, { target: 'x', today })).toThrow('GUICHET_WAIVER_INVALID');
  expect(() => readWaivers(join(folder, 'none.json'), { target: 'x', today })).toThrow(
    'GUICHET_WAIVER_INVALID',
  );
});

test('a draft is refused until it is filled in, and is not written twice', () => {
  const fresh = join(folder, 'fresh.json');
  const draft = { requirement: 'FORM-49', target: 'intégration' };
  draftWaiver(fresh, draft);
  expect(() => readWaivers(fresh, { target: 'intégration', today })).toThrow('Write the reason');
  expect(() => draftWaiver(fresh, draft)).toThrow('already');
  draftWaiver(fresh, { ...draft, requirement: 'FORM-50' });
  expect(JSON.parse(readFileSync(fresh, 'utf8')).waivers).toHaveLength(2);
});

test.each([
  [
    'a valid waiver lets a failure pass, visibly',
    'failed',
    '2026-12-31',
    undefined,
    0,
    'valid',
    'n’est pas respectée, dispense',
  ],
  ['at the gate too', 'failed', '2026-12-31', 'release', 0, 'valid', 'n’est pas respectée, dispense'],
  ['it warns before its end', 'failed', '2026-12-01', undefined, 0, 'valid', 'dans 6 j'],
  ['its last day counts', 'failed', today, 'release', 0, 'valid', 'dans 0 j'],
  ['an expired one warns', 'failed', '2026-11-24', undefined, 0, 'expired', 'a expiré le 2026-11-24'],
  ['and fails at the gate', 'failed', '2026-11-24', 'release', 1, 'expired', 'n’est pas respectée'],
  ['one that serves nothing warns', 'passed', '2026-12-31', undefined, 0, 'stale', 'est à retirer'],
  ['and fails at the gate', 'passed', '2026-12-31', 'release', 1, 'stale', 'est à retirer'],
  ['doubt is not waived', 'cantTell', '2026-12-31', undefined, 3, 'valid', 'sans résultat'],
] as const)('%s', (_what, outcome, expires, gate, exitCode, standing, said) => {
  const check: Check = { scenario: 's', outcome, expected: 'x', observed: 'y', evidence: [] };
  const terms = {
    ...{ scope: new Set(['SIRET-23']), inapplicable: {}, strict: false, faults: [], today, gate },
    waivers: [{ ...sound, expires }],
  };
  const results = resultsOf(new Map([['SIRET-23', [check]]]), terms);
  const result = results.find(({ id }) => id === 'SIRET-23');
  expect(result).toMatchObject({ outcome, waiver: { standing, owner: sound.owner } });
  const verdict = verdictOf(results, terms);
  expect(verdict.exitCode).toBe(exitCode);
  expect(verdict.reasons.join('\n')).toContain(said);
  expect(verdict.counts.MUST[outcome]).toBe(1);
});

test('the committed JSON Schema is the one of the zod schema (else: node harness/judge/waivers.ts), every key explained', () => {
  const text = readFileSync(waiversSchemaFile, 'utf8');
  expect(text).toBe(waiversSchemaText());
  const { properties } = JSON.parse(text);
  const keys = [...Object.values(properties), ...Object.values(properties.waivers.items.properties)];
  for (const key of keys) expect(key).toHaveProperty('description');
});

test('a file that is drafted names its schema, wherever it lies', () => {
  const fresh = join(folder, 'fresh.json');
  draftWaiver(fresh, { requirement: 'SIRET-23', target: 'intégration' });
  const { $schema } = JSON.parse(readFileSync(fresh, 'utf8'));
  expect(new URL($schema, pathToFileURL(fresh)).href).toBe(waiversSchemaFile.href);
});
