import { expect, test } from 'vitest';
import { manualClock, realClock, scaledClock } from './clock.ts';

const start = new Date('2026-03-03T08:00:00Z');
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

test('a manual clock stops at each alarm, in order, and waits for its work', async () => {
  const clock = manualClock(start);
  const seen: number[] = [];
  const note = async () => {
    await new Promise(setImmediate);
    seen.push((clock.now().getTime() - start.getTime()) / 60_000);
  };
  clock.wake(at(20), note);
  clock.wake(at(10), async () => {
    await note();
    clock.wake(at(15), note);
  });
  clock.wake(at(90), note);
  const calledOff = clock.wake(at(12), note);
  calledOff();
  await clock.advance?.(at(60));
  expect(seen).toEqual([10, 15, 20]);
  expect(clock.now()).toEqual(at(60));
});

test('a manual clock does not go back, and goes on after the refusal', async () => {
  const clock = manualClock(start);
  await expect(clock.advance?.(at(-1))).rejects.toThrow(RangeError);
  await clock.advance?.(at(1));
  expect(clock.now()).toEqual(at(1));
});

test('an alarm for the past rings without an advance', async () => {
  const clock = manualClock(start);
  await new Promise<void>((resolve) => {
    clock.wake(at(-5), async () => resolve());
  });
});

test('a scaled clock runs faster, and rings in its own time', async () => {
  const clock = scaledClock(start, 1_000_000);
  await new Promise<void>((resolve) => {
    clock.wake(at(60), async () => resolve());
  });
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(at(60).getTime());
});

test('a real clock tells the time and cannot be advanced', () => {
  const clock = realClock();
  expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000);
  expect(clock.advance).toBeUndefined();
  clock.wake(new Date('9999-01-01'), async () => {})();
});
