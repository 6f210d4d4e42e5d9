import { expect, test } from 'vitest';
import { fieldNames } from '../fields.ts';
import { plainEntries, wireName } from './wire-names.ts';

test('names mean nothing, differ, and come back', () => {
  const wire = fieldNames.map(wireName);
  expect(new Set(wire).size).toBe(fieldNames.length);
  for (const name of wire) expect(name).toMatch(/^z\d\d$/);
  const entries = wire.map((name, at): [string, string] => [name, String(at)]);
  expect(plainEntries(entries, { strict: true })).toEqual(fieldNames.map((name, at) => [name, String(at)]));
});

test('an image button posts a point, which is dropped, and its own value where it has one', () => {
  const button = wireName('action=villes');
  expect(
    plainEntries(
      [
        ['x', '12'],
        ['y', '3'],
        [`${button}.x`, '0'],
        [`${button}.y`, '0'],
      ],
      { strict: true },
    ),
  ).toEqual([['action', 'villes']]);
});

test('plain names are no fields of this skin, but they are of its script', () => {
  const entries: [string, string][] = [
    ['codePostal', '33000'],
    ['enregistre', 'oui'],
  ];
  expect(plainEntries(entries, { strict: true })).toEqual([['enregistre', 'oui']]);
  expect(plainEntries(entries, { strict: false })).toEqual(entries);
});
