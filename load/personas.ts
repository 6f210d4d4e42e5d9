import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import { type Demande, demandeForLoad } from '../fixtures/demande.ts';
import type { Workload } from './workloads.ts';

/** One planned submission; `id` is the ledger's. */
export type Persona = { id: string; demande: Demande };

/** Who submits, drawn once for all VUs. */
export type Cast = { seed: number };

/** PLAN is the absolute path of a JSON array of personas, which `guichet load` writes. */
const plan = __ENV.PLAN
  ? new SharedArray<Persona>('plan', () => JSON.parse(open(__ENV.PLAN ?? '')))
  : undefined;

/** How many submissions are planned. */
export function plannedOf(workload: Workload): number {
  return plan ? plan.length : workload.submissions;
}

/** For `setup`: SEED, else the instant, so that bare runs one after the other never use a SIRET twice. */
export function drawCast(): Cast {
  const seed = __ENV.SEED ? Number(__ENV.SEED) : Date.now();
  if (!Number.isSafeInteger(seed) || seed < 0)
    exec.test.abort(`SEED is "${__ENV.SEED}"; give a whole number.`);
  if (!plan) console.log(`seed ${seed} (SEED=${seed} sends the same people again)`);
  return { seed };
}

/**
 * The persona of this iteration; undefined for the one iteration more than planned that k6 may start: it sends
 * nothing and is not counted.
 */
export function nextPersona({ seed }: Cast, workload: Workload): Persona | undefined {
  const index = exec.scenario.iterationInTest;
  if (plan) return plan[index];
  if (index >= workload.submissions) return undefined;
  return { id: String(index), demande: demandeForLoad({ seed, index, mailDomain: 'exemple.test' }) };
}
