import { describe, expect, test } from 'vitest';
import { chart, levelled, thinned } from './chart.ts';
import { arrivals, backlog, percentiles, timeToMails } from './load-charts.ts';
import { malformed } from './well-formed.test-data.ts';

const ramp = Array.from({ length: 50 }, (_, x) => ({ x, y: x % 7 }));
const survival = [
  { hours: 0, share: 1, low: 1, high: 1 },
  { hours: 12, share: 0.4, low: 0.3, high: 0.5 },
  { hours: 40, share: 0, low: 0, high: 0.1 },
];

const charts: [name: string, svg: string, curves: number][] = [
  [
    'time to mails',
    timeToMails(
      [
        { name: 'identifiant', survival },
        { name: 'habilitation', survival },
      ],
      48,
    ),
    4,
  ],
  ['arrivals', arrivals(ramp, ramp), 2],
  ['percentiles', percentiles([50, 95, 99].map((percentile) => ({ percentile, points: ramp }))), 3],
  ['backlog', backlog([{ name: 'sans charge', points: ramp }]), 1],
  ['nothing yet', backlog([{ name: 'sans charge', points: [] }]), 1],
];

test.each(charts)('%s is one well-formed SVG that fetches nothing, told in words too', (_, svg, curves) => {
  expect(malformed(svg)).toBeUndefined();
  expect(svg).toMatch(/^<svg class="chart" role="img" aria-label="[^"]{20,}"/);
  expect(svg.match(/<path /g)).toHaveLength(curves);
  expect(svg).not.toMatch(/NaN|undefined|url\(|href/);
});

test('the deadline is drawn, and a step holds its value until the next', () => {
  const svg = timeToMails([{ name: 'identifiant', survival }], 48);
  expect(svg).toContain('>48 h</text>');
  const path = /<path d="(M[^"]+)" style="fill:none/.exec(svg)?.[1] ?? '';
  const points = path
    .slice(1)
    .split('L')
    .map((point) => point.split(',').map(Number));
  // From nothing come to six in ten at 12 h to all at 40 h: across, up, across, up.
  expect(points).toHaveLength(5);
  expect(points[1]?.[1]).toBe(points[0]?.[1]);
  expect(points[1]?.[0]).toBe(points[2]?.[0]);
});

test('a hundred thousand points stay a small picture that loses no peak', () => {
  const points = Array.from({ length: 100_000 }, (_, x) => ({ x, y: x === 54_321 ? 1000 : Math.sin(x) }));
  const svg = backlog([{ name: 'sous charge', points }]);
  expect(svg.length).toBeLessThan(200_000);
  const kept = thinned(points, 720);
  expect(kept).toContainEqual({ x: 54_321, y: 1000 });
  expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
});

describe('a curve of a hundred thousand steps', () => {
  /** As Kaplan and Meier's of as many waits is, with its band. */
  const steps = Array.from({ length: 100_000 }, (_, at) => {
    const y = (at + 1) / 100_000;
    return {
      x: -8 * Math.log(1 - at / 100_000),
      y,
      low: y - y * (1 - y) * 0.01,
      high: y + y * (1 - y) * 0.01,
    };
  });
  const width = (steps.at(-1)?.x ?? 0) / 720;
  const height = 1 / 260 / 2;
  const drawn = levelled(thinned(steps, 720), height);

  test('is drawn with some hundred', () => {
    expect(drawn.length).toBeLessThan(600);
    expect([drawn[0], drawn.at(-1)]).toEqual([steps[0], steps.at(-1)]);
  });

  test('and none of them is off by more than half a pixel in height and a pixel in width', () => {
    let at = 0;
    const worst = { y: 0, low: 0, high: 0 };
    for (const step of steps) {
      while ((drawn[at + 1]?.x ?? Number.POSITIVE_INFINITY) <= step.x) at += 1;
      // Where it climbs within a column, the upright line that is drawn there passes all heights between.
      const near = [drawn[at], drawn[at + 1]].filter((one) => one && one.x <= step.x + width);
      for (const key of ['y', 'low', 'high'] as const) {
        const heights = near.map((one) => one?.[key] ?? 0);
        const off = Math.max(Math.min(...heights) - step[key], step[key] - Math.max(...heights));
        worst[key] = Math.max(worst[key], off);
      }
    }
    for (const off of Object.values(worst)) expect(off).toBeLessThanOrEqual(height + 1e-12);
  });

  test('no dip of more than that is lost either', () => {
    const dips = steps.map((step, at) => (at === 50_000 ? { ...step, y: 0.1 } : step));
    expect(levelled(thinned(dips, 720), height)).toContainEqual(dips[50_000]);
  });
});

test('texts are escaped', () => {
  const svg = chart({
    ...{ title: '<script>', description: '"x"', x: { label: '<b>' }, y: { label: '&' } },
    series: [{ name: '</svg>', shape: 'line', points: ramp }],
  });
  expect(svg).not.toMatch(/<script|<b>|<\/svg>.*<\/svg>/s);
  expect(malformed(svg)).toBeUndefined();
});
