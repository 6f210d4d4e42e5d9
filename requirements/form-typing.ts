import type { RequirementEntry } from './requirement.ts';

/** The form: e-mail addresses are typed by hand, a paste is refused. */
export const formTyping = [
  {
    id: 'FORM-62',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: "Vous devez saisir manuellement les 2 champs relatifs à l'adresse mail.",
    check: 'Typing character by character works in both e-mail fields of « Compte utilisateur à créer ».',
    note: '« les 2 champs »: the form has 4 e-mail fields in 2 pairs; the sentence follows the user part.',
  },
  {
    id: 'FORM-63',
    source: 'seed',
    level: 'SHOULD',
    surface: 'form',
    quote: "Vous devez saisir manuellement les 2 champs relatifs à l'adresse mail.",
    check:
      'The instruction to type by hand is visible to the user near the fields, or is told when a paste is refused.',
    note: 'The manual says it; whether the screen shows it is not said.',
  },
  {
    id: 'FORM-64',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Le copier/coller est interdit.',
    check:
      'With an address in the clipboard, Ctrl+V (real key event) in Courriel leaves the field unchanged.',
  },
  {
    id: 'FORM-65',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Le copier/coller est interdit.',
    check: 'With an address in the clipboard, Ctrl+V in Confirmer courriel leaves the field unchanged.',
  },
  {
    id: 'FORM-66',
    source: 'seed',
    level: 'SHOULD',
    surface: 'form',
    quote: 'Le copier/coller est interdit.',
    check:
      'Ctrl+V in Courriel établissement and in Confirmer courriel établissement leaves the field unchanged.',
    note: '« les 2 champs » may exclude the establishment pair.',
  },
  {
    id: 'FORM-67',
    source: 'seed',
    level: 'SHOULD',
    surface: 'form',
    quote: 'Le copier/coller est interdit.',
    check:
      'Paste by another gesture (Shift+Insert, context menu/menu command giving a paste event without key) leaves the field unchanged.',
    note: 'Gestures not listed in the seed.',
  },
  {
    id: 'FORM-68',
    source: 'seed',
    level: 'SHOULD',
    surface: 'form',
    quote: 'Le copier/coller est interdit.',
    check: 'Dropping a dragged selection of text into the e-mail fields leaves them unchanged.',
    note: 'Drag and drop is not « copier/coller » literally but defeats its purpose.',
  },
  {
    id: 'FORM-69',
    source: 'seed',
    level: 'INFO',
    surface: 'form',
    quote: 'Le copier/coller est interdit.',
    check:
      'Record whether copying out of the first e-mail field is refused too, and whether the server can notice a pasted value (it cannot: client-side rule only).',
    note: '« copier » may be forbidden as well as « coller ».',
  },
  {
    id: 'FORM-70',
    source: 'seed',
    level: 'SHOULD',
    surface: 'form',
    quote: 'Le copier/coller est interdit.',
    check:
      'The ban does not spread: paste still works in the other fields of the form and in the log-in fields, and browser autofill is not blocked.',
    note: 'Project expectation (WCAG 2.2 SC 3.3.8 for log-in, 1.3.5 for autofill); not in the seed.',
  },
] as const satisfies readonly RequirementEntry[];
