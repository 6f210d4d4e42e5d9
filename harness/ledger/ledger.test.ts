import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Ledger, openLedger, type SubmissionState } from './ledger.ts';

let folder: string;
let path: string;
let ledger: Ledger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-ledger-'));
  path = join(folder, 'ledger.db');
  ledger = openLedger(path);
});

afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

const noon = new Date('2026-03-03T12:00:00.000Z');
const later = new Date('2026-03-03T13:00:00.000Z');
const submission = (id: string, planned = noon) => ({
  id,
  siret: '12345678900011',
  courriel: `${id}@x.test`,
  planned,
});
const stateOf = (id: string) => ledger.rows().find((row) => row.id === id);

describe('the plan', () => {
  test('is read back in the order of its instants, also by the next process', () => {
    ledger.plan([submission('b', later), { ...submission('a'), expects: ['habilitation'] }]);
    ledger.close();
    ledger = openLedger(path);
    const rest = { state: 'planned', answered: undefined, detail: undefined, mails: [] };
    expect(ledger.rows()).toEqual([
      { ...submission('a'), expects: ['habilitation'], ...rest },
      { ...submission('b', later), expects: ['identifiant', 'mot-de-passe', 'habilitation'], ...rest },
    ]);
  });

  test.each([
    ['id', { ...submission('a'), courriel: 'z@x.test' }],
    ['address', { ...submission('z'), courriel: 'a@x.test' }],
    ['bad instant', submission('z', new Date('demain'))],
  ])('with a known %s is refused whole', (_name, row) => {
    ledger.plan([submission('a')]);
    expect(() => ledger.plan([submission('c'), row, submission('d')])).toThrow(
      /^GUICHET_HARNESS: The ledger .* did not take the plan/,
    );
    expect(ledger.rows().map(({ id }) => id)).toEqual(['a']);
    ledger.plan([submission('e')]);
  });

  test('of nothing is nothing', () => {
    ledger.plan([]);
    expect(ledger.summary()).toMatchObject({ planned: 0, lost: [] });
  });
});

describe('an outcome', () => {
  test('is noted once', () => {
    ledger.plan([submission('a')]);
    expect(ledger.outcome('a', 'refused', noon, 'SIRET inconnu')).toBe(true);
    expect(ledger.outcome('a', 'refused', later)).toBe(false);
    expect(stateOf('a')).toMatchObject({ state: 'refused', answered: noon, detail: 'SIRET inconnu' });
  });

  test.each<[SubmissionState, SubmissionState, SubmissionState]>([
    ['accepted', 'errored', 'accepted'],
    ['accepted', 'unknown', 'accepted'],
    ['refused', 'accepted', 'refused'],
    ['dropped', 'unknown', 'dropped'],
    ['errored', 'accepted', 'errored'],
    ['unknown', 'accepted', 'accepted'],
    ['unknown', 'refused', 'refused'],
    ['unknown', 'unknown', 'unknown'],
  ])('%s then %s stays %s', (first, second, result) => {
    ledger.plan([submission('a')]);
    ledger.outcome('a', first as 'accepted', noon);
    expect(ledger.outcome('a', second as 'accepted', later)).toBe(result !== first);
    expect(stateOf('a')).toMatchObject({ state: result, answered: result === first ? noon : later });
  });

  test('of what was never planned is an error', () => {
    expect(() => ledger.outcome('z', 'accepted', noon)).toThrow('outcome of z: it was never planned');
  });
});

describe('a mail', () => {
  test('counts once by the id of the mailbox', () => {
    ledger.plan([submission('a')]);
    expect(ledger.mail('m1', 'a', 'identifiant', later)).toBe(true);
    expect(ledger.mail('m1', 'a', 'habilitation', noon)).toBe(false);
    expect(ledger.mail('m0', 'a', 'other', noon)).toBe(true);
    expect(stateOf('a')?.mails).toEqual([
      { id: 'm0', kind: 'other', received: noon },
      { id: 'm1', kind: 'identifiant', received: later },
    ]);
  });

  test('of what was never planned is an error', () => {
    expect(() => ledger.mail('m1', 'z', 'identifiant', noon)).toThrow(/^GUICHET_HARNESS: .* mail m1 to z/);
  });
});

test('the summary counts states and names lost, doubled and unexpected mails', () => {
  const ids = ['whole', 'short', 'double', 'refused', 'unknown', 'planned', 'existing'];
  ledger.plan(
    ids.map((id) => (id === 'existing' ? { ...submission(id), expects: ['habilitation'] } : submission(id))),
  );
  for (const id of ['whole', 'short', 'double', 'existing']) ledger.outcome(id, 'accepted', noon);
  ledger.outcome('refused', 'refused', noon);
  ledger.outcome('unknown', 'unknown', noon);
  const mails = [
    ['whole', 'identifiant'],
    ['whole', 'mot-de-passe'],
    ['whole', 'habilitation'],
    ['short', 'identifiant'],
    ['short', 'other'],
    ['double', 'identifiant'],
    ['double', 'mot-de-passe'],
    ['double', 'mot-de-passe'],
    ['double', 'habilitation'],
    ['refused', 'identifiant'],
    ['unknown', 'identifiant'],
    ['existing', 'habilitation'],
  ] as const;
  for (const [index, [id, kind]] of mails.entries()) ledger.mail(`m${index}`, id, kind, later);
  expect(ledger.summary()).toEqual({
    planned: 7,
    states: { planned: 1, accepted: 4, refused: 1, dropped: 0, errored: 0, unknown: 1 },
    mails: 12,
    lost: [
      { submission: 'short', kind: 'mot-de-passe' },
      { submission: 'short', kind: 'habilitation' },
    ],
    doubled: [{ submission: 'double', kind: 'mot-de-passe', count: 2 }],
    unexpected: [
      { submission: 'short', kind: 'other' },
      { submission: 'refused', kind: 'identifiant' },
    ],
  });
});

describe('other processes', () => {
  /** Runs a script on the same file in a process of its own; it says what it has written, line by line. */
  const start = (body: string): ChildProcess => {
    const script = `import { openLedger } from ${JSON.stringify(new URL('ledger.ts', import.meta.url).href)};
      import { writeSync } from 'node:fs';
      const say = (text) => writeSync(1, text + '\\n');
      const ledger = openLedger(${JSON.stringify(path)});
      const at = new Date(0);
      const row = (id) => ({ id, siret: '1', courriel: id + '@x.test', planned: at });
      ${body}`;
    return spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  };
  const linesOf = (child: ChildProcess) => createInterface({ input: child.stdout as NodeJS.ReadableStream });

  test('killed while they write lose no word that they had given', async () => {
    const planned = Array.from({ length: 20_000 }, (_, index) => submission(`s${index}`));
    ledger.plan(planned);
    const child = start(`for (let i = 0; i < 20000; i += 1) {
      ledger.outcome('s' + i, 'accepted', at);
      ledger.mail('m' + i, 's' + i, 'identifiant', at);
      say(String(i));
    }`);
    let said = -1;
    for await (const line of linesOf(child)) {
      said = Number(line);
      if (said === 500) child.kill('SIGKILL');
    }
    expect(said).toBeGreaterThanOrEqual(500);
    expect(said).toBeLessThan(19_999);
    ledger.close();
    ledger = openLedger(path);
    const rows = ledger.rows();
    expect(rows).toHaveLength(20_000);
    const settled = rows.filter(({ state, mails }) => state === 'accepted' && mails.length === 1);
    expect(settled.length).toBeGreaterThanOrEqual(said + 1);
    expect(settled.length).toBeLessThanOrEqual(said + 2);
  });

  test('killed while they plan leave the whole plan or none', async () => {
    const child = start(`say('ready');
      for (let n = 0; ; n += 1) {
        ledger.plan(Array.from({ length: 3000 }, (_, i) => row(n + '.' + i)));
        say(String(n));
      }`);
    for await (const line of linesOf(child)) {
      if (line === '2') child.kill('SIGKILL');
    }
    expect(ledger.rows().length % 3000).toBe(0);
    expect(ledger.rows().length).toBeGreaterThanOrEqual(9000);
  });

  test('that open and write at once do each other no harm', async () => {
    ledger.close();
    rmSync(path);
    const body = (who: string) => `for (let i = 0; i < 300; i += 1) {
      ledger.plan([row('${who}' + i)]);
      ledger.outcome('${who}' + i, 'accepted', at);
      ledger.mail('${who}m' + i, '${who}' + i, 'identifiant', at);
      if (i % 50 === 0) ledger.summary();
    }`;
    const children = ['a', 'b', 'c'].map((who) => start(body(who)));
    const exits = await Promise.all(children.map((child) => once(child, 'exit')));
    expect(exits).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    ledger = openLedger(path);
    expect(ledger.summary()).toMatchObject({ planned: 900, mails: 900, states: { accepted: 900 } });
  });
});

test('a file that is no ledger, or nowhere, is named', () => {
  const foreign = join(folder, 'notes.txt');
  writeFileSync(foreign, 'not a database, but long enough to be taken for one'.repeat(100));
  expect(() => openLedger(foreign)).toThrow(`GUICHET_HARNESS: The ledger ${foreign} cannot be opened`);
  expect(() => openLedger(join(folder, 'no', 'such.db'))).toThrow('cannot be opened');
});
