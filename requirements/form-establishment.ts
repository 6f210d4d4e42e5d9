import type { RequirementEntry } from './requirement.ts';

/** The form, part « Information établissement »: its fields, mandatory or not. */
export const formEstablishment = [
  {
    id: 'FORM-01',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: "CREATION DE COMPTE D'ACCES A L'EXTRANET ACTIVITE PARTIELLE",
    check:
      "The form page is titled « Création de compte d'accès à l'extranet Activité Partielle » (accent- and case-insensitive).",
    note: 'Written both with accents and in bare capitals.',
  },
  {
    id: 'FORM-02',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Information établissement',
    check: 'A part visibly titled « Information établissement » precedes the establishment fields.',
  },
  {
    id: 'FORM-03',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Compte utilisateur à créer',
    check: 'A part visibly titled « Compte utilisateur à créer » precedes the user fields.',
    note: 'Also written « Compte Utilisateur à créer ».',
  },
  {
    id: 'FORM-04',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'N° de Siret : 33000637200010',
    check: 'The form displays the SIRET entered at the previous step, unchanged (leading zeros kept).',
  },
  {
    id: 'FORM-05',
    source: 'seed',
    level: 'SHOULD',
    surface: 'form',
    quote: 'N° de Siret : 33000637200010',
    check: 'The SIRET shown on the form cannot be edited, and tampering with the posted value is refused.',
    note: 'No asterisk and shown with a value: read-only is inferred.',
  },
  {
    id: 'FORM-06',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: "(marqués d'un *)",
    check: 'Exactly the mandatory fields carry the * mark; none of the optional ones does.',
  },
  {
    id: 'FORM-07',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: "Dénomination de l'établissement* :",
    check:
      "A field labelled « Dénomination de l'établissement » with the mandatory mark * is present in the right part of the form and is visibly labelled.",
  },
  {
    id: 'FORM-08',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: "Dénomination de l'établissement* :",
    check:
      "With every other mandatory field valid and « Dénomination de l'établissement » empty (then only spaces), ENVOYER creates nothing and the message names this field.",
  },
  {
    id: 'FORM-09',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Libellé de la voie* :',
    check:
      'A field labelled « Libellé de la voie » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
    note: 'Also written « Libellé de voie ».',
  },
  {
    id: 'FORM-10',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Libellé de la voie* :',
    check:
      'With every other mandatory field valid and « Libellé de la voie » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
  {
    id: 'FORM-11',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Code postal* :',
    check:
      'A field labelled « Code postal » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
  },
  {
    id: 'FORM-12',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Code postal* :',
    check:
      'With every other mandatory field valid and « Code postal » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
  {
    id: 'FORM-13',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Ville* :',
    check:
      'A field labelled « Ville » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
  },
  {
    id: 'FORM-14',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Ville* :',
    check:
      'With every other mandatory field valid and « Ville » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
    note: 'Empty Ville is only reachable when no town is chosen for the postcode.',
  },
  {
    id: 'FORM-15',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Téléphone fixe* :',
    check:
      'A field labelled « Téléphone fixe » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
  },
  {
    id: 'FORM-16',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Téléphone fixe* :',
    check:
      'With every other mandatory field valid and « Téléphone fixe (établissement) » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
  {
    id: 'FORM-17',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Courriel établissement* :',
    check:
      'A field labelled « Courriel établissement » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
  },
  {
    id: 'FORM-18',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Courriel établissement* :',
    check:
      'With every other mandatory field valid and « Courriel établissement » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
  {
    id: 'FORM-19',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Confirmer courriel établissement* :',
    check:
      'A field labelled « Confirmer courriel établissement » with the mandatory mark * is present in the right part of the form and is visibly labelled.',
  },
  {
    id: 'FORM-20',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Confirmer courriel établissement* :',
    check:
      'With every other mandatory field valid and « Confirmer courriel établissement » empty (then only spaces), ENVOYER creates nothing and the message names this field.',
  },
  {
    id: 'FORM-35',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Numéro de voie :',
    check:
      'A field labelled « Numéro de voie » without the mark * is present in « Information établissement ».',
    note: 'Allowed characters and length not stated.',
  },
  {
    id: 'FORM-36',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Numéro de voie :',
    check: 'With all mandatory fields valid and « Numéro de voie » empty, ENVOYER succeeds.',
  },
  {
    id: 'FORM-37',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Extension de voie :',
    check:
      'A field labelled « Extension de voie » without the mark * is present in « Information établissement ».',
    note: 'Free text or list (bis, ter…) not stated.',
  },
  {
    id: 'FORM-38',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Extension de voie :',
    check: 'With all mandatory fields valid and « Extension de voie » empty, ENVOYER succeeds.',
  },
  {
    id: 'FORM-39',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Type de voie :',
    check:
      'A field labelled « Type de voie » without the mark * is present in « Information établissement ».',
    note: 'Free text or list not stated.',
  },
  {
    id: 'FORM-40',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Type de voie :',
    check: 'With all mandatory fields valid and « Type de voie » empty, ENVOYER succeeds.',
  },
  {
    id: 'FORM-41',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: "Complément d'adresse :",
    check:
      "A field labelled « Complément d'adresse » without the mark * is present in « Information établissement ».",
  },
  {
    id: 'FORM-42',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: "Complément d'adresse :",
    check: "With all mandatory fields valid and « Complément d'adresse » empty, ENVOYER succeeds.",
  },
  {
    id: 'FORM-43',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Fax :',
    check: 'A field labelled « Fax » without the mark * is present in « Information établissement ».',
  },
  {
    id: 'FORM-44',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'Fax :',
    check: 'With all mandatory fields valid and « Fax » empty, ENVOYER succeeds.',
  },
] as const satisfies readonly RequirementEntry[];
