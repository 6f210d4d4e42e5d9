import { expect, test } from 'vitest';
import { clock, openClock, TooEarly } from './clock.ts';
import type { Ask, Door } from './door.ts';

const door = { url: 'http://127.0.0.1/', tokenEnv: 'T' };
const nobody: Ask = () => {
  throw new Error('nobody should be asked');
};

test('a real clock is too early until the grace has passed, and then waits for nothing', async () => {
  let time = Date.parse('2026-11-25T10:00:00Z');
  const real = openClock(clock.parse({ kind: 'real', graceMinutes: 30 }), nobody, () => time);
  const deadline = new Date('2026-11-27T10:00:00Z');
  time = Date.parse('2026-11-27T10:29:59Z');
  const early = await real.advanceTo(deadline).catch((error) => error);
  expect(early).toBeInstanceOf(TooEarly);
  expect(early.due).toEqual(new Date('2026-11-27T10:30:00Z'));
  expect(early.message).toMatch(/^GUICHET_TOO_EARLY: .*2026-11-27T10:30:00/);
  time += 1000;
  await real.advanceTo(deadline);
  expect(await real.now()).toEqual(new Date(time));
});

test('a scaled clock is waited for in real time, by its own word', async () => {
  const start = performance.now();
  const factor = 100_000;
  const asked: Door[] = [];
  const ask: Ask = async <T>(door: Door) => {
    asked.push(door);
    return { now: new Date((performance.now() - start) * factor).toISOString() } as T;
  };
  const scaled = openClock(clock.parse({ kind: 'scaled', now: door, factor, graceSeconds: 0 }), ask);
  const waits: number[] = [];
  // 10,000 s of the target are 100 ms here.
  await scaled.advanceTo(new Date(10_000_000), (ms) => waits.push(ms));
  expect((await scaled.now()).getTime()).toBeGreaterThanOrEqual(10_000_000);
  expect(waits[0]).toBeGreaterThan(0);
  expect(waits[0]).toBeLessThanOrEqual(100);
  await scaled.advanceTo(new Date(1));
  expect(asked[0]?.url).toBe(door.url);
});
