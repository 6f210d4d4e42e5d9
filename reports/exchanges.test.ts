import { expect, test } from 'vitest';
import { exchangesOf } from './exchanges.ts';

const entry = (url: string, mimeType: string, text?: string) => ({
  request: {
    method: text ? 'POST' : 'GET',
    url,
    headers: [],
    ...(text ? { postData: { mimeType: 'x', text } } : {}),
  },
  response: { status: 200, content: { mimeType, size: 3 } },
});

test('a HAR is read as the exchanges that a person asks about', () => {
  const log = {
    version: '1.2',
    entries: [
      entry('http://x/creation', 'text/html; charset=utf-8', 'siret=1'),
      entry('http://x/style.css', 'text/css'),
      entry('http://x/code.png', 'image/png'),
    ],
  };
  expect(exchangesOf(JSON.stringify({ log }))).toEqual([
    { method: 'POST', url: 'http://x/creation', status: 200, type: 'text/html', sent: 'siret=1', to: '' },
  ]);
});

test.each(['', '{}', '{"log":{"entries":[{}]}}'])('%j is none', (text) => {
  expect(exchangesOf(text)).toBeUndefined();
});
