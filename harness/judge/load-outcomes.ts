import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Ledger, SubmissionState } from '../ledger/ledger.ts';
import type { K6End } from '../toolchain/k6-run.ts';

/** One line that a load script writes for each journey (OUTCOMES=1). */
const outcomeLine = z.strictObject({
  id: z.string(),
  state: z.enum(['accepted', 'refused', 'errored', 'unknown', 'abandoned']),
  /** HTTP status of the page that decided; 0 when none did. */
  status: z.int(),
  detail: z.string(),
  at: z.iso.datetime(),
  durationMs: z.number(),
  /** Of the last ENVOYER alone; absent where none was sent. */
  envoyerMs: z.number().optional(),
});
export type OutcomeLine = z.infer<typeof outcomeLine>;

/** The outcome that a line of k6 tells; undefined for any other line, and for a torn one. */
export function parseOutcome(line: string): OutcomeLine | undefined {
  try {
    return outcomeLine.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** Writes one outcome into the ledger: who left where the plan says has done what was planned, and expects no mail. True when it was news. */
export function recordOutcome(ledger: Ledger, { id, state, status, detail, at }: OutcomeLine): boolean {
  const kept = state === 'abandoned' ? 'accepted' : state;
  return ledger.outcome(id, kept, new Date(at), state === 'accepted' ? undefined : `${detail} (${status})`);
}

/**
 * Reads k6's log: the outcomes, and what k6 itself had to say. A line torn by a kill is none of both; a log that
 * is not there is empty, since k6 makes it late.
 */
export function readOutcomes(log: string): { outcomes: OutcomeLine[]; said: string[] } {
  const outcomes: OutcomeLine[] = [];
  const said: string[] = [];
  for (const line of existsSync(log) ? readFileSync(log, 'utf8').split('\n') : []) {
    if (!line.startsWith('{')) {
      if (line.trim()) said.push(line);
      continue;
    }
    const outcome = parseOutcome(line);
    // Torn: the submission stays without an outcome, and is told as such.
    if (outcome) outcomes.push(outcome);
  }
  return { outcomes, said };
}

/** Whether k6 came to its own end: all good, or a threshold crossed. */
export function endedByItself({ exitCode }: K6End): boolean {
  return exitCode === 0 || exitCode === 99;
}

/**
 * Writes the outcomes into the ledger. A submission without one was dropped, when k6 came to its own end: it
 * then had no journey free for it. Else nobody knows whether it was sent.
 */
export function recordOutcomes(
  ledger: Ledger,
  outcomes: readonly OutcomeLine[],
  end: K6End,
  endedAt: Date,
): void {
  for (const outcome of outcomes) recordOutcome(ledger, outcome);
  const rest = endedByItself(end) ? 'dropped' : 'unknown';
  for (const { id, state } of ledger.rows()) {
    if (state === 'planned') ledger.outcome(id, rest, endedAt);
  }
}

/** Says of those that are still planned, though k6 came to its own end, that it had no visitor free for them: none has had its turn. */
export function dropPlanned(ledger: Ledger, ids: Iterable<string>): void {
  const states = ledger.states();
  for (const id of ids) if (states.get(id) === 'planned') ledger.outcome(id, 'dropped', new Date());
}

/** A demande of which no answer is known was accepted when it has brought a mail; `beginning`: of those alone whose ids begin so. */
export function settleByMails(ledger: Ledger, beginning?: string): void {
  for (const { id, state, mails } of ledger.rows(beginning)) {
    const [first] = mails;
    if (state === 'unknown' && first) ledger.outcome(id, 'accepted', first.received, 'told by its mails');
  }
}

/** How many submissions are in each state. */
export function statesOf(rows: readonly { state: SubmissionState }[]): Record<SubmissionState, number> {
  const counts = { planned: 0, accepted: 0, refused: 0, dropped: 0, errored: 0, unknown: 0 };
  for (const { state } of rows) counts[state]++;
  return counts;
}
