import type { RequirementEntry } from './requirement.ts';

/** Norms outside the procedure: accessibility (RGAA, WCAG) and robustness (CWE). SHOULD at most. */
export const norms = [
  {
    id: 'A11Y-01',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'RGAA 11.1, 11.2',
    check:
      'Every field of the SIRET step, the form and the sign-in has a programmatic label that says what the visible one says.',
  },
  {
    id: 'A11Y-02',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'RGAA 11.5 to 11.7',
    check:
      'The two parts of the form are groups with a legend (fieldset and legend, or role group with a name).',
  },
  {
    id: 'A11Y-03',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'RGAA 12.8, WCAG 2.1.1',
    check:
      'The whole flow, home page to confirmation, can be done with the keyboard alone, in a sensible focus order, focus visible.',
  },
  {
    id: 'A11Y-04',
    source: 'norm',
    level: 'SHOULD',
    surface: 'siret',
    reference: 'RGAA 10.13, WCAG 1.4.13',
    check: 'The tooltip of the change control also appears on keyboard focus and can be dismissed.',
  },
  {
    id: 'A11Y-05',
    source: 'norm',
    level: 'SHOULD',
    surface: 'siret',
    reference: 'RGAA 1.4',
    check:
      'The alternative of the security code picture states its nature and function without giving the code.',
  },
  {
    id: 'A11Y-06',
    source: 'norm',
    level: 'SHOULD',
    surface: 'siret',
    reference: 'RGAA 1.5',
    check: 'The security code has a form that is not graphic, or there is another way in.',
  },
  {
    id: 'A11Y-07',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'RGAA 11.10',
    check:
      'The meaning of the mark * stands before the first field, or mandatory fields are exposed as required.',
  },
  {
    id: 'A11Y-08',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'RGAA 11.10',
    check: 'After a refusal each faulty field is exposed as invalid and linked to the text of its error.',
  },
  {
    id: 'A11Y-09',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'RGAA 11.11',
    check: 'The error on a badly formed value suggests the expected form.',
  },
  {
    id: 'A11Y-10',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'RGAA 7.5, WCAG 4.1.3',
    check:
      'The outcome of ENVOYER is exposed to assistive technology (a new page with its title, or a status message).',
  },
  {
    id: 'A11Y-11',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'RGAA 11.13',
    check:
      'Fields about the user carry their autocomplete purpose; the paste ban does not turn autofill off.',
  },
  {
    id: 'A11Y-12',
    source: 'norm',
    level: 'SHOULD',
    surface: 'home',
    reference: 'RGAA 4.1, axe-core tags',
    check: 'No axe violation under its RGAA tags on any page met in the flow.',
  },
  {
    id: 'A11Y-13',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'RGAA 10.11, WCAG 1.4.10',
    check: 'Every page of the flow is usable at a width of 320 CSS pixels without scrolling sideways.',
  },
  {
    id: 'ROBUST-01',
    source: 'norm',
    level: 'INFO',
    surface: 'form',
    reference: 'Progressive enhancement',
    check: 'Record whether the whole flow works without JavaScript.',
  },
  {
    id: 'ROBUST-02',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'CWE-93',
    check:
      'Line breaks and second recipients in e-mail fields are refused or neutralised: no mail reaches another address.',
  },
  {
    id: 'ROBUST-03',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'CWE-79',
    check: 'HTML typed into any text field is shown back inert, in pages and in mails.',
  },
  {
    id: 'ROBUST-04',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'CWE-602',
    check:
      'A POST that bypasses the browser checks (empty mandatory field, e-mails that differ, no CGU, no security code) creates nothing and is answered without a server error.',
  },
  {
    id: 'ROBUST-05',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'Idempotence',
    check: 'A double click on ENVOYER, a reload or a second tab makes one demande and three mails.',
  },
  {
    id: 'ROBUST-06',
    source: 'norm',
    level: 'SHOULD',
    surface: 'form',
    reference: 'Race condition, CWE-362',
    check:
      'Two people who ask for the same SIRET at the same instant do not both get an account for it without the rule of the target allowing it.',
  },
] as const satisfies readonly RequirementEntry[];
