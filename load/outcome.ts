import { Counter } from 'k6/metrics';

/** How one journey ended. `detail` names the step; never a value that was typed. */
export type Outcome = {
  state: 'accepted' | 'refused' | 'errored';
  /** HTTP status of the page that decided; 0 when none did. */
  status: number;
  detail: string;
};

/** One line of the outcome log. */
type OutcomeLine = Outcome & { id: string; at: string; durationMs: number };

/** Counts outcomes as `<subject>_accepted`, `_refused`, `_errored`. Made in the init context. */
export function recorderOf(subject: string) {
  const counters = {
    accepted: new Counter(`${subject}_accepted`),
    refused: new Counter(`${subject}_refused`),
    errored: new Counter(`${subject}_errored`),
  };
  /**
   * Runs one journey and records how it ended; what it throws is an errored outcome. With OUTCOMES=1 each
   * outcome is one line of JSON, told when it is known; else only bad ones are told, for a person.
   */
  return (id: string, journey: () => Outcome): void => {
    const start = Date.now();
    let outcome: Outcome;
    try {
      outcome = journey();
    } catch (error) {
      outcome = {
        state: 'errored',
        status: 0,
        detail: error instanceof Error ? error.message : String(error),
      };
    }
    counters[outcome.state].add(1);
    const now = Date.now();
    if (__ENV.OUTCOMES === '1') {
      const line: OutcomeLine = { id, ...outcome, at: new Date(now).toISOString(), durationMs: now - start };
      console.log(JSON.stringify(line));
    } else if (outcome.state !== 'accepted') {
      console.warn(`${outcome.state}: ${outcome.detail} (status ${outcome.status})`);
    }
  };
}
