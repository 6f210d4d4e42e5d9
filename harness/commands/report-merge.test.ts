import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { openLedger } from '../ledger/ledger.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function guichet(...args: string[]): { status: number | null; error: string; folder: string } {
  const env = { ...process.env, NO_COLOR: '1' };
  const command = [join(root, 'harness', 'cli.ts'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  const report = /^Rapport : (.+)\/report\.html$/m.exec(stdout)?.[1] ?? '';
  return { status, error: stderr, folder: join(root, report) };
}

const asked = ['support', 'MAIL-13', '--seed', '11'];
const parts: string[] = [];

beforeAll(() => {
  for (const shard of ['1/2', '2/2']) {
    const { status, folder } = guichet('check', ...asked, '--shard', shard);
    expect(status).toBe(0);
    parts.push(folder);
  }
}, 120_000);

/** What two runs of one campaign have in common: all but names, instants and durations. */
function essence(folder: string): object {
  const { requirements, scenarios, verdict } = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
  return {
    requirements,
    verdict,
    scenarios: scenarios.map((scenario: object) => ({ ...scenario, durationMs: 0 })),
  };
}

test('parts that are merged are the campaign of one process, its demandes included', () => {
  const merged = guichet('report', 'merge', ...parts.toReversed());
  expect(merged.status).toBe(0);
  const whole = guichet('check', ...asked);
  expect(essence(merged.folder)).toEqual(essence(whole.folder));
  const sent = [merged, whole].map(({ folder }) => {
    const ledger = openLedger(join(folder, 'ledger.sqlite'));
    // Scenarios send at the same time, in any order.
    const sirets = ledger
      .rows()
      .map(({ siret, state }) => `${siret} ${state}`)
      .sort();
    ledger.close();
    return sirets;
  });
  expect(sent[0]).toEqual(sent[1]);
  expect(sent[0]).not.toEqual([]);
}, 120_000);

test('a part that is missing, given twice, or of something else is refused', () => {
  const [first = '', second = ''] = parts;
  expect(guichet('report', 'merge', first)).toMatchObject({
    status: 2,
    error: expect.stringContaining('Part 2 of 2 is given not at all'),
  });
  expect(guichet('report', 'merge', first, second, second)).toMatchObject({
    status: 2,
    error: expect.stringContaining('Part 2 of 2 is given 2 times'),
  });
  expect(guichet('report', 'merge', '/nowhere').status).toBe(2);
  expect(guichet('check', '--shard', '1/2')).toMatchObject({
    status: 2,
    error: expect.stringContaining('--seed'),
  });
}, 60_000);
