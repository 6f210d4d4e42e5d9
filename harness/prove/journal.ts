import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const finding = z.strictObject({ id: z.string(), observed: z.string() });

/** What one run of a plan showed, written the moment it ends, so that a kill loses nothing. */
const line = z.strictObject({
  key: z.string(),
  scenario: z.string(),
  fault: z.string().optional(),
  /** Requirements that a check failed, and those where one could not tell; texts are French and redacted. */
  red: z.array(finding),
  cantTell: z.array(finding),
  /** Requirements that it checked, whatever came of it. */
  checked: z.array(z.string()),
  /** Why it was aborted: a prerequisite was missing. */
  error: z.string().optional(),
  durationMs: z.number().nonnegative(),
  /** Paths of the rules that the extranet read, where the plan records them. */
  rules: z.array(z.string()).optional(),
});
export type PlayedRun = z.infer<typeof line>;

const name = 'runs.jsonl';

export function appendRun(folder: string, run: PlayedRun): void {
  appendFileSync(join(folder, name), `${JSON.stringify(run)}\n`);
}

/** All runs played so far; none yet is empty, and a torn last line (a kill in mid-write) is left out. */
export function readRuns(folder: string): PlayedRun[] {
  let text: string;
  try {
    text = readFileSync(join(folder, name), 'utf8');
  } catch {
    return [];
  }
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((text) => line.parse(JSON.parse(text)));
}
