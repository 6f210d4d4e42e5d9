import { expect, test } from 'vitest';
import { procedure } from './behaviour.ts';
import { manualClock } from './clock.ts';
import { coupled, couplingNames } from './coupling.ts';
import { openWebLoad } from './web-load.ts';

const of = (name: string) => coupled(procedure, name).backOffice.coupling;

test('off does nothing, mild and strong delay by the visits above ten, a day at most, lossy loses each 25th', () => {
  expect(couplingNames).toEqual(['off', 'mild', 'strong', 'lossy']);
  expect(of('off').extraMinutes(1000)).toBe(0);
  expect(of('off').loses(25, 1000)).toBe(false);
  expect([of('mild').extraMinutes(10), of('mild').extraMinutes(30)]).toEqual([0, 60]);
  expect([of('strong').extraMinutes(30), of('strong').extraMinutes(5000)]).toEqual([160, 24 * 60]);
  expect([of('lossy').loses(25, 11), of('lossy').loses(26, 11), of('lossy').loses(25, 10)]).toEqual([
    ...[true, false, false],
  ]);
  expect(() => coupled(procedure, 'none')).toThrow(RangeError);
});

test('counts the visits of the hour before, its own minute included', async () => {
  const start = new Date('2026-03-03T09:00:00+01:00');
  const clock = manualClock(start);
  const webLoad = openWebLoad(clock);
  const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
  for (const minutes of [0, 30, 59]) {
    await clock.advance?.(at(minutes));
    webLoad.visited();
  }
  expect(webLoad.hourBefore(at(59).getTime())).toBe(3);
  expect(webLoad.hourBefore(at(60).getTime())).toBe(2);
  expect(webLoad.hourBefore(at(30).getTime())).toBe(2);
  expect(webLoad.hourBefore(at(200).getTime())).toBe(0);
});
