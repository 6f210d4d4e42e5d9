import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Results } from '../../reports/results.ts';
import { writeReports } from '../../reports/write.ts';
import type { Waiver } from '../judge/waivers.ts';
import type { TargetProfile } from '../target/profile.ts';
import { assemble } from './assemble.ts';
import { readJournal } from './journal.ts';
import { leaksIn, secretsVariable } from './leaks.ts';
import { play } from './play.ts';
import { seal } from './seal.ts';
import type { Selection } from './selection.ts';

/** What was asked for, checked. */
export type Order = {
  seed: number;
  /** The day that waivers are judged on, YYYY-MM-DD. */
  today: string;
  strict: boolean;
  words: string[];
  /** What a replay needs besides the seed. */
  flags: string[];
  workers?: number;
  fault?: string;
  gate?: 'release';
  /** Path of the waivers' file. */
  waivers?: string;
  /** Absolute path of the profile; the embedded extranet when absent. */
  target?: string;
};

/** What is judged, by what. */
type Subject = {
  root: string;
  selection: Selection;
  waivers: readonly Waiver[];
  profile: TargetProfile;
};

/**
 * Plays the scenarios, judges what the journal says, whole or cut short, and writes the reports. A secret that stands in any of
 * them makes the campaign inconclusive.
 */
export async function runCampaign(
  order: Order,
  { root, selection, waivers, profile }: Subject,
  signal: AbortSignal,
): Promise<{ folder: string; results: Results }> {
  const { seed, strict, words, flags, fault, target, gate, today } = order;
  const startedAt = new Date().toISOString();
  const id = `${startedAt.slice(0, 19).replaceAll(':', '-')}-check-${process.pid}`;
  const folder = join(root, 'reports', 'out', id);
  mkdirSync(folder, { recursive: true });
  // Outside the campaign, which is shown around.
  const scratch = mkdtempSync(join(tmpdir(), 'guichet-secrets-'));
  const secretsFile = join(scratch, 'secrets');
  writeFileSync(secretsFile, '', { mode: 0o600 });
  const played = await play(selection.files, {
    root,
    ...(order.workers ? { workers: order.workers } : {}),
    signal,
    environment: {
      ...process.env,
      GUICHET_CAMPAIGN: folder,
      GUICHET_SEED: String(seed),
      [secretsVariable]: secretsFile,
      ...(target ? { GUICHET_TARGET: target } : {}),
      ...(fault ? { GUICHET_FAULT: fault } : {}),
    },
  });
  rmSync(join(folder, 'playwright'), { recursive: true, force: true });
  const journal = readJournal(folder);
  const started = signal.aborted || journal.some(({ kind }) => kind === 'begin');
  const secrets = readFileSync(secretsFile, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  rmSync(scratch, { recursive: true, force: true });
  const assembled = (faults: string[]) =>
    assemble(
      journal,
      {
        folder,
        guichet: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
        facts: { id, startedAt, seed, strict, ...(gate ? { gate } : {}), selection: words, flags },
        target: { name: profile.name, baseUrl: profile.baseUrl, ...(fault ? { fault } : {}) },
        faults: [
          ...(started ? [] : [`Playwright n’a pas démarré : ${played.stderr.trim().split('\n')[0] ?? ''}`]),
          ...faults,
        ],
      },
      { scope: selection.scope, inapplicable: profile.inapplicable, strict, waivers, today, gate },
    );
  await writeReports(folder, assembled([]));
  const leaks = leaksIn(folder, secrets);
  const results = assembled(
    leaks.map((file) => `un secret figure en clair dans ${file} : ne diffusez pas cette campagne`),
  );
  if (leaks.length > 0) await writeReports(folder, results);
  seal(folder);
  return { folder, results };
}
