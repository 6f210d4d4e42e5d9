import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
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
