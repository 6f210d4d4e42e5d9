import { GuichetError } from '../errors.ts';
import { type OutcomeLine, recordOutcome } from '../judge/load-outcomes.ts';
import type { Ledger } from './ledger.ts';

/** What outcome lines brought to a ledger. */
export type Absorbed = {
  /** The lines that were news. */
  news: OutcomeLine[];
  /** Lines that were known already: the same pod's log, read twice. */
  known: number;
  /** Submissions of which two different outcomes are told: they were sent twice. */
  twice: string[];
};

/** How many ids an error names. */
const named = 3;

/**
 * Takes outcome lines into the ledger, each submission once. Throws `GUICHET_OUTCOMES_FOREIGN` when a line is of a
 * submission that the ledger has not planned; nothing is taken then.
 */
export function absorbOutcomes(ledger: Ledger, lines: readonly OutcomeLine[]): Absorbed {
  const answered = new Map(ledger.rows().map(({ id, answered }) => [id, answered?.getTime()]));
  const foreign = [...new Set(lines.flatMap(({ id }) => (answered.has(id) ? [] : [id])))];
  if (foreign.length > 0) {
    const more = foreign.length > named ? ', …' : '';
    throw new GuichetError(
      'GUICHET_OUTCOMES_FOREIGN',
      `${foreign.length} submissions were never planned in this campaign (${foreign.slice(0, named).join(', ')}${more}).`,
    );
  }
  const absorbed: Absorbed = { news: [], known: 0, twice: [] };
  const twice = new Set<string>();
  for (const line of lines) {
    const at = new Date(line.at).getTime();
    if (recordOutcome(ledger, line)) {
      absorbed.news.push(line);
      answered.set(line.id, at);
    } else if (answered.get(line.id) === at) absorbed.known += 1;
    else twice.add(line.id);
  }
  return { ...absorbed, twice: [...twice] };
}
