import { expect, it } from 'vitest';
import { segmentsOf, wholeEnd } from './segments.ts';

it('cuts a run into equal parts of one sequence', () => {
  expect(segmentsOf(1)).toEqual([{ args: [], env: {} }]);
  expect(segmentsOf(3).map(({ args }) => args)).toEqual(
    ['0:1/3', '1/3:2/3', '2/3:1'].map((segment) => [
      '--execution-segment',
      segment,
      '--execution-segment-sequence',
      '0,1/3,2/3,1',
    ]),
  );
  expect(segmentsOf(2)[1]?.env).toEqual({ SEGMENTS: '2' });
});

it.each([0, -1, 1.5, Number.NaN])('refuses %j segments', (parts) =>
  expect(() => segmentsOf(parts)).toThrow(/^GUICHET_USAGE/),
);

const end = (exitCode: number | null) => ({
  exitCode,
  signal: exitCode === null ? ('SIGKILL' as const) : null,
});

it.each([
  [[0, 0, 0], 0],
  [[0, 99, 0], 99],
  [[99, 108, 0], 108],
  [[0, null, 99], null],
])('ends %j as a whole with %j', (codes, whole) => expect(wholeEnd(codes.map(end))).toEqual(end(whole)));
