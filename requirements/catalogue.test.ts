import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogue } from './catalogue.ts';

const procedure = readFileSync(new URL('procedure.txt', import.meta.url), 'utf8');

test('holds 173 requirements of the procedure and 19 of norms, each id once', () => {
  const from = (source: string) => catalogue.filter((entry) => entry.source === source).length;
  expect({ seed: from('seed'), norm: from('norm') }).toEqual({ seed: 173, norm: 19 });
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
});

test.each(catalogue.filter(({ source }) => source === 'seed'))(
  '$id quotes the procedure verbatim',
  (entry) => {
    expect(procedure).toContain(entry.source === 'seed' && entry.quote);
  },
);

test('only the procedure makes a MUST', () => {
  expect(catalogue.filter(({ source, level }) => source === 'norm' && (level as string) === 'MUST')).toEqual(
    [],
  );
});
