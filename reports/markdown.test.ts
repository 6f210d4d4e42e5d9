import { expect, test } from 'vitest';
import { markdown } from './markdown.ts';
import { sampleResults } from './results.test-data.ts';

const red = markdown(sampleResults());

test('the decision comes first, then the denominators, then what changed, then what to look at', () => {
  const at = ['## ❌ Non conforme', '| MUST |', '**Changements depuis', '### À examiner (4)', '**SIRET-23**'];
  const positions = at.map((text) => red.indexOf(text));
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(positions[0]).toBe(0);
  expect(red).toContain('- rejouer : `npx guichet check SIRET-23 --seed 42`');
  expect(red).toContain('- 1 devenue rouge : SIRET-23');
});

test('a green one says so, with its denominators', () => {
  const green = markdown(sampleResults('green'));
  expect(green).toMatch(/^## ✅ Conforme/);
  expect(green).not.toContain('À examiner');
  expect(green).toMatch(/\| MUST \| \d+ \| 0 \| 0 \| 0 \| \d+ \| 0 \|/);
});

test('texts of the target are no markup and mention nobody', () => {
  expect(red).toContain('\\<script\\>');
  expect(red).not.toMatch(/(?<!\\)<[a-z]/i);
  const results = sampleResults();
  results.target.name = '@all | ![x](http://x) `y`';
  const [first = ''] = markdown(results).split('\n');
  expect(first).toContain('@\u200ball \\| !\\[x\\](http\\://x) \\`y\\`');
});

test('it stays small however much fails', () => {
  const results = sampleResults();
  for (const requirement of results.requirements) {
    requirement.outcome = 'failed';
    for (const check of requirement.checks) check.observed = 'x'.repeat(10_000);
  }
  const text = markdown(results);
  expect(text.length).toBeLessThan(60_000);
  expect(text).toMatch(/… et \d+ autres dans le rapport\./);
});
