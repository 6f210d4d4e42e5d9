import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asBrowsersRead, asBrowsersSend } from './browser.test-data.ts';
import { latin1Entries, latin1Page } from './latin1.ts';

const characters = fc.string({ unit: 'binary' }).filter((text) => !/&#\d/.test(text));

test('a page says the same in ISO-8859-1', () => {
  fc.assert(
    fc.property(characters, (text) => {
      expect(asBrowsersRead(latin1Page(text))).toBe(text);
    }),
  );
  expect(latin1Page('<p>Été : l’œuvre à 5 €</p>').toString('latin1')).toBe(
    '<p>Été : l&#8217;&#339;uvre à 5 &#8364;</p>',
  );
});

test('what a browser posts from such a page arrives as it was typed', () => {
  fc.assert(
    fc.property(characters, characters, (name, value) => {
      const sent = `${asBrowsersSend(name)}=${asBrowsersSend(value)}`;
      expect(latin1Entries(sent)).toEqual([[name, value]]);
    }),
  );
});

test.each([
  ['a=1&b=&c', [['a', '1'], ['b', ''], ['c', '']]], // biome-ignore format: a table
  ['a=1+2%203', [['a', '1 2 3']]],
  ['a=%E9%92%80', [['a', 'é’€']]],
  ['a=%26%23305%3B', [['a', 'ı']]],
  // What a person typed: the charset has these characters, so that no browser sends them so.
  ['a=%26%2360%3Bb%26%2362%3B', [['a', '&#60;b&#62;']]],
  ['a=%26%2355296%3B%26%239999999%3B', [['a', '&#55296;&#9999999;']]],
  ['a=%ZZ&=x', [['a', '%ZZ'], ['', 'x']]], // biome-ignore format: a table
])('%s', (form, entries) => {
  expect(latin1Entries(form)).toEqual(entries);
});
