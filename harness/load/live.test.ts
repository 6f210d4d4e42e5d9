import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { Progress } from './drive.ts';
import { histogramOf } from './histogram.ts';
import { openLive } from './live.ts';
import { type Keyboard, stopKey } from './stop-key.ts';

const progress: Progress = {
  ...{ run: 2, arm: 'load', phase: 'load', done: 0.5, due: 60, ended: 50, errors: 2 },
  durations: histogramOf([10, 20, 30].map((durationMs) => ({ durationMs }))),
  ...{ backlog: 9, oldestHours: 3.5 },
};
const stage = (isTTY: boolean) => {
  const written: string[] = [];
  let at = 0;
  const live = openLive(
    { isTTY, columns: 300, write: (text) => written.push(text) },
    { runs: 4, size: () => ({ visits: 100, seconds: 10 }), now: () => at },
  );
  const wait = (ms: number) => {
    at += ms;
  };
  return { written, live, wait };
};

test('tells rates, errors, percentiles, backlog, the oldest demande and the time left', () => {
  const { written, live, wait } = stage(false);
  live.show({ ...progress, done: 0, ended: 0 }, 0);
  wait(20_000);
  live.show(progress, 1);
  expect(written.at(-1)).toBe(
    'passage 2/4 sous charge · visites 50/100 (60 dues) · 2,5/s pour 10,0/s · 2 en erreur · visite p50/p95/p99 20/30/30 ms · 9 mails attendus, le plus ancien depuis 3 h 30 · reste 33,3 s\n',
  );
});

test('a log gets a line every 15 s, a terminal one line that is written over', () => {
  const log = stage(false);
  for (let n = 0; n < 600; n++, log.wait(100)) log.live.show(progress, 0);
  expect(log.written).toHaveLength(4);
  const terminal = stage(true);
  for (let n = 0; n < 10; n++, terminal.wait(300)) terminal.live.show(progress, 0);
  expect(terminal.written).toHaveLength(10);
  expect(terminal.written.every((text) => text.startsWith('\r') && !text.includes('\n'))).toBe(true);
});

const keyboard = () => {
  const raw: boolean[] = [];
  const keys = new EventEmitter() as EventEmitter & Keyboard;
  Object.assign(keys, {
    ...{ isTTY: true, resume: () => {}, pause: () => {} },
    setRawMode: (on: boolean) => raw.push(on),
  });
  return { keys, raw };
};

test.each(['q', 'Q', '\u0003'])('%j stops in order, a second one at once', (key) => {
  const { keys, raw } = keyboard();
  let quits = 0;
  const stop = stopKey(keys, new AbortController().signal, () => quits++);
  keys.emit('data', Buffer.from('x'));
  expect(stop.signal.aborted).toBe(false);
  keys.emit('data', Buffer.from(key));
  expect(stop.signal.aborted).toBe(true);
  expect(quits).toBe(0);
  keys.emit('data', Buffer.from(key));
  expect(quits).toBe(1);
  stop.close();
  expect(raw).toEqual([true, false]);
  expect(keys.listenerCount('data')).toBe(0);
});

test('what is no terminal is left alone', () => {
  const abort = new AbortController();
  const keys = { on: () => expect.unreachable(), off: () => {}, resume: () => {}, pause: () => {} };
  expect(stopKey(keys, abort.signal).signal).toBe(abort.signal);
});
