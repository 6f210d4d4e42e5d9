import { readFileSync } from 'node:fs';
import type { Known } from './draft.ts';

/** What a browser is sent to find out about a target; `scenarios/target.look.ts` does it. */
export type Look =
  /** Whether all that the profile says is where it says. `profile` is the path of its file. */
  | { kind: 'check'; profile: string }
  /** Where everything is on a site. `result` is the path of the file that takes the `Draft`. */
  | { kind: 'draft'; known: Known; result: string }
  /**
   * What its forms post, for the load scripts. `demande` is who walks; `sends`: whether the form is sent, and not held
   * back. `result` is the path of the file that takes the `WireMap`.
   */
  | {
      kind: 'wire';
      profile: string;
      demande: Readonly<Record<string, string>>;
      sends: boolean;
      result: string;
    };

/** The environment variable that names the file of the look's order, as JSON. */
export const lookVariable = 'GUICHET_LOOK';

/** The file, in the folder of a look, that takes its findings, a JSON line each. */
export const findingsName = 'findings.jsonl';

export function readLook(environment: NodeJS.ProcessEnv = process.env): Look | undefined {
  const file = environment[lookVariable];
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as Look) : undefined;
}
