import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import { type Demande, demandeForLoad } from '../fixtures/demande.ts';
import { demandOf } from '../fixtures/stages.ts';
import { type Persona, personaOf } from '../fixtures/wire-map.ts';
import { run } from './run.ts';
import { isForeign, proveConsent, proveReachable } from './site.ts';

/** Who visits, drawn once for all VUs. */
export type Cast = { seed: number };

/** A persona, or the demande of one, which is encoded when its turn comes. */
type Planned = Persona | { id: string; demande: Demande };

/** PLAN is the absolute path of a JSON array of what is planned, which `guichet load` writes. */
const plan = __ENV.PLAN
  ? new SharedArray<Planned>('plan', () => JSON.parse(open(__ENV.PLAN ?? '')))
  : undefined;

if (isForeign && !plan) {
  throw new Error(
    'GUICHET_ORIGIN_REFUSED: without PLAN the SIRETs are invented, and elsewhere one may be somebody’s. Run "npx guichet load".',
  );
}

const demand = demandOf(run.stages);

/** Any persona of the plan, over and over. Throws where none is planned. */
export function personaAt(index: number): Persona {
  const given = plan?.[index % plan.length];
  if (!given || 'demande' in given) throw new Error('GUICHET_USAGE: PLAN names no personas.');
  return given;
}

/** How many visits are planned. */
export const planned: number = plan ? plan.length : demand.total;

/** Ends the run unless the target agrees to it, now. */
export function watch(): void {
  const { perMinute } = demand;
  proveConsent({ perMinute, total: planned, seconds: 0, mailDomain: run.mailDomain });
}

/**
 * For `setup`: proves that the target agrees and answers; draws the seed: SEED, else the instant, so that bare runs one
 * after the other never use a SIRET twice.
 */
export function drawCast(): Cast {
  const { perMinute, seconds } = demand;
  // Flags such as --vus put another scenario in place of the plan that the consent is held against.
  if (isForeign && 'default' in (exec.test.options.scenarios ?? {}))
    exec.test.abort('GUICHET_CAP_EXCEEDED: flags or variables of k6 replace the plan. Leave them out.');
  // An arrival without a persona sends nothing.
  proveConsent({ perMinute, total: planned, seconds, mailDomain: run.mailDomain });
  proveReachable(run.wire.siret.page);
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
export function nextPersona({ seed }: Cast): Persona | undefined {
  const index = exec.scenario.iterationInTest;
  if (plan) {
    const given = plan[index];
    return given && 'demande' in given ? personaOf(run.wire, given) : given;
  }
  if (index >= planned) return undefined;
  const demande = demandeForLoad({ seed, index, mailDomain: run.mailDomain });
  return personaOf(run.wire, { id: String(index), demande });
}
