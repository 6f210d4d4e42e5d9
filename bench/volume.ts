/**
 * A campaign of volume: `covid-week` (3 runs without load, 3 under load, judged) of 10,000 demandes and then of 100,000,
 * with their 300,000 mails, by the command itself: `node bench/volume.ts [RATE] [DEMANDES...]`, RATE in visits a second
 * (default 150), one campaign for each number of DEMANDES (default 10000 100000). Goals: every demande is accepted, each of
 * its three mails is in the ledger, the mailbox and the extranet's own book, once; the memory of no process grows as the
 * mails do (ratios); the report opens in under 2 s. Linux; the folders (1.5 GB) go unless KEEP is set.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import type { LoadResults } from '../reports/load-results.ts';
import { watchMemory } from './process-memory.ts';
import { openingGoal, openingOf, showingOf } from './report-opening.ts';

const [rate = '150', ...sizes] = process.argv.slice(2);
const runs = 3;
const probes = 60;
/** Of the mails that fly before and after each run, to prove the way. */
const canaries = 8;

let bad = 0;
const check = (fine: boolean, what: string) => {
  if (!fine) bad++;
  console.log(`${fine ? 'ok  ' : 'FAIL'} ${what}`);
};
const load = () =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');
const say = (count: number) => count.toLocaleString('en');
const megabytes = (bytes: number) => `${say(Math.round(bytes / 1e6))} MB`;

/** Drives a campaign of so many demandes at least, and answers its folder and the peaks of memory. */
async function drive(
  demandes: number,
): Promise<{ folder: string; peaks: Record<string, number>; minutes: number }> {
  // Who leaves is drawn: one in a hundred more, so that there are enough.
  const background = Math.ceil((1.01 * (demandes - 2 * runs * probes)) / runs);
  const args = ['load', 'covid-week', '--seed', '2026', '--runs', String(runs), '--probes', String(probes)];
  const started = performance.now();
  const child = spawn(
    process.execPath,
    ['harness/cli.ts', ...args, '--demandes', String(background), '--rate', rate],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const memory = watchMemory(child.pid ?? 0, (command) => {
    if (command.includes('stage-process.ts')) return 'extranet';
    return command.includes('k6 run') || /k6-\S+ run/.test(command) ? 'k6' : undefined;
  });
  let said = '';
  for await (const line of createInterface({ input: child.stdout })) {
    said += `${line}\n`;
    console.log(`     ${line}`);
  }
  const folder = /^Dossier : (.+)$/m.exec(said)?.[1];
  if (!folder) throw new Error('the campaign did not start');
  return { folder, peaks: memory.stop(), minutes: (performance.now() - started) / 60_000 };
}

function ask(file: string, sql: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  } finally {
    database.close();
  }
}

function bytesOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

/** Holds the ledger against the mailbox and the extranet's own book of each run. */
function account(folder: string, demandes: number): void {
  const { totals, runs, exitCode, judgement } = JSON.parse(
    readFileSync(join(folder, 'load.json'), 'utf8'),
  ) as LoadResults;
  const ledger = join(folder, 'ledger.sqlite');
  const accepted = ask(
    ledger,
    "SELECT count(*) FROM submissions WHERE state = 'accepted' AND expects <> '[]'",
  );
  const whole = ask(
    ledger,
    `SELECT count(*) FROM (SELECT submission FROM mails GROUP BY submission HAVING count(*) = 3 AND count(DISTINCT kind) = 3
     AND max(kind = 'other') = 0)`,
  );
  const noted = ask(ledger, 'SELECT count(*) FROM mails');
  const places = runs.map(({ run }) => join(folder, `run-${String(run).padStart(2, '0')}`));
  const sum = (name: string, sql: string) =>
    places.reduce((all, place) => all + ask(join(place, name), sql), 0);
  const taken = sum('extranet.sqlite', 'SELECT count(*) FROM demandes');
  const handed = sum('extranet.sqlite', "SELECT count(*) FROM courriers WHERE etat = 'accepté'");
  const kept = sum('mails.sqlite', 'SELECT count(*) FROM mails') - canaries * places.length;
  const { planned, refused, dropped, errored, unknown } = totals.visits;
  check(accepted >= demandes, `${say(accepted)} demandes accepted, ${say(demandes)} wanted`);
  check(
    planned + refused + dropped + errored + unknown === 0,
    `of ${say(totals.visits.accepted)} visits none refused, dropped, in error or unknown (${refused}, ${dropped}, ${errored}, ${unknown})`,
  );
  check(taken === accepted, `${say(taken)} demandes in the stores of the extranet`);
  check(
    whole === accepted && noted === 3 * accepted,
    `${say(noted)} mails in the ledger, three kinds once for ${say(whole)} demandes`,
  );
  check(
    handed === noted && kept === noted,
    `${say(handed)} handed over by the extranet, ${say(kept)} in the mailboxes`,
  );
  const { lost, doubled, unexpected, crossed } = totals.mails;
  check(
    lost + doubled + unexpected + crossed === 0,
    `lost, doubled, unexpected, crossed: ${lost}, ${doubled}, ${unexpected}, ${crossed}`,
  );
  console.log(`     verdict ${judgement?.verdict}, exit ${exitCode}; ${megabytes(bytesOf(folder))} on disk`);
}

console.log(`${cpus().length} cores, load average ${load()} at the start, ${rate} visits/s at most`);
const all: { demandes: number; peaks: Record<string, number> }[] = [];
for (const demandes of sizes.length > 0 ? sizes.map(Number) : [10_000, 100_000]) {
  const { folder, peaks, minutes } = await drive(demandes);
  console.log(`${say(demandes)} demandes: ${minutes.toFixed(1)} min, load average ${load()}`);
  account(folder, demandes);
  const { loadMs, paintMs, bytes } = await openingOf(folder);
  check(
    Math.max(loadMs, paintMs) < openingGoal,
    `the report of ${Math.round(bytes / 1000)} kB is loaded after ${Math.round(loadMs)} ms, painted after ${Math.round(paintMs)} ms`,
  );
  for (const { format, ms } of await showingOf(folder))
    console.log(`     guichet report --format ${format}: ${Math.round(ms)} ms`);
  all.push({ demandes, peaks });
  for (const [kind, bytes] of Object.entries(peaks))
    console.log(`     ${kind.padEnd(9)} ${megabytes(bytes)} at most`);
  if (process.env.KEEP) console.log(`     kept: ${folder}`);
  else if (existsSync(folder)) rmSync(folder, { recursive: true });
}
const [small, large] = [all[0], all.at(-1)];
if (small && large && small !== large)
  for (const [kind, bytes] of Object.entries(large.peaks)) {
    const ratio = bytes / (small.peaks[kind] ?? Number.NaN);
    console.log(
      `     ${kind.padEnd(9)} ${ratio.toFixed(1)} times the memory for ${large.demandes / small.demandes} times the demandes`,
    );
  }
process.exitCode = bad === 0 ? 0 : 1;
