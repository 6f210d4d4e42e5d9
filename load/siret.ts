/**
 * The SIRET step under load: `k6 run load/siret.ts` while `npx guichet serve` runs. No demande is sent.
 * Environment: BASE_URL, TEST_TOKEN, SEED, RUN, PLAN, OUTCOMES (see docstrings of the modules).
 */
import { recorderOf } from './outcome.ts';
import { type Cast, nextPersona, planned } from './personas.ts';
import { optionsOf, run } from './run.ts';
import { isForeign } from './site.ts';
import { enterSiret, openSiretStep } from './steps.ts';

export { drawCast as setup, watch } from './personas.ts';

const record = recorderOf('sirets');

export const options = optionsOf(planned, 'sirets', { watched: isForeign });

export default function siret(cast: Cast): void {
  const persona = nextPersona(cast);
  if (!persona) return;
  record(persona.id, 'accepted', () => {
    const shown = openSiretStep(run.wire);
    const { page, outcome } = shown.outcome ? shown : enterSiret(run.wire, persona, shown.page);
    return outcome ?? { state: 'accepted', status: page.status, detail: 'VALIDER' };
  });
}
