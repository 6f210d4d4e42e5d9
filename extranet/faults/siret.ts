import type { Behaviour } from '../behaviour.ts';
import { changed, type Fault } from './fault.ts';

function rules(behaviour: Behaviour, entries: Partial<Behaviour['siret']['rules']>): Behaviour {
  return changed(behaviour, 'siret', { rules: { ...behaviour.siret.rules, ...entries } });
}

function change(behaviour: Behaviour, entries: Partial<Behaviour['siret']['change']>): Behaviour {
  return changed(behaviour, 'siret', { change: { ...behaviour.siret.change, ...entries } });
}

function tooltip(behaviour: Behaviour, entries: Partial<Behaviour['siret']['change']['tooltip']>): Behaviour {
  return change(behaviour, { tooltip: { ...behaviour.siret.change.tooltip, ...entries } });
}

const accept = () => undefined;

/** Faults of the SIRET step. */
export const siretFaults: readonly Fault[] = [
  {
    name: 'cgu-not-enforced',
    breaks: ['SIRET-23', 'FORM-75'],
    apply: (behaviour) => rules(behaviour, { termsAccepted: accept }),
  },
  {
    name: 'cgu-ticked-on-arrival',
    breaks: ['SIRET-25'],
    apply: (behaviour) =>
      changed(behaviour, 'siret', { terms: { ...behaviour.siret.terms, tickedOnArrival: true } }),
  },
  {
    name: 'empty-siret-accepted',
    breaks: ['SIRET-04'],
    apply: (behaviour) => rules(behaviour, { siretGiven: accept }),
  },
  {
    name: 'siret-shape-not-checked',
    breaks: ['SIRET-06'],
    apply: (behaviour) => rules(behaviour, { fourteenDigits: accept, checkDigits: accept }),
  },
  {
    name: 'captcha-not-enforced',
    breaks: ['SIRET-11', 'SIRET-12', 'SIRET-15'],
    apply: (behaviour) => rules(behaviour, { codeGiven: accept, codeCurrent: accept, codeRight: accept }),
  },
  {
    name: 'empty-code-accepted',
    breaks: ['SIRET-11'],
    apply: (behaviour) => rules(behaviour, { codeGiven: accept }),
  },
  {
    name: 'right-code-refused',
    breaks: ['SIRET-05', 'SIRET-13', 'SIRET-15', 'SIRET-27'],
    apply: (behaviour) => rules(behaviour, { codeRight: () => 'le code recopié n’est pas le bon.' }),
  },
  {
    name: 'former-code-accepted',
    breaks: ['SIRET-15'],
    apply: (behaviour) =>
      rules(behaviour, {
        codeRight: (given, shown, former) =>
          given === former ? undefined : behaviour.siret.rules.codeRight(given, shown, former),
      }),
  },
  {
    name: 'code-change-draws-the-same',
    breaks: ['SIRET-14', 'SIRET-15'],
    apply: (behaviour) => change(behaviour, { drawsAnother: false }),
  },
  {
    name: 'code-change-loses-entries',
    breaks: ['SIRET-16'],
    apply: (behaviour) => change(behaviour, { keepsEntries: false }),
  },
  {
    name: 'tooltip-never-shown',
    breaks: ['SIRET-17', 'SIRET-18', 'SIRET-19', 'A11Y-04'],
    apply: (behaviour) => tooltip(behaviour, { onHover: false, onFocus: false }),
  },
  {
    name: 'tooltip-not-on-focus',
    breaks: ['A11Y-04'],
    apply: (behaviour) => tooltip(behaviour, { onFocus: false }),
  },
  {
    name: 'tooltip-without-title',
    breaks: ['SIRET-18'],
    apply: (behaviour) => tooltip(behaviour, { title: 'Aide' }),
  },
  {
    name: 'tooltip-says-something-else',
    breaks: ['SIRET-19'],
    apply: (behaviour) => tooltip(behaviour, { text: 'Cliquez pour changer le code.' }),
  },
];
