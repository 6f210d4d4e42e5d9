import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { faults } from '../../extranet/faults/catalogue.ts';
import { catalogue } from '../../requirements/catalogue.ts';
import { readSpecs } from './selection.ts';

const specs = readSpecs(fileURLToPath(new URL('../..', import.meta.url)));
const checked = new Set(specs.flatMap(({ ids }) => [...ids]));
const known = new Set<string>(catalogue.map(({ id }) => id));

test('every requirement has a check', () => {
  expect([...known].filter((id) => !checked.has(id))).toEqual([]);
});

test('every check is of a requirement', () => {
  expect([...checked].filter((id) => !known.has(id))).toEqual([]);
});

test('every scenario makes a check', () => {
  expect(specs.filter(({ ids }) => ids.size === 0).map(({ file }) => file)).toEqual([]);
});

const broken = new Set(faults.flatMap(({ breaks }) => breaks));

test('every MUST and every SHOULD is broken by a fault', () => {
  const judged = catalogue.filter(({ level }) => level !== 'INFO').map(({ id }) => id);
  expect(judged.filter((id) => !broken.has(id))).toEqual([]);
});

test('every fault breaks requirements of the catalogue, one that a check can fail among them', () => {
  expect([...broken].filter((id) => !known.has(id))).toEqual([]);
  const info = new Set<string>(catalogue.filter(({ level }) => level === 'INFO').map(({ id }) => id));
  expect(faults.filter(({ breaks }) => breaks.every((id) => info.has(id))).map(({ name }) => name)).toEqual(
    [],
  );
});
