import { expect, test } from 'vitest';
import { faultNames, skinNames } from '../target/embedded.ts';
import { nameOf } from './name-flag.ts';

function refusal(flag: 'fault' | 'skin', given: string): string {
  try {
    nameOf({ [flag]: given }, flag, flag === 'fault' ? faultNames : skinNames);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

test('a known name is taken, and none where none is given', () => {
  expect(nameOf({ fault: 'numbers-swapped' }, 'fault', faultNames)).toBe('numbers-swapped');
  expect(nameOf({}, 'fault', faultNames)).toBeUndefined();
});

test('a misspelt name is told what was meant', () => {
  expect(refusal('fault', 'numbers-swaped')).toContain('Did you mean "numbers-swapped"?');
});

test('of a few names all are told, of many those that share a word', () => {
  expect(refusal('skin', 'modern')).toContain(`Known skins: ${skinNames.join(', ')}.`);
  const said = refusal('fault', 'telephone-letters-accepted');
  expect(said).toContain('telephone-with-spaces-refused');
  expect(said.length).toBeLessThan(900);
  expect(refusal('fault', 'x')).toContain(`${faultNames.length} are known`);
});
