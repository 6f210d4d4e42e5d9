import { expect, test } from 'vitest';
import { statusLine } from './status-line.ts';

const running = ['L’étape SIRET montre ses champs', 'Une demande complète donne trois mails en 48 h'];

test('what runs now and the time left, within one line', () => {
  const line = statusLine(running, { done: 10, total: 30, elapsedMs: 20_400, width: 80 });
  expect(line).toBe('  en cours : L’étape SIRET montre ses champs · Une demand… — reste environ 41 s');
  expect(line.length).toBeLessThan(80);
});

test('no time is told before there is one to tell by', () => {
  expect(statusLine(['x'], { done: 1, total: 30, elapsedMs: 20_000, width: 80 })).toBe('  en cours : x');
});

test.each([10, 20, 40])('%d columns are never passed', (width) => {
  const line = statusLine(running, { done: 2, total: 300, elapsedMs: 20_000, width });
  expect(line.length).toBeLessThan(width);
});
