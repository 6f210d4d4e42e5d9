/**
 * A whole demande under load, from the SIRET step to ENVOYER: `k6 run load/submission.ts` while `npx guichet serve`
 * runs. Environment: BASE_URL, TEST_TOKEN, SEED, RUN, PLAN, OUTCOMES (see docstrings of the modules).
 */
import { recorderOf } from './outcome.ts';
import { type Cast, nextPersona, planned } from './personas.ts';
import { optionsOf, run } from './run.ts';
import { isForeign } from './site.ts';
import { enterSiret, openSiretStep, sendForm } from './steps.ts';

export { drawCast as setup, watch } from './personas.ts';

const record = recorderOf('demandes');

export const options = optionsOf(planned, 'demandes', { watched: isForeign });

export default function submission(cast: Cast): void {
  const persona = nextPersona(cast);
  if (!persona) return;
  record(persona.id, 'accepted', () => {
    const shown = openSiretStep(run.wire);
    if (shown.outcome) return shown.outcome;
    const { page, outcome } = enterSiret(run.wire, persona, shown.page);
    return outcome ?? sendForm(run.wire, persona, page);
  });
}
