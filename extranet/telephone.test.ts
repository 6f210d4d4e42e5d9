import { expect, test } from 'vitest';
import { isTelephone } from './telephone.ts';

test.each([
  '01 99 00 12 34',
  '01.99.00.12.34',
  '0199001234',
  '+33 (0)1 99 00 12 34',
  '0033199001234',
  '0262 20 12 34',
  '0269 60 12 34',
  '0590 27 12 34',
  '0594 25 12 34',
  '0596 50 12 34',
  '06 12 34 56 78',
  '09 72 12 34 56',
  '+32 2 555 12 12',
])('%s is a number', (typed) => {
  expect(isTelephone(typed)).toBe(true);
});

test.each(['', '12', '00 00 00 00 00', '01 99 00 12', 'appelez le 01 99 00 12 34', '01 99 00 12 34 56 78'])(
  '« %s » is none',
  (typed) => {
    expect(isTelephone(typed)).toBe(false);
  },
);
