import { expect, test } from 'vitest';
import { townsOf } from './communes.ts';

test.each([
  ['33000', ['Bordeaux']],
  ['75001', ['Paris 1er Arrondissement']],
  ['13001', ['Marseille 1er Arrondissement']],
  ['69001', ['Lyon 1er Arrondissement']],
  ['20000', ['Ajaccio']],
  ['97133', ['Saint-Barthélemy']],
  ['98800', ['Nouméa']],
])('the towns of %s', (codePostal, towns) => {
  expect(townsOf(codePostal)).toEqual(towns);
});

test('several towns share a code', () => {
  expect(townsOf('51300')).toHaveLength(46);
  expect(townsOf('51300')).toContain('Bassuet');
});

test.each(['00000', '75700', '98000', '', '__proto__', 'toString'])('« %s » has none', (codePostal) => {
  expect(townsOf(codePostal)).toEqual([]);
});
