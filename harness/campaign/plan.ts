import { readFileSync } from 'node:fs';

/** One scenario to play, on the extranet broken by a fault or on the sound one. */
export type Run = {
  /** Unique in its campaign; what a resumed campaign leaves out. */
  key: string;
  /** `file.spec.ts: title`, as `fixtures/collection.ts` names it. */
  scenario: string;
  fault?: string;
  /** How long it should take, in ms; for the time left. */
  expectedMs: number;
};

/** What `scenarios/every.prove.ts` plays. */
export type Plan = {
  /** In this order; absent: each scenario once, on the sound extranet, its name as its key. */
  runs?: Run[];
  /** Whether each run gets an extranet of its own and notes the rules that the extranet read for it. */
  recordsRules: boolean;
};

/** The environment variable that names the plan's file; without it Playwright plays the spec files as they are. */
export const planVariable = 'GUICHET_PLAN';

export function readPlan(environment: NodeJS.ProcessEnv = process.env): Plan | undefined {
  const file = environment[planVariable];
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as Plan) : undefined;
}
