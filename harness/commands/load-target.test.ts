import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as until } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedWire } from '../../load/wire.ts';
import { type RealLoadResults, realLoadResults } from '../../reports/real-load-results.ts';
import { openCalibration } from '../judge/campaign-runs.ts';
import { openLedger } from '../ledger/ledger.ts';
import { readRealOrder } from '../load/real-order.ts';
import { unshared } from '../load/share.ts';
import { type Embedded, startEmbedded } from '../target/embedded.ts';
import { findK6 } from '../toolchain/k6.ts';
import { dryRunOnTarget, followOnTarget, goOn, startOnTarget } from './load-target.ts';

// The extranet on a scaled clock, which the harness is told to be a real one. Faster, and its security codes would expire
// before they are typed; so the promise here is of five and a half of its hours, which pass in twenty seconds.
const speed = 1000;
const deadlineHours = 5.556 / speed;
const graceMinutes = 2 / 60;
const scratch = mkdtempSync(join(tmpdir(), 'guichet-real-load-'));
const targets: Embedded[] = [];

beforeAll(async () => {
  await findK6({ log: (line) => process.stdout.write(`${line}\n`) });
}, 600_000);
afterAll(async () => {
  await Promise.all(targets.map((each) => each.close()));
  rmSync(scratch, { recursive: true });
});

/** One campaign on an extranet of its own, from a Monday morning on. */
async function stage(name: string, { fault, agents = 60 }: { fault?: string; agents?: number } = {}) {
  const start = new Date('2026-03-02T08:30:00+01:00');
  const embedded = await startEmbedded({ speed, start, agents, ...(fault ? { fault } : {}) });
  targets.push(embedded);
  const file = join(scratch, `${name}.json`);
  const sirets = { kind: 'range', from: '99000000200000', to: '99000000299999', once: true };
  const clock = { kind: 'real', graceMinutes };
  writeFileSync(file, JSON.stringify({ ...embedded.profile, name, clock, deadlineHours, sirets }));
  const out = join(scratch, name);
  const said: string[] = [];
  const around = {
    ...{ signal: new AbortController().signal, share: unshared, wire: embeddedWire, out },
    screen: { write: (text: string) => void said.push(text) },
    keyboard: process.stdin,
    environment: { ...process.env, ...embedded.environment },
  };
  const asked = {
    ...{ file, workload: { smoke: 160, perMinute: 1200 }, limit: 0.02 },
    sizing: { seed: 5, probesPerRun: 1, mostPerRun: 1 },
  };
  const folder = () => join(out, readdirSync(out)[0] ?? '');
  const order = () => {
    const kept = readRealOrder(folder());
    if (!kept) throw new Error('no order');
    return kept;
  };
  const results = () => realLoadResults.parse(JSON.parse(readFileSync(join(folder(), 'load.json'), 'utf8')));
  const rows = () => {
    const ledger = openLedger(join(folder(), 'ledger.sqlite'));
    try {
      return ledger.rows();
    } finally {
      ledger.close();
    }
  };
  return { embedded, asked, around, said, folder, order, results, rows };
}

type Mails = RealLoadResults['mails'];

const freeOf = (page: string) => Number(/(\d+) libres?/.exec(page)?.[1]);

/** The verdict's date is what is waited for: nothing tells it before. */
const tillVerdict = async (verdictAt: string) =>
  await until(Math.max(0, Date.parse(verdictAt) - Date.now()) + 50);

describe.concurrent('load on a target whose clock is real', () => {
  it('is sent, killed, resumed, followed, and judged after the deadline: no breach', async () => {
    const { embedded, asked, around, folder, order, results, rows, said } = await stage('sain');
    const free = freeOf(dryRunOnTarget(asked).page);
    const script = `
      import { startOnTarget } from ${JSON.stringify(new URL('load-target.ts', import.meta.url).href)};
      import { unshared } from ${JSON.stringify(new URL('../load/share.ts', import.meta.url).href)};
      await startOnTarget(${JSON.stringify(asked)}, {
        signal: new AbortController().signal, share: unshared, wire: ${JSON.stringify(embeddedWire)},
        screen: { write: () => {} }, keyboard: process.stdin, out: ${JSON.stringify(around.out)},
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, ...embedded.environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    await expect
      .poll(() => rows().filter(({ state }) => state === 'accepted').length, { timeout: 60_000 })
      .toBeGreaterThan(20);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect(rows().filter(({ state }) => state === 'planned').length).toBeGreaterThan(20);

    expect(await goOn(folder(), order(), around)).toBe(3);
    const first = results();
    expect(first).toMatchObject({ sent: true, provisional: true, exitCode: 3, faults: [], crossed: [] });
    expect(first.visits).toMatchObject({ planned: 0, refused: 0, errored: 0 });
    expect(said.join('')).toContain('Trop tôt : verdict à partir du');

    const lines: string[] = [];
    const follow = () => followOnTarget(folder(), order(), (line) => lines.push(line), around);
    expect(await follow()).toBe(3);
    await tillVerdict(first.verdictAt);
    const exit = await follow();
    expect(results()).toMatchObject({ provisional: false, faults: [], crossed: [] });
    // Who was on the way when it was killed was sent and has its mails, or was not sent.
    const [served, untold] = [true, false].map((one) =>
      rows().filter(({ mails }) => (mails.length === 3) === one),
    );
    expect(untold?.every(({ state, mails }) => state === 'unknown' && mails.length === 0)).toBe(true);
    expect(results().breaches).toMatchObject({ due: served?.length, failed: 0 });
    const isSure = (untold?.length ?? 0) <= 0.05 * 160;
    expect(exit).toBe(isSure ? 0 : 3);
    expect(lines.join('\n')).toContain(
      isSure ? '✔ Aucun manquement : le taux est estimé à moins de 2 %' : 'n’ont pas été envoyées',
    );
    // Nothing was sent twice, and each SIRET served once.
    expect(served?.every(({ state }) => state === 'accepted')).toBe(true);
    expect(new Set(rows().map(({ siret }) => siret)).size).toBe(160);
    expect(readFileSync(join(folder(), 'purge.csv'), 'utf8').trim().split('\n')).toHaveLength(161);
    // The target has a door that forgets them: they serve again.
    expect(freeOf(dryRunOnTarget(asked).page)).toBe(free);
    // The forecast reads it too.
    expect(openCalibration(folder()).runs[0]?.submissions).toHaveLength(160);
  }, 180_000);

  it.each([
    ['loses a mail', { fault: 'password-mail-lost' }, (mails: Mails) => mails.missing === 160],
    ['sends one twice', { fault: 'identifier-mail-sent-twice' }, (mails: Mails) => mails.doubled === 160],
    ['has too few agents', { agents: 3 }, ({ late, missing }: Mails) => late + missing > 50 && late > 0],
  ] as const)(
    'is 1 on an extranet that %s',
    async (name, broken, isSeen) => {
      const { asked, around, folder, order, results, rows } = await stage(name.replaceAll(' ', '-'), broken);
      await startOnTarget(asked, around);
      expect(rows().every(({ state }) => state === 'accepted')).toBe(true);
      await tillVerdict(results().verdictAt);
      expect(await followOnTarget(folder(), order(), () => {}, around)).toBe(1);
      expect(results().mails).toSatisfy(isSeen);
    },
    180_000,
  );

  it('tells its plan and sends nothing', async () => {
    const { embedded, asked } = await stage('plan');
    const { page, exitCode } = dryRunOnTarget(asked);
    expect(exitCode).toBe(0);
    expect(page).toContain('Visites    : 160, dont 160 demandes ; 1 200/min au plus fort');
    expect(page).toMatch(/SIRET {6}: 160 utilisés au plus, \d{4,} libres dans le profil/);
    const mailbox = await fetch(`${embedded.mailUrl}/api/v2/messages`).then((answer) => answer.json());
    expect(mailbox.total).toBe(0);
  });

  it.each([
    [
      'load',
      { load: { rate: 1199, total: 1000 } },
      /GUICHET_CAP_EXCEEDED: .*1200 submissions a minute, 1199 allowed/,
    ],
    ['maxSubmissions', { maxSubmissions: 159 }, /GUICHET_CAP_EXCEEDED: .*160 in all, 159 allowed/],
    ['captcha', { captcha: { kind: 'manual' } }, /GUICHET_PROFILE_INVALID: captcha.kind is "manual"/],
  ])(
    'refuses what %s of the profile does not allow, dry or not, before there is a folder',
    async (key, change, said) => {
      const { asked, around } = await stage(`refus-${key}`);
      const profile = JSON.parse(readFileSync(asked.file, 'utf8'));
      writeFileSync(asked.file, JSON.stringify({ ...profile, ...change }));
      expect(() => dryRunOnTarget(asked)).toThrow(said);
      await expect(startOnTarget(asked, around)).rejects.toThrow(said);
      expect(existsSync(around.out)).toBe(false);
    },
  );

  it('takes no SIRET when there are too few, and what is left behind is judged as nothing', async () => {
    const { asked, around, folder, order } = await stage('epuise');
    const profile = JSON.parse(readFileSync(asked.file, 'utf8'));
    const available = ['73282932000074', '99000000200002'];
    writeFileSync(asked.file, JSON.stringify({ ...profile, sirets: { kind: 'list', available } }));
    expect(dryRunOnTarget(asked)).toMatchObject({ exitCode: 3, page: expect.stringContaining('2 libres') });
    await expect(startOnTarget(asked, around)).rejects.toMatchObject({
      ...{ code: 'GUICHET_SIRETS_EXHAUSTED', exit: 3 },
    });
    expect(dryRunOnTarget(asked).page).toContain('2 libres dans le profil : il en manque');
    const lines: string[] = [];
    expect(await followOnTarget(folder(), order(), (line) => lines.push(line), around)).toBe(3);
    expect(lines.join('\n')).toContain('Reprendre : npx guichet load --resume');
  });

  it('refuses a target whose clock is moved by hand', async () => {
    const { asked, embedded } = await stage('virtuel');
    writeFileSync(asked.file, JSON.stringify(embedded.profile));
    expect(() => dryRunOnTarget(asked)).toThrow(/^GUICHET_USAGE: .*clock\.kind is "advance"/);
  });
});
