import exec from 'k6/execution';
import { Counter } from 'k6/metrics';

/** How one visit ended. `detail` names the step; never a value that was typed. */
export type Outcome = {
  /** `abandoned`: left where the plan says. `unknown`: ENVOYER left, and no answer came; it is never sent again. */
  state: 'accepted' | 'refused' | 'errored' | 'unknown' | 'abandoned';
  /** HTTP status of the page that decided; 0 when none did. */
  status: number;
  detail: string;
  /** What the last ENVOYER took, in ms. */
  envoyerMs?: number;
  /** The target asks to be left alone (503, 429, a page of maintenance): the run ends. */
  stops?: boolean;
};

/** One line of the outcome log. */
type OutcomeLine = Omit<Outcome, 'stops'> & { id: string; at: string; durationMs: number };

const states = ['accepted', 'refused', 'errored', 'unknown', 'abandoned'] as const;

/** Counts outcomes as `<subject>_accepted` and so on, and those that were planned. Made in the init context. */
export function recorderOf(subject: string) {
  const counters = Object.fromEntries(
    states.map((state) => [state, new Counter(`${subject}_${state}`)]),
  ) as Record<Outcome['state'], Counter>;
  const asPlanned = new Counter(`${subject}_as_planned`);
  /**
   * Runs one visit and records how it ended; what it throws is an errored outcome. With OUTCOMES=1 each outcome is one
   * line of JSON, told when it is known; else only bad ones are told, for a person.
   */
  return (id: string, planned: Outcome['state'], visit: () => Outcome): void => {
    const start = Date.now();
    const outcome = outcomeOf(visit);
    counters[outcome.state].add(1);
    if (outcome.state === planned) asPlanned.add(1);
    const { state, status, detail, envoyerMs, stops } = outcome;
    const now = Date.now();
    if (__ENV.OUTCOMES === '1') {
      const at = new Date(now).toISOString();
      const line: OutcomeLine = { id, state, status, detail, at, durationMs: now - start };
      if (envoyerMs !== undefined) line.envoyerMs = envoyerMs;
      console.log(JSON.stringify(line));
    } else if (state !== planned) {
      console.warn(`${state}: ${detail} (status ${status})`);
    }
    if (stops)
      exec.test.abort(`GUICHET_LOAD_STOPPED: ${detail} (status ${status}): the target is closed for now.`);
  };
}

function outcomeOf(visit: () => Outcome): Outcome {
  try {
    return visit();
  } catch (error) {
    return { state: 'errored', status: 0, detail: error instanceof Error ? error.message : String(error) };
  }
}
