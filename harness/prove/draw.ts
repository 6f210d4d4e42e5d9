import { createHash } from 'node:crypto';

/** The same items in an order that the seed alone decides; an item added later moves no other before another. */
export function shuffled<T>(items: readonly T[], seed: number, nameOf: (item: T) => string): T[] {
  const rank = (item: T) =>
    createHash('sha256')
      .update(`${seed}/${nameOf(item)}`)
      .digest('hex');
  return items
    .map((item) => ({ item, at: rank(item) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ item }) => item);
}

/** So many items of each group, drawn by seed, in the order in which they stood. */
export function stratified<T>(
  items: readonly T[],
  {
    seed,
    each,
    nameOf,
    groupOf,
  }: { seed: number; each: number; nameOf: (item: T) => string; groupOf: (item: T) => string },
): T[] {
  const drawn = new Set(
    [...Map.groupBy(items, groupOf).values()].flatMap((group) =>
      shuffled(group, seed, nameOf).slice(0, each),
    ),
  );
  return items.filter((item) => drawn.has(item));
}

/** Part `index` (from 1) of `count` parts that together hold every item once. */
export function shard<T>(items: readonly T[], { index, count }: { index: number; count: number }): T[] {
  return items.filter((_, at) => at % count === index - 1);
}
