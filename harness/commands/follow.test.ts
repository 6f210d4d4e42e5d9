import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLedger } from '../ledger/ledger.ts';
import { takeLock } from '../ledger/lock.ts';
import { openSiretStore } from '../ledger/siret-store.ts';
import { decode } from '../mail/message.ts';
import { type Embedded, startEmbedded } from '../target/embedded.ts';
import { openTarget, type Target } from '../target/target.ts';

// The embedded extranet in the part of a target whose clock nobody can advance. Two days pass by telling its profile and
// the campaign's journal that they are over.

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = join(root, 'reports', 'out');
const scratch = mkdtempSync(join(tmpdir(), 'guichet-follow-'));
const profile = join(scratch, 'real.json');
let embedded: Embedded;
let target: Target;

beforeAll(async () => {
  embedded = await startEmbedded();
  target = await openTarget(embedded.profile, embedded.environment);
  tellDeadline(48);
});
afterAll(async () => {
  await target.close();
  await embedded.close();
  rmSync(scratch, { recursive: true });
});

function tellDeadline(deadlineHours: number): void {
  const clock = { kind: 'real', graceMinutes: 0 };
  const sirets = { kind: 'range', from: '99000000200000', to: '99000000200499' };
  writeFileSync(
    profile,
    JSON.stringify({ ...embedded.profile, clock, sirets, deadlineHours, notification: undefined }),
  );
}

function start(...args: string[]): {
  child: ChildProcess;
  ended: Promise<{ status: number | null; out: string }>;
} {
  const env = { ...process.env, NO_COLOR: '1', ...embedded.environment };
  const child = spawn(process.execPath, ['harness/cli.ts', ...args], { cwd: root, env });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  const ended = new Promise<{ status: number | null; out: string }>((resolve) =>
    child.once('close', (status) => resolve({ status, out: text })),
  );
  return { child, ended };
}

const check = () => start('check', 'mails', '--target', profile);
const follow = (campaign: string) => start('follow', campaign);
const campaignsOf = (child: ChildProcess) =>
  readdirSync(out).filter((name) => name.endsWith(`-check-${child.pid}`));

/** Resolves when a file of that name is there. */
function whenThere(folder: string, name: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, () => look());
    const look = () => {
      if (!existsSync(join(folder, name))) return;
      watcher.close();
      resolve();
    };
    look();
  });
}

/** The SIRETs that are noted as used up, beside the profile. */
function usedSirets(): string[] {
  const store = openSiretStore(join(scratch, 'real.sirets.sqlite'), []);
  try {
    return store.used();
  } finally {
    store.close();
  }
}

function rowsOf(campaign: string) {
  const ledger = openLedger(join(out, campaign, 'ledger.sqlite'));
  try {
    return ledger.rows();
  } finally {
    ledger.close();
  }
}

async function passTwoDays(campaign: string): Promise<void> {
  const now = await target.now();
  await target.advanceTo(new Date(now.getTime() + 48 * 3_600_000));
  const sent = Math.min(...rowsOf(campaign).map(({ planned }) => planned.getTime()));
  tellDeadline((Date.now() - sent) / 3_600_000);
  const journal = join(out, campaign, 'journal.jsonl');
  const past = readFileSync(journal, 'utf8').replace(/"due":"[^"]*"/g, `"due":"${new Date().toISOString()}"`);
  writeFileSync(journal, past);
}

test('a check on a real clock is too early; follow-ups, killed or two at once, judge it and send nothing', async () => {
  const first = check();
  const checked = await first.ended;
  expect(checked.out).toMatch(/trop tôt : 2 scénario\(s\) attendent leurs mails ; verdict à partir du /);
  expect(checked.status).toBe(3);
  const [campaign = ''] = campaignsOf(first.child);
  const sent = rowsOf(campaign);
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.filter(({ state }) => state !== 'accepted')).toEqual([]);
  expect(usedSirets()).toEqual(sent.map(({ siret }) => siret).sort());

  const early = await follow(campaign).ended;
  expect(early.out).toMatch(/6 mails dus : 0 à temps, 0 en retard, 0 manquant, 6 trop tôt/);
  expect(early.status).toBe(3);

  await passTwoDays(campaign);
  const killed = follow(campaign);
  await whenThere(join(out, campaign), 'journal.follow-1.jsonl');
  killed.child.kill('SIGKILL');
  await killed.ended;

  const both = await Promise.all([follow(campaign).ended, follow(campaign).ended]);
  const texts = both.map((run) => run.out).join('\n');
  expect(texts).toMatch(/Un autre suivi de cette campagne est en cours/);
  expect(texts).toMatch(/6 mails dus : 6 à temps, 0 en retard, 0 manquant, 0 trop tôt/);
  expect(texts).toMatch(/✔02 ✔03 ✔04 ✔05 ✔06 ✔07 ✔08 ✔09/);
  expect(both.map(({ status }) => status).sort()).toEqual([0, 3]);

  // The target has forgotten them once all is over.
  expect(usedSirets()).toEqual([]);
  // No demande went out again, and the campaign's own purge list holds them.
  expect(rowsOf(campaign).map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
  expect(
    readFileSync(join(out, campaign, 'purge.csv'), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(1 + sent.length);
}, 180_000);

test('a check that is killed loses no demande, and its follow-up sends none', async () => {
  tellDeadline(48);
  const { child, ended } = check();
  // The first scenario waits for its mails; the second one is somewhere on its way.
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => chunk.includes('[1/2]') && resolve());
  });
  const [campaign = ''] = campaignsOf(child);
  child.kill('SIGKILL');
  await ended;
  const sent = rowsOf(campaign);
  await passTwoDays(campaign);
  const followed = await follow(campaign).ended;
  expect(followed.out).toMatch(new RegExp(`${sent[0]?.siret}  ${sent[0]?.courriel}`));
  expect(followed.status).toBe(3);
  expect(rowsOf(campaign).map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
  await target.advanceTo(new Date((await target.now()).getTime() + 48 * 3_600_000));
  for (const { courriel } of rowsOf(campaign)) {
    const mails = await target.mailbox.mailsTo(courriel);
    const texts = await Promise.all(mails.map(async ({ raw }) => (await decode(raw)).text));
    expect(texts.filter((text) => /Identifiant : /.test(text)).length).toBeLessThanOrEqual(1);
  }
}, 120_000);

test('one lock at a time, given back with the process that holds it', () => {
  const path = join(scratch, 'lock');
  const release = takeLock(path);
  expect(release).toBeDefined();
  expect(takeLock(path)).toBeUndefined();
  release?.();
  const again = takeLock(path);
  expect(again).toBeDefined();
  again?.();
});

test.each([
  ['nothing', [], /One campaign is needed/],
  ['a folder that is no campaign', ['2020-nothing'], /holds no campaign of "guichet check"/],
])('%s is a usage error', async (_what, args, said) => {
  const { status, out: text } = await start('follow', ...args).ended;
  expect(text).toMatch(said);
  expect(status).toBe(2);
});
