import type { RequirementEntry } from './requirement.ts';

/** The support: address, telephones, prices. */
export const support = [
  {
    id: 'SUPP-01',
    source: 'seed',
    level: 'SHOULD',
    surface: 'support',
    quote: "avant de contacter l'Assistance :",
    check: 'The support page places the SPAM advice before the contact means.',
    note: 'Order on screen not stated.',
  },
  {
    id: 'SUPP-02',
    source: 'seed',
    level: 'MUST',
    surface: 'support',
    quote: 'Soit par mail (contact-ap@asp-public.fr)',
    check:
      "The support address contact-ap@asp-public.fr (or the target's configured one) is displayed, as text or mailto: link.",
    note: 'Where it is displayed is not stated.',
  },
  {
    id: 'SUPP-03',
    source: 'seed',
    level: 'MUST',
    surface: 'support',
    quote: 'Soit au **0820 722 111**',
    check: 'The number 0820 722 111 is displayed for Métropole, as text or tel: link.',
    note: 'External sources show the hotline changed over time.',
  },
  {
    id: 'SUPP-04',
    source: 'seed',
    level: 'MUST',
    surface: 'support',
    quote: 'Service 0,15 € / appel + prix appel pour la Métropole.',
    check:
      'The price notice « Service 0,15 € / appel + prix appel » is displayed beside the Métropole number.',
  },
  {
    id: 'SUPP-05',
    source: 'seed',
    level: 'MUST',
    surface: 'support',
    quote: 'Soit au **0821 401 400**',
    check: 'The number 0821 401 400 is displayed for the DOM, as text or tel: link.',
  },
  {
    id: 'SUPP-06',
    source: 'seed',
    level: 'MUST',
    surface: 'support',
    quote: 'Service 0,15 € / appel + prix appel pour les DOM.',
    check: 'The price notice is displayed beside the DOM number.',
  },
  {
    id: 'SUPP-07',
    source: 'seed',
    level: 'SHOULD',
    surface: 'support',
    quote:
      'Soit au **0820 722 111** Service 0,15 € / appel + prix appel pour la Métropole.\n\nSoit au **0821 401 400** Service 0,15 € / appel + prix appel pour les DOM.',
    check: 'Each number is tied to its territory (Métropole / DOM) in text, not only by position or colour.',
  },
] as const satisfies readonly RequirementEntry[];
