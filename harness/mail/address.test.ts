import { expect, test } from 'vitest';
import { canonicalAddress } from './address.ts';

test.each([
  ['marie@exemple.fr', 'marie@EXEMPLE.fr', true],
  ['marie@société.fr', 'marie@xn--socit-esab.fr', true],
  ['Marie@exemple.fr', 'marie@exemple.fr', false],
  ['1+t@x.fr', 'u1+t@x.fr', false],
  ['a+b@x.fr', 'a b@x.fr', false],
  ['postmaster', 'postmaster', true],
])('%s and %s are one address: %s', (one, other, same) => {
  expect(canonicalAddress(one) === canonicalAddress(other)).toBe(same);
});
