import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSiretStore } from './siret-store.ts';

const scratch = mkdtempSync(join(tmpdir(), 'guichet-sirets-'));
afterAll(() => rmSync(scratch, { recursive: true }));
let count = 0;
const file = () => join(scratch, `${++count}.sqlite`);
const all = ['1', '2', '3'];

test('each SIRET is taken once, whoever asks, also after another opening', () => {
  const path = file();
  const [one, other] = [openSiretStore(path, all), openSiretStore(path, all)];
  expect([one.take('a'), other.take('b'), one.take('a')]).toEqual(['1', '2', '3']);
  expect(() => other.take('b')).toThrow(/^GUICHET_SIRETS_EXHAUSTED: All 3 SIRETs/);
  one.close();
  other.close();
  const again = openSiretStore(path, all);
  expect(again.count()).toEqual({ free: 0, all: 3 });
  again.close();
});

test('what was reserved and not used is given back, what was used is not', () => {
  const store = openSiretStore(file(), all);
  store.use(store.take('a'));
  store.take('a');
  store.take('b');
  store.release({ siret: '1' });
  store.release({ campaign: 'a' });
  expect(store.count().free).toBe(1);
  expect(store.take('c')).toBe('2');
  expect(store.used()).toEqual(['1']);
  expect([store.used('a'), store.used('b')]).toEqual([['1'], []]);
  store.close();
});

test('what the target has forgotten serves again', () => {
  const store = openSiretStore(file(), all);
  store.use(store.take('a'));
  store.forget(['1']);
  expect(store.take('b')).toBe('1');
  store.close();
});

test('a whole range is taken in its order, by two campaigns at once, then what was given back', () => {
  const range = Array.from({ length: 2000 }, (_, at) => String(at).padStart(5, '0'));
  const path = file();
  const [one, other] = [openSiretStore(path, range), openSiretStore(path, range)];
  const taken = range.map((_, at) => (at % 3 === 0 ? other.take('b') : one.take('a')));
  expect(taken).toEqual(range);
  other.forget([range[7] ?? '']);
  one.release({ siret: range[3] ?? '' });
  expect([one.take('a'), other.take('b')]).toEqual([range[3], range[7]]);
  expect(() => one.take('a')).toThrow(/^GUICHET_SIRETS_EXHAUSTED: All 2000 SIRETs/);
  one.close();
  other.close();
});

test('many are taken at once, or none', () => {
  const store = openSiretStore(file(), all);
  store.take('a');
  expect(() => store.takeAll('b', 3)).toThrow(/^GUICHET_SIRETS_EXHAUSTED: 3 are needed; all but 2 of 3/);
  expect(store.count().free).toBe(2);
  expect(store.takeAll('b', 2)).toEqual(['2', '3']);
  store.release({ campaign: 'b' });
  expect(store.count().free).toBe(2);
  store.close();
});
