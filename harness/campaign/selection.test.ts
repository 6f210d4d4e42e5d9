import { expect, test } from 'vitest';
import { GuichetError } from '../errors.ts';
import { select } from './selection.ts';

const specs = [
  { name: 'siret', file: 'scenarios/siret.spec.ts', ids: new Set(['SIRET-23', 'FORM-75']) },
  { name: 'mails', file: 'scenarios/mails.spec.ts', ids: new Set(['MAIL-02']) },
];
const unknown = (word: string) => new GuichetError('GUICHET_USAGE', word);
const choose = (...words: string[]) => select(words, specs, unknown);

test('no word selects every file and the whole catalogue', () => {
  const { files, scope } = choose();
  expect(files).toEqual(specs.map(({ file }) => file));
  expect(scope.size).toBe(192);
});

test('a requirement selects the files that check it, and is judged alone', () => {
  expect(choose('siret-23')).toEqual({ files: ['scenarios/siret.spec.ts'], scope: new Set(['SIRET-23']) });
});

test('a scenario selects its file and what it checks', () => {
  expect(choose('siret')).toEqual({
    files: ['scenarios/siret.spec.ts'],
    scope: new Set(['SIRET-23', 'FORM-75']),
  });
});

test('a requirement that nothing checks selects nothing', () => {
  expect(() => choose('HOME-01')).toThrow('GUICHET_NOTHING_SELECTED');
});

test('any other word is refused', () => {
  expect(() => choose('siret', 'sirret')).toThrow('GUICHET_USAGE: sirret');
});
