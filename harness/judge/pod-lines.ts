import { type OutcomeLine, parseOutcome } from './load-outcomes.ts';

/** What a pod's log holds: outcomes, and where lines are torn; the rest is k6's own words. */
export type PodLines = { outcomes: OutcomeLine[]; torn: string[] };

/** What `kubectl logs --prefix --timestamps` puts before a line. */
const prefix = /^(?:\[pod\/[^\]\s]+\] ?)?(?:\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) )?/;

/** Reads the log of a pod, or of several one after the other. A torn line is told as `name:line`, never by its text. */
export function readPodLines(name: string, text: string): PodLines {
  const lines: PodLines = { outcomes: [], torn: [] };
  for (const [at, line] of text.split('\n').entries()) {
    const said = line.trimEnd().replace(prefix, '');
    const outcome = parseOutcome(said);
    if (outcome) lines.outcomes.push(outcome);
    // The head of an outcome line, or what is left of one.
    else if (said.startsWith('{') || /"durationMs":|"state":"/.test(said))
      lines.torn.push(`${name}:${at + 1}`);
  }
  return lines;
}
