import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { embeddedWire } from '../../load/wire.ts';
import { loadResults } from '../../reports/load-results.ts';
import { GuichetError } from '../errors.ts';
import { openLedger } from '../ledger/ledger.ts';
import { findK6 } from '../toolchain/k6.ts';
import { type Campaign, driveCampaign } from './campaign.ts';
import type { Progress } from './drive.ts';
import { fixOrder, keepOrder, type LoadOrder } from './order.ts';
import { shareOf } from './share.ts';
import { parseWorkload } from './workload.ts';

const morning = parseWorkload(
  {
    name: 'morning',
    stages: [{ from: '09:00', to: '11:00', fromPerHour: 10, toPerHour: 30 }],
    ...{ siretOnly: 0.1, abandons: 0.1, refused: 0.2, retries: 1, agents: 10 },
  },
  'morning',
);

let folder: string;
let k6: string;
let order: LoadOrder;
beforeAll(async () => {
  ({ path: k6 } = await findK6({ log: () => {} }));
}, 600_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-campaign-'));
  order = orderOf('off');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** One run under load, whose mails are followed for five hours. */
function orderOf(coupling: string): LoadOrder {
  const fixed = fixOrder({
    workload: morning,
    sizing: { seed: 11, probesPerRun: 50, mostPerRun: 500, mailDomain: 'guichet.test' },
    ...{ coupling, perSecond: 30, runs: 3 },
  });
  const kept = { ...fixed, arms: ['load' as const], protocol: { ...fixed.protocol, tauHours: 5 } };
  keepOrder(folder, kept);
  writeFileSync(
    join(folder, 'calibration.json'),
    JSON.stringify({ perMinute: 60_000, requestsPerSecond: 5000, own: { p95Ms: 1, p99Ms: 2 } }),
  );
  return kept;
}

const drive = (over: Partial<Campaign> = {}) =>
  driveCampaign({
    ...{ folder, order, k6, wire: embeddedWire, signal: new AbortController().signal },
    ...{ print: () => {}, onProgress: () => {}, ...over },
  });
const rowsNow = () => {
  const ledger = openLedger(join(folder, 'ledger.sqlite'));
  const rows = ledger.rows();
  ledger.close();
  return rows;
};
/** Demandes that the extranet has taken, by SIRET: the truth beside the ledger. */
const taken = () => {
  const database = new DatabaseSync(join(folder, 'run-01', 'extranet.sqlite'), { readOnly: true });
  const sirets = database
    .prepare('SELECT siret FROM demandes')
    .all()
    .map(({ siret }) => String(siret));
  const lost = Number(
    database.prepare("SELECT count(*) AS lost FROM courriers WHERE etat = 'perdu'").get()?.lost,
  );
  database.close();
  return { sirets, lost };
};
/** Calls back once, in mid-run. */
const halfway = (act: () => void) => {
  let acted = false;
  return ({ ended }: Progress) => {
    if (acted || ended < 30) return;
    acted = true;
    act();
  };
};
/** Whatever happened before: nothing was sent twice, and what was accepted has its three mails, once each. */
function expectWhole(results: Awaited<ReturnType<typeof drive>>): void {
  expect(results).toMatchObject({ finished: true, lost: [], doubled: [], unexpected: [], crossed: [] });
  const { sirets } = taken();
  expect(new Set(sirets).size).toBe(sirets.length);
  const rows = rowsNow();
  // A second ENVOYER of the same person would be refused.
  expect(rows.filter(({ state }) => state === 'refused' || state === 'planned')).toEqual([]);
  const accepted = rows.filter(({ state, expects }) => state === 'accepted' && expects.length > 0);
  expect(accepted.every(({ mails }) => mails.length === 3)).toBe(true);
  expect(accepted.every(({ siret }) => sirets.includes(siret))).toBe(true);
  expect(loadResults.parse(JSON.parse(readFileSync(join(folder, 'load.json'), 'utf8')))).toEqual(results);
}

test('accounts for every visit and mail; corrected forms are sent once, who leaves expects nothing', async () => {
  const results = await drive({ share: shareOf({ passed: ['--out', 'csv=/elsewhere/k6.csv.gz'] }) });
  expectWhole(results);
  expect(results.totals.visits).toEqual({
    ...{ planned: 0, accepted: 90, refused: 0, dropped: 0, errored: 0, unknown: 0 },
  });
  const demandes = rowsNow().filter(({ expects }) => expects.length > 0).length;
  expect(results.totals.mails).toMatchObject({ expected: 3 * demandes, received: 3 * demandes });
  expect(taken().sirets).toHaveLength(demandes);
  // Times of ENVOYER, and what part of them the generator itself is: it takes 1 ms, as calibrated.
  const [{ envoyer, visitDurations } = {}] = results.runs;
  expect(envoyer?.p95Ms).toBeGreaterThan(0);
  expect(envoyer?.p99Ms).toBeLessThan(visitDurations?.p99Ms ?? 0);
  expect(envoyer?.ownP95).toBeCloseTo(Math.min(1, 1 / (envoyer?.p95Ms ?? 0)), 9);
  // k6's samples come into the folder of the run, and their steps into the report.
  expect(readdirSync(join(folder, 'run-01'))).toContain('k6.csv.gz');
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(
    /«\sENVOYER\s»\s:\s\d+\srequêtes du premier/,
  );
  // Nothing that was typed in secret lies in the folder of the campaign.
  expect(readFileSync(join(folder, 'ledger.sqlite')).includes('reponse=')).toBe(false);
  expect(readdirSync(join(folder, 'run-01'))).not.toContain('plan.json');
}, 90_000);

test('three k6 that share it make the same ledger as one', async () => {
  const told = () =>
    rowsNow().map(({ id, siret, courriel, state, expects, mails }) => ({
      ...{ id, siret, courriel, state, expects },
      mails: mails.map(({ kind }) => kind).sort(),
    }));
  expectWhole(await drive());
  const alone = told();
  for (const name of readdirSync(folder).filter((one) => one.startsWith('run-') || one.startsWith('ledger.')))
    rmSync(join(folder, name), { recursive: true });
  const results = await drive({ share: shareOf({ segments: 3 }) });
  expectWhole(results);
  expect(told()).toEqual(alone);
  expect(readdirSync(join(folder, 'run-01')).filter((name) => name.startsWith('k6-summary'))).toHaveLength(3);
  // Of all three: percentiles of parts cannot be joined.
  expect(results.runs[0]?.envoyer?.p95Ms).toBeGreaterThan(0);
}, 120_000);

test('counts the lost mails exactly', async () => {
  order = orderOf('lossy');
  const results = await drive();
  const { lost } = taken();
  expect(lost).toBeGreaterThan(0);
  expect(results.totals.mails.lost).toBe(lost);
  expect(results.lost).toHaveLength(lost);
  expect(new Set(results.lost.map(({ kind }) => kind))).toEqual(new Set(['identifiant']));
  expect(results.exitCode).toBe(1);
}, 90_000);

test('stopped by the operator, goes on where it was', async () => {
  const stop = new AbortController();
  const first = await drive({ signal: stop.signal, onProgress: halfway(() => stop.abort()) });
  expect(first).toMatchObject({ finished: false, exitCode: 3 });
  expect(first.stopped).toContain('GUICHET_LOAD_STOPPED');
  expect(first.totals.visits.planned).toBeGreaterThan(0);
  const before = rowsNow()
    .filter(({ state }) => state === 'accepted')
    .map(({ id }) => id);
  expect(before.length).toBeGreaterThan(20);
  expectWhole(await drive());
  const after = new Map(rowsNow().map((row) => [row.id, row.state]));
  expect(before.every((id) => after.get(id) === 'accepted')).toBe(true);
}, 120_000);

test('a killed k6 ends the run, and nothing is sent twice', async () => {
  const wrapper = join(folder, 'k6.sh');
  writeFileSync(wrapper, `#!/bin/sh\nexec timeout -s KILL 3 "${k6}" "$@"\n`);
  chmodSync(wrapper, 0o755);
  const first = await drive({ k6: wrapper });
  expect(first.stopped).toMatch(/k6 ended with (137|SIGKILL)/);
  expect(first.exitCode).toBe(3);
  expectWhole(await drive());
}, 120_000);

test('a target that dies in mid-run leaves what was known, and goes on', async () => {
  const die = () => {
    const mine = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'stage-process.ts'], {
      encoding: 'utf8',
    });
    process.kill(Number(mine.trim().split('\n')[0]), 'SIGKILL');
  };
  const first = await drive({ onProgress: halfway(die) });
  expect(first).toMatchObject({ finished: false, exitCode: 3 });
  expect(first.stopped).toMatch(/GUICHET_(TARGET_UNREACHABLE|MAILBOX_UNREACHABLE|LOAD_STOPPED)/);
  expect(first.totals.visits.accepted).toBeGreaterThan(20);
  const second = await drive();
  expect(second.finished).toBe(true);
  const { sirets } = taken();
  expect(new Set(sirets).size).toBe(sirets.length);
}, 120_000);

test('a disk that is full stops the run; the ledger keeps what it took', async () => {
  let left = 60;
  const full = (path: string) => {
    const ledger = openLedger(path);
    return {
      ...ledger,
      outcome: (...word: Parameters<typeof ledger.outcome>) => {
        if (left-- <= 0) throw new GuichetError('GUICHET_HARNESS', 'database or disk is full.');
        return ledger.outcome(...word);
      },
    };
  };
  const first = await drive({ openLedger: full });
  expect(first).toMatchObject({ finished: false, exitCode: 3 });
  expect(first.stopped).toContain('disk is full');
  const settled = rowsNow().filter(({ state }) => state !== 'planned');
  expect(settled.length).toBeGreaterThan(20);
  expect(settled.length).toBeLessThan(90);
  const second = await drive();
  expect(second.finished).toBe(true);
  const { sirets } = taken();
  expect(new Set(sirets).size).toBe(sirets.length);
}, 120_000);

test('a killed guichet goes on: what was in flight is settled by its mails, and never sent again', async () => {
  const script = `
    import { driveCampaign } from ${JSON.stringify(new URL('campaign.ts', import.meta.url).href)};
    import { readOrder } from ${JSON.stringify(new URL('order.ts', import.meta.url).href)};
    import { readFileSync } from 'node:fs';
    const folder = ${JSON.stringify(folder)};
    await driveCampaign({
      folder, order: readOrder(folder), k6: ${JSON.stringify(k6)},
      wire: ${JSON.stringify(embeddedWire)}, signal: new AbortController().signal, print: () => {},
      onProgress: ({ ended }) => ended >= 30 && console.log('halfway'),
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  // Its extranet ends with its input, its k6 for want of turns.
  await wait(1000);
  const before = rowsNow();
  expect(before.filter(({ state }) => state === 'planned').length).toBeGreaterThan(0);
  const second = await drive();
  expect(second.finished).toBe(true);
  const { sirets } = taken();
  expect(new Set(sirets).size).toBe(sirets.length);
  expect(second).toMatchObject({ doubled: [], unexpected: [], crossed: [], lost: [] });
  const after = new Map(rowsNow().map((row) => [row.id, row.state]));
  // What no answer was known of, its mails have told.
  expect(rowsNow().filter(({ state, mails }) => state === 'unknown' && mails.length > 0)).toEqual([]);
  for (const { id, state } of before) if (state === 'accepted') expect(after.get(id)).toBe('accepted');
}, 120_000);

test('a campaign that is driven already is left alone', async () => {
  const first = drive();
  await wait(300);
  await expect(drive()).rejects.toThrow(/GUICHET_USAGE: .* is being driven by another process/);
  await first;
}, 90_000);
