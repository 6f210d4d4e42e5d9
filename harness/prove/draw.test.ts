import { expect, test } from 'vitest';
import { shard, shuffled, stratified } from './draw.ts';

const items = Array.from({ length: 40 }, (_, at) => `${'abcd'[at % 4]}-${at}`);
const self = (item: string) => item;

test('a seed decides the order alone; another seed gives another', () => {
  expect(shuffled(items, 1, self)).toEqual(shuffled([...items].reverse(), 1, self));
  expect(shuffled(items, 1, self)).not.toEqual(shuffled(items, 2, self));
  expect(shuffled(items, 1, self).sort()).toEqual([...items].sort());
});

test('an added item moves no other before another', () => {
  const after = shuffled([...items, 'new'], 7, self).filter((item) => item !== 'new');
  expect(after).toEqual(shuffled(items, 7, self));
});

test('a stratified draw takes as many of each group, in their order', () => {
  const options = { seed: 3, each: 2, nameOf: self, groupOf: (item: string) => item[0] ?? '' };
  const drawn = stratified(items, options);
  expect(drawn.map((item) => item[0]).sort()).toEqual([...'aabbccdd']);
  expect(drawn).toEqual(items.filter((item) => drawn.includes(item)));
  expect(stratified(items, { ...options, seed: 4 })).not.toEqual(drawn);
});

test('the parts hold every item once', () => {
  const parts = [1, 2, 3].map((index) => shard(items, { index, count: 3 }));
  expect(parts.flat().sort()).toEqual([...items].sort());
  expect(
    Math.max(...parts.map(({ length }) => length)) - Math.min(...parts.map(({ length }) => length)),
  ).toBeLessThan(2);
});
