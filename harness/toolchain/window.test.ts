import { expect, test } from 'vitest';
import { hasWindow, takeWindow, windowVariable } from './window.ts';

const manual = { captcha: { kind: 'manual', patienceMinutes: 5 } } as const;
const fixed = { captcha: { kind: 'fixed', answer: 'AB12' } } as const;

test('a person who types the code gets a window', () => {
  const environment = { DISPLAY: ':0' };
  takeWindow(manual, environment);
  expect(environment).toHaveProperty(windowVariable);
  expect(hasWindow(environment)).toBe(true);
});

test('nobody else does', () => {
  const environment = { DISPLAY: ':0' };
  takeWindow(fixed, environment);
  expect(hasWindow(environment)).toBe(false);
});

test.runIf(process.platform === 'linux')('without a display it is said before a browser starts', () => {
  expect(() => takeWindow(manual, {})).toThrow(/^GUICHET_NO_DISPLAY: captcha\.kind/);
});
