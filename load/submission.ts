/**
 * A whole demande under load, from the SIRET step to ENVOYER: `k6 run load/submission.ts` while `npx guichet serve`
 * runs. Environment: BASE_URL, TEST_TOKEN, SEED, PLAN, OUTCOMES (see docstrings of the modules).
 */
import { enterSiret, sendForm } from './journey.ts';
import { recorderOf } from './outcome.ts';
import { type Cast, drawCast, nextPersona, plannedOf } from './personas.ts';
import { proveReachable } from './site.ts';
import { embeddedWire } from './wire.ts';
import { optionsOf, smoke } from './workloads.ts';

const record = recorderOf('demandes');

export const options = optionsOf(smoke, plannedOf(smoke), 'demandes');
export function setup(): Cast {
  proveReachable(embeddedWire.paths.siret);
  return drawCast();
}

export default function submission(cast: Cast): void {
  const persona = nextPersona(cast, smoke);
  if (!persona) return;
  record(persona.id, () => {
    const { outcome, page } = enterSiret(embeddedWire, persona.demande);
    return outcome.state === 'accepted' ? sendForm(embeddedWire, persona.demande, page) : outcome;
  });
}
