import { expect, test } from 'vitest';
import { workDone } from './opening-hours.ts';

const everyDay = { from: 8 * 60, to: 18 * 60, days: [0, 1, 2, 3, 4, 5, 6] };
const weekdays = { ...everyDay, days: [1, 2, 3, 4, 5] };
const done = (start: string, minutes: number, hours = everyDay) =>
  new Date(workDone(Date.parse(start), minutes, hours)).toISOString();

test('work within the opening is done at once', () => {
  expect(done('2026-03-03T09:00:00+01:00', 12)).toBe('2026-03-03T08:12:00.000Z');
});

test('work that comes at night waits for the morning', () => {
  expect(done('2026-03-03T22:30:30+01:00', 12)).toBe('2026-03-04T07:12:00.000Z');
  expect(done('2026-03-04T05:00:00+01:00', 12)).toBe('2026-03-04T07:12:00.000Z');
});

test('work that does not fit before closing goes on the next morning', () => {
  expect(done('2026-03-03T17:55:00+01:00', 12)).toBe('2026-03-04T07:07:00.000Z');
});

test('a week-end passes when nobody works then', () => {
  expect(done('2026-03-06T18:00:00+01:00', 12, weekdays)).toBe('2026-03-09T07:12:00.000Z');
});

test('the opening follows the clock change of Paris', () => {
  expect(done('2026-03-28T20:00:00+01:00', 12)).toBe('2026-03-29T06:12:00.000Z');
  expect(done('2026-10-24T20:00:00+02:00', 12)).toBe('2026-10-25T07:12:00.000Z');
});

test('agents who never open are an error, not an endless wait', () => {
  expect(() => workDone(0, 12, { ...everyDay, days: [] })).toThrow(RangeError);
  expect(() => workDone(0, 12, { ...everyDay, to: everyDay.from })).toThrow(RangeError);
});
