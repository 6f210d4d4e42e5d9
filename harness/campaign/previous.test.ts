import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleResults } from '../../reports/results.test-data.ts';
import type { Results } from '../../reports/results.ts';
import { sinceLast } from './previous.ts';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'guichet-previous-'));
});
afterEach(() => rmSync(out, { recursive: true }));

/** Keeps a campaign of that hour, and answers it. */
function keep(hour: number, kind: 'red' | 'green', change: (results: Results) => void = () => {}) {
  const results = sampleResults(kind);
  const { fault: _, ...target } = results.target;
  results.target = target;
  results.campaign.startedAt = `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z`;
  results.campaign.id = `${results.campaign.startedAt.slice(0, 19).replaceAll(':', '-')}-check-${hour}`;
  change(results);
  const folder = join(out, results.campaign.id);
  mkdirSync(folder);
  writeFileSync(join(folder, 'results.json'), JSON.stringify(results));
  return { folder, results };
}

const since = ({ folder, results }: ReturnType<typeof keep>) => sinceLast(folder, results);

test('the first campaign has none before it', () => {
  expect(since(keep(9, 'green'))).toBeUndefined();
});

test('the last one before it counts, not the later one', () => {
  keep(7, 'green');
  keep(8, 'red');
  const now = keep(9, 'green');
  keep(10, 'red');
  expect(since(now)).toMatchObject({
    campaign: '2026-11-23T08-00-00-check-8',
    red: [],
    green: expect.arrayContaining([{ id: 'SIRET-23', level: 'MUST', before: 'failed', after: 'passed' }]),
  });
});

test.each<[string, (results: Results) => void]>([
  ['of another target', ({ target }) => Object.assign(target, { name: 'autre' })],
  ['broken on purpose', ({ target }) => Object.assign(target, { fault: 'cgu-not-enforced' })],
  ['cut short', ({ campaign }) => Object.assign(campaign, { interrupted: true })],
  ['of another selection', ({ campaign }) => Object.assign(campaign, { selection: ['SIRET-23'] })],
  ['of another version', (results) => Object.assign(results, { schemaVersion: 2 })],
])('a campaign %s is passed over', (_, change) => {
  keep(7, 'green');
  keep(8, 'red', change);
  expect(since(keep(9, 'green'))).toMatchObject({ campaign: '2026-11-23T07-00-00-check-7', green: [] });
});

test('under the same fault, the same fault is compared', () => {
  const broken = ({ target }: Results) => {
    target.fault = 'cgu-not-enforced';
  };
  keep(8, 'red', broken);
  expect(since(keep(9, 'red', broken))?.campaign).toBe('2026-11-23T08-00-00-check-8');
});
