import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { outcome } from '../../reports/results.ts';

/** One line of a campaign's journal, written the moment it is known, so that a kill loses nothing. */
const line = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('begin'), scenarios: z.int() }),
  z.strictObject({
    kind: z.literal('check'),
    scenario: z.string(),
    id: z.string(),
    outcome,
    expected: z.string(),
    observed: z.string(),
    evidence: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('evidence'),
    id: z.string(),
    type: z.enum(['screenshot', 'mail', 'trace', 'har']),
    title: z.string(),
    path: z.string(),
  }),
  z.strictObject({
    kind: z.literal('scenario'),
    id: z.string(),
    title: z.string(),
    status: z.enum(['passed', 'failed', 'aborted', 'pending', 'interrupted']),
    durationMs: z.number(),
    error: z.string().optional(),
    due: z.iso.datetime().optional(),
  }),
  z.strictObject({ kind: z.literal('end'), interrupted: z.boolean(), error: z.string().optional() }),
]);
export type JournalLine = z.infer<typeof line>;

export const journalName = 'journal.jsonl';

/** The environment variable that gives the journal another name. */
export const journalVariable = 'GUICHET_JOURNAL';

/** The names of the journals that `guichet follow` has written in a campaign's folder, oldest first. */
export function followJournals(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^journal\.follow-\d+\.jsonl$/.test(name))
    .sort((a, b) => Number(/\d+/.exec(a)) - Number(/\d+/.exec(b)));
}

export function followJournal(number: number): string {
  return `journal.follow-${number}.jsonl`;
}

/** Reads the journal of a campaign; none yet is empty, and a torn last line (a kill in mid-write) is left out. */
export function readJournal(folder: string, name = journalName): JournalLine[] {
  let text: string;
  try {
    text = readFileSync(join(folder, name), 'utf8');
  } catch {
    return [];
  }
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  return complete
    .split('\n')
    .filter(Boolean)
    .map((text) => line.parse(JSON.parse(text)));
}
