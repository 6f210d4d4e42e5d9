import type { Leave, Persona, WireMap } from '../fixtures/wire-map.ts';
import type { Outcome } from './outcome.ts';
import { enterSiret, openHome, openSiretStep, sendForm } from './steps.ts';

/** One visit, from the home page as far as the person goes. */
export function visitOf(wire: WireMap, persona: Persona): Outcome {
  const home = openHome(wire);
  if (home.outcome) return home.outcome;
  if (persona.leaves === 'home') return left('home');
  const step = openSiretStep(wire);
  if (step.outcome) return step.outcome;
  if (persona.leaves === 'siret') return left('siret');
  const form = enterSiret(wire, persona, step.page);
  if (form.outcome) return form.outcome;
  if (persona.leaves === 'form') return left('form');
  return sendForm(wire, persona, form.page);
}

function left(detail: Leave): Outcome {
  return { state: 'abandoned', status: 200, detail };
}
