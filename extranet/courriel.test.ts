import { expect, test } from 'vitest';
import { isCourriel, normalCourriel } from './courriel.ts';

test.each(['x+ap@e.fr', "o'neil@e.fr", 'x@société.fr', 'a.b-c_d@sub.exemple.test', `${'a'.repeat(64)}@e.fr`])(
  '%s is an address',
  (courriel) => {
    expect(isCourriel(courriel)).toBe(true);
  },
);

test.each([
  'x',
  'x@',
  '@e.fr',
  'x@example',
  'x@@e.fr',
  'x@y@e.fr',
  'a..b@e.fr',
  '.a@e.fr',
  'a.@e.fr',
  'a b@e.fr',
  'a@e .fr',
  'a@-e.fr',
  'a\u200b@e.fr',
  'a@e.fr\r\nBcc: b@e.fr',
  'a@e.fr\n',
  'a@e.fr,b@e.fr',
  'a@e.fr;b@e.fr',
  '"a b"@e.fr',
  '<a@e.fr>',
  'a@1.2.3.4',
  'a@e.7',
  `a@${'é'.repeat(62)}.fr`,
  `${'a'.repeat(65)}@e.fr`,
  `a@${'e'.repeat(63)}.${'e'.repeat(63)}.${'e'.repeat(63)}.${'e'.repeat(63)}.fr`,
])('%j is refused', (courriel) => {
  expect(isCourriel(normalCourriel(courriel))).toBe(false);
});

test('spaces around and the case of the domain do not count, the case of the local part does', () => {
  expect(normalCourriel(' Chloe@Exemple.FR\u00a0')).toBe('Chloe@exemple.fr');
  expect(normalCourriel('x@socie\u0301te\u0301.fr')).toBe('x@société.fr');
});

test('a line break is never trimmed away', () => {
  expect(normalCourriel('a@e.fr\r\n')).toBe('a@e.fr\r\n');
});
