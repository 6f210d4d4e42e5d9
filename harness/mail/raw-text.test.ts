import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { asciiJson, rawToText, textToRaw } from './raw-text.ts';

const examples: [string, Buffer][] = [
  ['ASCII', Buffer.from('Objet: essai\r\n')],
  ['UTF-8', Buffer.from('Créé à Nîmes, 😀 œuvre\r\n')],
  ['Latin-1', Buffer.from('Créé à Nîmes\r\n', 'latin1')],
  [
    'UTF-8 and Latin-1 mixed',
    Buffer.concat([Buffer.from('é😀'), Buffer.from('é', 'latin1'), Buffer.from('é')]),
  ],
  ['a byte order mark', Buffer.from('\ufeffé')],
  ['encoded surrogates and overlong forms', Buffer.from('eda080edb2a9c080f8888080', 'hex')],
  ['every byte', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
];

test.each(examples)('%s survives as text and as JSON', (_name, raw) => {
  expect(textToRaw(rawToText(raw))).toEqual(raw);
  const json = asciiJson(rawToText(raw));
  expect(json).toMatch(/^[\0-\x7f]*$/);
  expect(textToRaw(JSON.parse(json))).toEqual(raw);
});

test('random bytes survive', () => {
  for (let round = 0; round < 300; round += 1) {
    const raw = randomBytes(round);
    expect(textToRaw(JSON.parse(asciiJson(rawToText(raw))))).toEqual(raw);
  }
});

test('UTF-8 reads as the text it is, as in a real MailHog', () => {
  expect(rawToText(Buffer.from('Activité'))).toBe('Activité');
  expect(textToRaw('Activité')).toEqual(Buffer.from('Activité'));
});

test.each([
  ['stray bytes', Buffer.alloc(10_000_000, 0xe9)],
  ['UTF-8 with one stray byte', Buffer.concat([Buffer.from('é'.repeat(3_000_000)), Buffer.from([0xff])])],
])('ten megabytes of %s survive, in time', (_name, raw) => {
  expect(textToRaw(rawToText(raw)).equals(raw)).toBe(true);
});
