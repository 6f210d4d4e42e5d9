/** A point of a curve that must not fall. */
export type Point = { x: number; y: number };

/**
 * The values of the non-decreasing function of x that is nearest to the points by squares, one for each x, in its
 * order: pool adjacent violators (Barlow, Bartholomew, Bremner and Brunk 1972). Throws RangeError for a point that is
 * not finite.
 */
export function isotonicFit(points: readonly Point[]): Point[] {
  type Block = { sum: number; count: number; xs: number[] };
  const blocks: Block[] = [];
  for (const level of levelsOf(points)) {
    let block = level;
    for (;;) {
      const former = blocks.at(-1);
      if (!former || former.sum / former.count <= block.sum / block.count) break;
      blocks.pop();
      block = {
        sum: former.sum + block.sum,
        count: former.count + block.count,
        xs: [...former.xs, ...block.xs],
      };
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ sum, count, xs }) => xs.map((x) => ({ x, y: sum / count })));
}

/** The points of each x together, in the order of x. */
function levelsOf(points: readonly Point[]): { sum: number; count: number; xs: number[] }[] {
  const levels = new Map<number, { sum: number; count: number; xs: number[] }>();
  for (const { x, y } of points.toSorted((a, b) => a.x - b.x)) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) throw new RangeError(`No point of a curve: ${x}, ${y}.`);
    const { sum, count } = levels.get(x) ?? { sum: 0, count: 0 };
    levels.set(x, { sum: sum + y, count: count + 1, xs: [x] });
  }
  return [...levels.values()];
}

/**
 * Between which two x the fitted curve leaves its lowest level by more than `rise`: the last point within it and the
 * first one above, undefined when none is. Undefined without points.
 */
export function kneeOf(
  points: readonly Point[],
  rise: number,
): { within: number; above: number | undefined } | undefined {
  const fit = isotonicFit(points);
  const lowest = fit[0];
  if (!lowest) return undefined;
  const above = fit.findIndex(({ y }) => y > lowest.y + rise);
  return { within: (above < 0 ? fit.at(-1) : fit[above - 1])?.x ?? lowest.x, above: fit[above]?.x };
}
