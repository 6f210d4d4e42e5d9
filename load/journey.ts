/**
 * The whole visit under load, from the home page to ENVOYER, with those who leave, mend a refused form, or begin anew
 * after an error, as the plan has them: `k6 run load/journey.ts` while `npx guichet serve` runs.
 * Environment: BASE_URL, TEST_TOKEN, SEED, RUN, PLAN, OUTCOMES (see docstrings of the modules).
 */
import { recorderOf } from './outcome.ts';
import { type Cast, nextPersona, planned } from './personas.ts';
import { optionsOf, run } from './run.ts';
import { forgetCookies, isForeign } from './site.ts';
import { awaitTurn } from './turn.ts';
import { visitOf } from './visit.ts';

export { drawCast as setup, watch } from './personas.ts';

const record = recorderOf('visits');

export const options = optionsOf(planned, 'visits', { watched: isForeign });

export default function journey(cast: Cast): void {
  const persona = nextPersona(cast);
  if (!persona) return;
  awaitTurn(persona.id);
  record(persona.id, persona.leaves ? 'abandoned' : 'accepted', () => {
    for (let left = persona.retries ?? 0; ; left--) {
      const outcome = visitOf(run.wire, persona);
      if (outcome.state !== 'errored' || outcome.stops || left <= 0) return outcome;
      forgetCookies();
    }
  });
}
