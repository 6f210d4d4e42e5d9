import type { RequirementEntry } from './requirement.ts';

/** The form, part « Compte utilisateur à créer »: its mandatory fields. */
export const formUser = [
  {
    id: 'FORM-21',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Nom* :',
    check:
      'A field labelled « Nom » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
  },
  {
    id: 'FORM-22',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Nom* :',
    check:
      'With every other mandatory field valid and « Nom » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
  {
    id: 'FORM-23',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Prénom* :',
    check:
      'A field labelled « Prénom » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
  },
  {
    id: 'FORM-24',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Prénom* :',
    check:
      'With every other mandatory field valid and « Prénom » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
  {
    id: 'FORM-25',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Téléphone* :',
    check:
      'A field labelled « Téléphone » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
    note: 'The list above the capture says « téléphone fixe de la personne à contacter »; the label says « Téléphone ».',
  },
  {
    id: 'FORM-26',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Téléphone* :',
    check:
      'With every other mandatory field valid and « Téléphone (utilisateur) » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
  {
    id: 'FORM-27',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Courriel* :',
    check:
      'A field labelled « Courriel » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
  },
  {
    id: 'FORM-28',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Courriel* :',
    check:
      'With every other mandatory field valid and « Courriel (utilisateur) » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
  {
    id: 'FORM-29',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Confirmer courriel* :',
    check:
      'A field labelled « Confirmer courriel » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
  },
  {
    id: 'FORM-30',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Confirmer courriel* :',
    check:
      'With every other mandatory field valid and « Confirmer courriel (utilisateur) » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
  {
    id: 'FORM-31',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Question secrète* :',
    check:
      'A field labelled « Question secrète » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
    note: 'Free text or list of questions is not stated.',
  },
  {
    id: 'FORM-32',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Question secrète* :',
    check:
      'With every other mandatory field valid and « Question secrète » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
  {
    id: 'FORM-33',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Réponse* :',
    check:
      'A field labelled « Réponse » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
  },
  {
    id: 'FORM-34',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Réponse* :',
    check:
      'With every other mandatory field valid and « Réponse (question secrète) » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
] as const satisfies readonly RequirementEntry[];
