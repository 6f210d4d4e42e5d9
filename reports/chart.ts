import { scaleLinear } from 'd3-scale';
import { area, curveLinear, curveStepAfter, line } from 'd3-shape';
import { html } from 'ghtml';

/** A curve, with the band of its uncertainty where it has one; `x` never goes back. */
export type Series = {
  name: string;
  points: readonly { x: number; y: number; low?: number; high?: number }[];
  /** `step`: a value holds until the next one. */
  shape: 'line' | 'step';
};

export type Chart = {
  title: string;
  /** What it shows, for who cannot see it. */
  description: string;
  x: { label: string; max?: number };
  y: { label: string; max?: number };
  series: readonly Series[];
  /** Upright lines, such as the 48th hour. */
  marks?: readonly { x: number; label: string }[];
};

const size = { width: 720, height: 320, top: 16, right: 16, bottom: 44, left: 56 };
// Told apart by their dashes too, for who sees no colours and for paper.
const looks = [
  { colour: 'light-dark(#1f4f86, #93bdf0)', dash: 'none' },
  { colour: 'light-dark(#a9231c, #ff9389)', dash: '7 3' },
  { colour: 'light-dark(#1d6b40, #74c493)', dash: '2 3' },
  { colour: 'light-dark(#7d5200, #e5b45c)', dash: '9 3 2 3' },
];
const ink = 'light-dark(#5f5c56, #a8a49c)';
const rule = 'light-dark(#dedad3, #383633)';
/** Of the legend: a letter of 12 px is no wider, on average. */
const characterWidth = 6.5;
const rowHeight = 18;
const number = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });

/**
 * The points that a screen can show: of each column of pixels the first, the lowest, the highest and the last one, so that
 * no peak is lost and a hundred thousand points stay a small picture.
 */
export function thinned<Point extends { x: number; y: number }>(
  points: readonly Point[],
  columns: number,
): Point[] {
  const first = points[0]?.x ?? 0;
  const span = (points.at(-1)?.x ?? 0) - first || 1;
  if (points.length <= columns * 4) return [...points];
  const kept: Point[] = [];
  let at = 0;
  while (at < points.length) {
    const column = columnOf(points[at] as Point);
    let end = at;
    let [low, high] = [at, at];
    for (; end < points.length && columnOf(points[end] as Point) === column; end++) {
      if ((points[end] as Point).y < (points[low] as Point).y) low = end;
      if ((points[end] as Point).y > (points[high] as Point).y) high = end;
    }
    const indices = [...new Set([at, low, high, end - 1])].sort((a, b) => a - b);
    for (const index of indices) kept.push(points[index] as Point);
    at = end;
  }
  return kept;

  function columnOf({ x }: Point): number {
    return Math.floor(((x - first) / span) * columns);
  }
}

/** A step of a curve, with its band. */
type Step = { x: number; y: number; low?: number; high?: number };

/**
 * The steps that a screen can show: one that goes no further than `height` from the last one that is drawn is left out, in
 * its value and both ends of its band. What is drawn is nowhere further than `height` from what was given.
 */
export function levelled<Point extends Step>(points: readonly Point[], height: number): Point[] {
  let drawn: Point | undefined;
  const kept = points.filter((point) => {
    if (drawn && !isFar(point, drawn, height)) return false;
    drawn = point;
    return true;
  });
  const last = points.at(-1);
  // The curve ends where it ends.
  return last && kept.at(-1) !== last ? [...kept, last] : kept;
}

function isFar(one: Step, other: Step, height: number): boolean {
  const apart = (a = 0, b = 0) => Math.abs(a - b) > height;
  return apart(one.y, other.y) || apart(one.low, other.low) || apart(one.high, other.high);
}

/** A chart as an SVG element, light and dark, that needs nothing besides; all texts are escaped. */
export function chart({ title, description, x, y, series, marks = [] }: Chart): string {
  const highest = (values: Iterable<number>) => {
    let max = 0;
    for (const value of values) max = Math.max(max, value);
    return max || 1;
  };
  const columned = series.map((each) => ({ ...each, points: thinned(each.points, size.width) }));
  const all = columned.flatMap(({ points }) => points);
  const highestY = y.max ?? highest(all.map((point) => Math.max(point.y, point.high ?? 0)));
  // Half a pixel: nobody sees it.
  const unseen = highestY / (size.height - size.top - size.bottom) / 2;
  const drawn = columned.map((each) =>
    each.shape === 'step' ? { ...each, points: levelled(each.points, unseen) } : each,
  );
  const toX = scaleLinear(
    [0, x.max ?? highest([...all.map((point) => point.x), ...marks.map((mark) => mark.x)])],
    [size.left, size.width - size.right],
  );
  const toY = scaleLinear([0, highestY], [size.height - size.bottom, size.top]);
  if (y.max === undefined) toY.nice(5);
  const bottom = size.height - size.bottom;

  const grid = toY.ticks(5).map((value) => {
    const at = toY(value);
    return html`<line x1="${size.left}" x2="${size.width - size.right}" y1="${at}" y2="${at}" style="stroke:${rule}"/>
<text x="${size.left - 8}" y="${at + 4}" text-anchor="end">${number.format(value)}</text>`;
  });
  const below = toX
    .ticks(8)
    .map(
      (value) =>
        html`<text x="${toX(value)}" y="${bottom + 18}" text-anchor="middle">${number.format(value)}</text>`,
    );
  const upright = marks.map(({ x: at, label }) => {
    const left = toX(at);
    return html`<line x1="${left}" x2="${left}" y1="${size.top}" y2="${bottom}" style="stroke:${ink}" stroke-dasharray="4 4"/>
<text x="${left - 5}" y="${bottom - 8}" text-anchor="end">${label}</text>`;
  });
  const curves = drawn.map(({ points, shape }, index) => {
    const { colour, dash } = looks[index % looks.length] as (typeof looks)[number];
    const curve = shape === 'step' ? curveStepAfter : curveLinear;
    type Point = (typeof points)[number];
    const banded = points.filter(({ low, high }) => low !== undefined && high !== undefined);
    const band = area<Point>(
      (point) => toX(point.x),
      (point) => toY(point.low ?? 0),
      (point) => toY(point.high ?? 0),
    )
      .curve(curve)
      .digits(1);
    const path = line<Point>(
      (point) => toX(point.x),
      (point) => toY(point.y),
    )
      .curve(curve)
      .digits(1);
    const shade =
      banded.length > 1 ? html`<path d="${band(banded) ?? ''}" style="fill:${colour};opacity:.15"/>` : '';
    return html`!${shade}<path d="${path(points) ?? ''}" style="fill:none;stroke:${colour};stroke-width:1.8;stroke-dasharray:${dash}"/>`;
  });
  const longest = highest(drawn.map(({ name }) => name.length));
  const inRow = Math.max(
    1,
    Math.min(drawn.length, Math.floor((size.width - size.left) / (40 + longest * characterWidth))),
  );
  const legend = drawn.map(({ name }, index) => {
    const { colour, dash } = looks[index % looks.length] as (typeof looks)[number];
    const left = size.left + ((index % inRow) * (size.width - size.left)) / inRow;
    const base = size.height + 18 + Math.floor(index / inRow) * rowHeight;
    return html`<line x1="${left}" x2="${left + 22}" y1="${base - 4}" y2="${base - 4}" style="stroke:${colour};stroke-width:2.4;stroke-dasharray:${dash}"/>
<text x="${left + 28}" y="${base}">${name}</text>`;
  });
  const height = size.height + 26 + (Math.ceil(drawn.length / inRow) - 1) * rowHeight;
  return html`<svg class="chart" role="img" aria-label="${title} : ${description}" viewBox="0 0 ${size.width} ${height}" style="width:100%;height:auto;font:12px system-ui,sans-serif;fill:${ink}">
!${grid}!${below}
<text x="${(size.left + size.width) / 2}" y="${size.height - 8}" text-anchor="middle">${x.label}</text>
<text transform="rotate(-90)" x="${-bottom / 2}" y="13" text-anchor="middle">${y.label}</text>
!${curves}!${upright}!${legend}
</svg>`;
}
