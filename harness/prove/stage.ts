import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Plan, planVariable, type Run } from '../campaign/plan.ts';
import { play } from '../campaign/play.ts';
import { GuichetError } from '../errors.ts';
import { type PlayedRun, readRuns } from './journal.ts';

/** Where runs are played, and what they have in common. */
export type Stage = {
  root: string;
  folder: string;
  seed: number;
  /** The look of the extranet; the plain one when absent. */
  skin?: string | undefined;
  /** Requirements that this look fails by itself: what is said of them is no finding. */
  excused: readonly string[];
  workers?: number;
  signal: AbortSignal;
};

/**
 * Plays those runs that the journal does not hold yet and answers them all, in their order. After Ctrl+C it answers
 * what there is. Throws `GUICHET_HARNESS` when Playwright left some out for another reason.
 */
export async function playRuns(stage: Stage, runs: readonly Run[]): Promise<PlayedRun[]> {
  const known = new Set(readRuns(stage.folder).map(({ key }) => key));
  const missing = runs.filter(({ key }) => !known.has(key));
  const stderr = missing.length > 0 ? await playPlan(stage, { runs: missing, recordsRules: false }) : '';
  const played = new Map(readRuns(stage.folder).map((run) => [run.key, run]));
  const found = findings(
    stage,
    runs.flatMap(({ key }) => played.get(key) ?? []),
  );
  if (found.length < runs.length && !stage.signal.aborted)
    throw notPlayed(runs.length - found.length, stderr);
  return found;
}

/** Plays every scenario once on the sound extranet and notes the rules that each reads. Resumed, it starts anew. */
export async function soundOut(stage: Stage): Promise<PlayedRun[]> {
  const before = readRuns(stage.folder).length;
  const stderr = await playPlan(stage, { recordsRules: true });
  const played = readRuns(stage.folder).slice(before);
  if (played.length === 0 && !stage.signal.aborted) throw notPlayed('all', stderr);
  return findings(stage, played);
}

/** The runs without what the look of the extranet fails by itself. */
export function findings({ excused }: Stage, runs: readonly PlayedRun[]): PlayedRun[] {
  const counts = ({ id }: { id: string }) => !excused.includes(id);
  return runs.map((run) => ({ ...run, red: run.red.filter(counts), cantTell: run.cantTell.filter(counts) }));
}

async function playPlan({ root, folder, seed, skin, workers, signal }: Stage, plan: Plan): Promise<string> {
  const file = join(folder, 'plan.json');
  writeFileSync(file, JSON.stringify(plan));
  const { stderr } = await play([], {
    root,
    ...(workers ? { workers } : {}),
    signal,
    environment: {
      ...process.env,
      [planVariable]: file,
      GUICHET_CAMPAIGN: folder,
      GUICHET_SEED: String(seed),
      ...(skin ? { GUICHET_SKIN: skin } : {}),
    },
  });
  rmSync(join(folder, 'playwright'), { recursive: true, force: true });
  return stderr;
}

function notPlayed(count: number | 'all', stderr: string): GuichetError {
  return new GuichetError(
    'GUICHET_HARNESS',
    `Playwright did not play ${count} run(s): ${stderr.trim().split('\n')[0] || 'no message'}.`,
  );
}
