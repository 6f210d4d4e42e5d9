import type { Behaviour } from '../behaviour.ts';
import { changed, type Fault } from './fault.ts';

function first(behaviour: Behaviour, entries: Partial<Behaviour['home']['first']>): Behaviour {
  return changed(behaviour, 'home', { first: { ...behaviour.home.first, ...entries } });
}

function means(behaviour: Behaviour, entries: Partial<Behaviour['support']['means']>): Behaviour {
  return changed(behaviour, 'support', { means: { ...behaviour.support.means, ...entries } });
}

/** Faults of the home page, the sign-in and the support page. */
export const homeFaults: readonly Fault[] = [
  {
    name: 'siret-at-hand-not-told',
    breaks: ['HOME-09'],
    apply: (behaviour) => first(behaviour, { siretAtHand: '' }),
  },
  {
    name: 'create-leads-nowhere',
    breaks: ['HOME-11'],
    apply: (behaviour) => first(behaviour, { createTarget: '/aparts/' }),
  },
  {
    name: 'sign-in-tells-unknown-user',
    breaks: ['LOGIN-09'],
    apply: (behaviour) => changed(behaviour, 'login', { unknownUser: 'Cet identifiant n’existe pas.' }),
  },
  {
    name: 'spam-advice-after-contacts',
    breaks: ['SUPP-01'],
    apply: (behaviour) =>
      changed(behaviour, 'support', { spam: { ...behaviour.support.spam, first: false } }),
  },
  {
    name: 'spam-advice-missing',
    breaks: ['SUPP-01', 'MAIL-14'],
    apply: (behaviour) =>
      changed(behaviour, 'support', { spam: { ...behaviour.support.spam, title: '', advice: '' } }),
  },
  {
    name: 'metropole-number-wrong',
    breaks: ['SUPP-03'],
    apply: (behaviour) =>
      means(behaviour, { metropole: { ...behaviour.support.means.metropole, number: '0820 722 110' } }),
  },
  {
    name: 'metropole-price-missing',
    breaks: ['SUPP-04'],
    apply: (behaviour) =>
      means(behaviour, { metropole: { ...behaviour.support.means.metropole, price: '' } }),
  },
  {
    name: 'dom-number-missing',
    breaks: ['SUPP-05'],
    apply: (behaviour) => means(behaviour, { dom: { ...behaviour.support.means.dom, number: '' } }),
  },
];
