import type { RequirementEntry } from './requirement.ts';

/** The form: ENVOYER, ANNULER, and what the page answers. */
export const formSending = [
  {
    id: 'FORM-71',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: '② Cliquez sur le bouton\n\nENVOYER',
    check:
      'A button named « ENVOYER » submits the form; with valid data the target confirms that the request was received.',
  },
  {
    id: 'FORM-72',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'ENVOYER ANNULER',
    check:
      'A button named « ANNULER » is on the form and leaves or empties it; no request is recorded and no mail is sent.',
    note: 'Destination or effect not stated.',
  },
  {
    id: 'FORM-73',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: "→ L'envoi de votre demande de création de compte a fonctionné ?",
    check:
      'After ENVOYER the page tells unambiguously, in visible text, whether the request went through (success or failure).',
    note: 'The seed asks the question; the wording of the answer screens is not given.',
  },
  {
    id: 'FORM-74',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: "Tous les champs obligatoires (marqués d'un *) ne sont pas renseignés.",
    check:
      'When at least one mandatory field is empty, a message stating that the mandatory fields (marked with *) are not all filled is displayed.',
    note: 'Literal French says all are not filled; meaning is « not all are ».',
  },
  {
    id: 'FORM-75',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: "⚠ N'oubliez pas de cocher les conditions générales d'utilisation avant de valider votre demande.",
    check: 'The reminder to tick the CGU is displayed when the request is validated without them.',
    note: "Placed with the form's ENVOYER, while the box is on the SIRET step: accept on either step.",
  },
  {
    id: 'FORM-76',
    source: 'seed',
    level: 'SHOULD',
    surface: 'form',
    quote: "→ L'envoi de votre demande de création de compte a fonctionné ?",
    check:
      'After a refused submission, valid values already typed are kept (captcha and, tolerated, secret answer excepted).',
    note: 'Not in the seed; expected by RGAA 11.11 / usability.',
  },
  {
    id: 'FORM-77',
    source: 'seed',
    level: 'INFO',
    surface: 'form',
    quote:
      "La personne à contacter est l'utilisateur destinataire de tous les échanges liés à l'activité partielle pour l'employeur c'est-à-dire vous en tant que Tiers Déclarant.",
    check:
      'Record whether the form distinguishes a Tiers Déclarant from the employer; no field does in the capture.',
    note: 'Addressed to third-party declarants; no separate flow is described.',
  },
  {
    id: 'FORM-78',
    source: 'seed',
    level: 'SHOULD',
    surface: 'form',
    quote:
      'Si vous renseignez une adresse mail incorrecte, il vous sera impossible de recevoir ces informations.',
    check: 'The form warns the user that a wrong address means no notification will reach them.',
    note: 'Manual text; presence on screen not stated.',
  },
  {
    id: 'FORM-79',
    source: 'seed',
    level: 'INFO',
    surface: 'form',
    quote:
      "La personne à contacter est l'utilisateur destinataire de tous les échanges liés à l'activité partielle",
    check: 'The screen tells that the contact person receives all exchanges.',
    note: 'Manual text; presence on screen not stated.',
  },
  {
    id: 'FORM-80',
    source: 'seed',
    level: 'MUST',
    surface: 'form',
    quote: 'renseignez les informations obligatoires suivantes :',
    check:
      'Filling the listed information only (name, libellé de voie, postcode, town, both double e-mails, both phones, nom, prénom, question and answer) is enough for ENVOYER to succeed.',
  },
] as const satisfies readonly RequirementEntry[];
