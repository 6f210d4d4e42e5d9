import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLedger } from '../ledger/ledger.ts';
import { ledgerName } from '../ledger/records.ts';
import { importLogs } from './ledger.ts';

let folder: string;
let said: string[];
const at = '2026-03-03T08:00:00.000Z';
const line = (id: string, state = 'accepted', when = at) =>
  JSON.stringify({ id, state, status: 200, detail: 'ENVOYER', at: when, durationMs: 120 });
const log = (name: string, ...lines: string[]) => {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
};
const take = (files: string[], rest?: 'dropped' | 'unknown') =>
  importLogs(folder, files, { print: (text) => said.push(text), ...(rest ? { rest } : {}) });
const states = () => {
  const ledger = openLedger(join(folder, ledgerName));
  const found = ledger.rows().map(({ state }) => state);
  ledger.close();
  return found;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-import-'));
  said = [];
  const ledger = openLedger(join(folder, ledgerName));
  ledger.plan(
    ['a-1', 'a-2', 'a-3', 'a-4'].map((id) => ({
      id,
      siret: id,
      courriel: `${id}@x.test`,
      planned: new Date(at),
    })),
  );
  ledger.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

it('takes the logs of all pods, each submission once, and k6’s own words not at all', () => {
  const one = log('one.log', 'seed 3', `[pod/run-1-abc/k6] ${line('a-1')}`, line('a-2', 'refused'), '');
  const two = log(
    'two.log',
    `2026-03-03T08:00:01.5Z ${line('a-3')}`,
    line('a-4', 'abandoned'),
    '█ THRESHOLDS',
  );
  expect(take([one, two])).toBe(0);
  expect(said[0]).toBe('Issues : 4 nouvelles, 0 déjà connue, 0 tronquée, 2 fichiers');
  expect(said.at(-1)).toMatch(/^Durée d’une visite : médiane 1(?:19|20|21) ms/);
  expect(states()).toEqual(['accepted', 'refused', 'accepted', 'accepted']);
  said = [];
  expect(take([one, two, one])).toBe(0);
  expect(said[0]).toBe('Issues : 0 nouvelle, 6 déjà connues, 0 tronquée, 3 fichiers');
});

it('says where lines are torn, not what they hold, and is 3', () => {
  const torn = log('torn.log', line('a-1').slice(0, 40), line('a-2').slice(30), line('a-3') + line('a-4'));
  expect(take([torn])).toBe(3);
  expect(said).toContain('  × lignes tronquées : torn.log:1, torn.log:2, torn.log:3');
  expect(states()).toEqual(Array(4).fill('planned'));
});

it('refuses the lines of another campaign, and takes nothing', () => {
  const foreign = log('foreign.log', line('a-1'), line('b-1'), line('b-2'));
  expect(() => take([foreign])).toThrow(/^GUICHET_OUTCOMES_FOREIGN: 2 submissions .*\(b-1, b-2\)/);
  expect(states()).toEqual(Array(4).fill('planned'));
});

it('notices a submission that two pods have sent: the first word stays', () => {
  const twice = log('twice.log', line('a-1'), line('a-1', 'errored', '2026-03-03T08:00:09.000Z'));
  expect(take([twice], 'dropped')).toBe(3);
  expect(said).toContain('  × deux issues différentes : a-1');
  expect(states()).toEqual(['accepted', 'dropped', 'dropped', 'dropped']);
});

it('is 3 while outcomes are missing, until it is told what the rest is', () => {
  const some = log('some.log', line('a-1'));
  expect(take([some])).toBe(3);
  expect(said.join('\n')).toContain('3 sans issue');
  expect(take([some], 'unknown')).toBe(0);
  expect(states()).toEqual(['accepted', 'unknown', 'unknown', 'unknown']);
});

it('refuses a folder without a ledger and a file that is not there', () => {
  expect(() => importLogs(join(folder, 'none'), ['x'], { print: () => {} })).toThrow(
    /^GUICHET_USAGE: .* no ledger/,
  );
  expect(() => take([join(folder, 'none.log')])).toThrow(/^GUICHET_USAGE: .* cannot be read/);
});
