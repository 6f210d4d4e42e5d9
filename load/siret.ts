/**
 * The SIRET step under load: `k6 run load/siret.ts` while `npx guichet serve` runs. No demande is sent.
 * Environment: BASE_URL, TEST_TOKEN, SEED, PLAN, OUTCOMES (see docstrings of the modules).
 */
import { enterSiret } from './journey.ts';
import { recorderOf } from './outcome.ts';
import { type Cast, drawCast, nextPersona, plannedOf } from './personas.ts';
import { proveReachable } from './site.ts';
import { embeddedWire } from './wire.ts';
import { optionsOf, smoke } from './workloads.ts';

const record = recorderOf('sirets');

export const options = optionsOf(smoke, plannedOf(smoke), 'sirets');
export function setup(): Cast {
  proveReachable(embeddedWire.paths.siret);
  return drawCast();
}

export default function siret(cast: Cast): void {
  const persona = nextPersona(cast, smoke);
  if (persona) record(persona.id, () => enterSiret(embeddedWire, persona.demande).outcome);
}
