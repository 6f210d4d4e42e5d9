import { readFileSync } from 'node:fs';
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
    type: z.enum(['screenshot', 'mail']),
    title: z.string(),
    path: z.string(),
  }),
  z.strictObject({
    kind: z.literal('scenario'),
    id: z.string(),
    title: z.string(),
    status: z.enum(['passed', 'failed', 'aborted', 'interrupted']),
    durationMs: z.number(),
    error: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('end'), interrupted: z.boolean(), error: z.string().optional() }),
]);
export type JournalLine = z.infer<typeof line>;

export const journalName = 'journal.jsonl';

/** Reads the journal of a campaign; none yet is empty, and a torn last line (a kill in mid-write) is left out. */
export function readJournal(folder: string): JournalLine[] {
  let text: string;
  try {
    text = readFileSync(join(folder, journalName), 'utf8');
  } catch {
    return [];
  }
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  return complete
    .split('\n')
    .filter(Boolean)
    .map((text) => line.parse(JSON.parse(text)));
}
