import { expect, test } from 'vitest';
import { hasRightCheckDigits, isFourteenDigits, withoutBlanks } from './siret.ts';

test.each([
  ['73282932000074', true],
  ['20003452800014', true],
  ['20003452800041', false],
  ['35600000000048', true],
  ['35600000009075', true],
  ['35600000000011', false],
  ['00032517500016', true],
  ['11122233344455', false],
  ['33000637200010', false],
  ['00000000000000', false],
])('the check digits of %s are right: %s', (siret, right) => {
  expect(hasRightCheckDigits(siret)).toBe(right);
});

test.each([
  '7328293200007',
  '732829320000741',
  '732829320',
  'MONACOCONFO001',
  '７３２８２９３２００００７４',
  '',
])('« %s » is not fourteen digits', (siret) => {
  expect(isFourteenDigits(siret)).toBe(false);
});

test('blanks between the groups do not count', () => {
  expect(withoutBlanks(' 732 829\u00a0320\u202f00074\t')).toBe('73282932000074');
});
