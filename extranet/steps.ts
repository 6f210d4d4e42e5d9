import { html } from 'ghtml';
import { codePicture } from './captcha.ts';
import { townsOf } from './communes.ts';
import { hasRightCheckDigits, isFourteenDigits, withoutBlanks } from './siret.ts';

/** The SIRET step: texts of the page, then the rules of the server. A rule answers what is wrong, or undefined. */
export const siret = {
  title: 'Veuillez indiquer votre numéro de Siret',
  instruction:
    "Veuillez saisir le numéro de Siret de l'établissement pour lequel vous demandez une création de compte :",
  explanation: 'Les champs marqués d’un * sont obligatoires.',
  label: 'N° de Siret',
  hint: '14 chiffres ; les espaces sont acceptés.',
  security: 'Contrôle de sécurité',
  codeLabel: 'Recopier le code ci-contre',
  /** The picture of a code, for the `src` of an image, and its text alternative. */
  picture: (code: string): string => codePicture(code),
  codeAlternative: (_code: string): string | undefined =>
    'Image du code de sécurité : des lettres et des chiffres à recopier dans le champ voisin.',
  marked: { siret: true, code: true, terms: true },
  change: {
    label: 'Changer le code de sécurité',
    tooltip: {
      title: 'Information',
      text: 'En cas de difficultés pour recopier le code de sécurité proposé, vous pouvez en obtenir un nouveau en cliquant sur ce bouton.',
      onHover: true,
      onFocus: true,
      /** Whether Escape closes it. */
      dismissible: true,
    },
    done: 'Un nouveau code de sécurité est affiché.',
    /** Whether the change is a button, draws a new code, and keeps what was typed and ticked. */
    isButton: true,
    drawsAnother: true,
    keepsSiret: true,
    keepsTerms: true,
    /** The code that the page's script is given a picture of. */
    shows: (now: string, _former: string | null): string => now,
  },
  spelled: {
    offered: true,
    label: 'Obtenir un code sans image',
    text: 'Écrivez en chiffres, sans espace :',
  },
  terms: {
    before: "J'accepte les ",
    link: "conditions générales d'utilisation",
    /** Where the link leads; an empty one makes it plain text. */
    target: '/aparts/cgu',
    /** HTML type of the box. */
    type: 'checkbox',
    tickedOnArrival: false,
  },
  submit: 'VALIDER',
  /** Where VALIDER leads. */
  next: '/aparts/creation/compte',
  cancel: 'ANNULER',
  /** Whether ANNULER leaves the step; else it sends it as VALIDER does. */
  cancelLeaves: true,
  refused: 'Le formulaire n’est pas validé : corrigez les points suivants.',
  /** Whether a refusal says what is wrong, field by field. */
  explains: true,
  codeMinutes: 15,
  read: withoutBlanks,
  rules: {
    siretGiven: (siret: string): string | undefined => (siret ? undefined : 'ce champ est obligatoire.'),
    fourteenDigits: (siret: string): string | undefined =>
      isFourteenDigits(siret)
        ? undefined
        : 'indiquez un SIRET de 14 chiffres, par exemple 732 829 320 00074.',
    checkDigits: (siret: string): string | undefined =>
      hasRightCheckDigits(siret) ? undefined : 'ce numéro n’est pas un SIRET ; vérifiez chaque chiffre.',
    free: (taken: boolean): string | undefined =>
      taken
        ? 'une demande de création de compte existe déjà pour cet établissement. Rapprochez-vous de la personne qui l’a faite ou contactez le support technique.'
        : undefined,
    codeGiven: (code: string): string | undefined => (code ? undefined : 'ce champ est obligatoire.'),
    codeCurrent: (current: boolean): string | undefined =>
      current ? undefined : 'le code a expiré ou a déjà servi ; recopiez le nouveau code affiché.',
    codeRight: (given: string, shown: string, _former: string | undefined): string | undefined =>
      given.replace(/\s/g, '').toUpperCase() === shown
        ? undefined
        : 'le code recopié n’est pas celui qui était affiché ; recopiez le nouveau code.',
    termsAccepted: (ticked: boolean): string | undefined =>
      ticked
        ? undefined
        : "N'oubliez pas de cocher les conditions générales d'utilisation avant de valider votre demande.",
  },
};

/** The account form: texts of the page, then the rules that concern more than one field. */
export const formTexts = {
  /** Whether its two parts are groups with a name. */
  grouped: true,
  title: "Création de compte d'accès à l'extranet Activité Partielle",
  explanation: 'Les champs marqués d’un * sont obligatoires.',
  parts: { establishment: 'Information établissement', account: 'Compte utilisateur à créer' },
  siretLabel: 'N° de Siret',
  siretShown: (siret: string): string => siret,
  siretEditable: false,
  /** The SIRET of the demande. */
  siretKept: (_posted: string, validated: string): string => validated,
  notices: {
    byHand:
      "Vous devez saisir manuellement les 2 champs relatifs à l'adresse mail. Le copier/coller est interdit.",
    contact:
      "La personne à contacter est l'utilisateur destinataire de tous les échanges liés à l'activité partielle (notifications d'instruction, d'invalidation, de la décision de l'UD, ...).",
    wrongAddress:
      'Si vous renseignez une adresse mail incorrecte, il vous sera impossible de recevoir ces informations.',
    thirdParty:
      "Si vous êtes Tiers Déclarant : la personne à contacter est l'utilisateur destinataire de tous les échanges liés à l'activité partielle pour l'employeur c'est-à-dire vous en tant que Tiers Déclarant.",
    pasteRefused: 'Le copier/coller est interdit dans ce champ : saisissez l’adresse au clavier.',
    dropRefused: 'Le glisser-déposer est interdit dans ce champ : saisissez l’adresse au clavier.',
  },
  towns: {
    none: 'veuillez saisir un code postal',
    choose: 'choisissez une ville',
    unknown: 'aucune ville pour ce code postal',
    search: 'Rechercher les villes',
    /** Whether the page loads the towns as the code changes, and drops a town that is not of the new code. */
    loaded: true,
    dropsForeign: true,
    of: (codePostal: string): readonly string[] => townsOf(codePostal),
  },
  /** How the page notices and refuses a paste: prevented, the keys alone, or the field emptied afterwards. */
  pasteRefusal: 'prevented' as 'prevented' | 'shortcut' | 'emptied',
  /** Whether the browser checks what is mandatory first, and assistive technology is told what is. */
  checkedByBrowser: false,
  requiredExposed: true,
  /** What was typed, as it is shown again within the markup. */
  typedAgain: (value: string): string => html`${value}`,
  submit: 'ENVOYER',
  submitReachable: true,
  cancel: 'ANNULER',
  cancelDoes: 'leave' as 'leave' | 'nothing' | 'send',
  /** Where an accepted ENVOYER leads. */
  sentTo: '/aparts/creation/confirmation',
  /** How a refusal is exposed: in the page's title, as an alert, and field by field as invalid and tied to its text. */
  errors: { titled: true, announced: true, invalid: true, tied: true },
  /** The name of a field in the text of its error. */
  named: (label: string): string => label,
  emptyMandatory: "Tous les champs obligatoires (marqués d'un *) ne sont pas renseignés.",
  refused: 'Votre demande n’est pas envoyée : corrigez les points suivants.',
  empty: 'ce champ est obligatoire.',
  tooLong: (limit: number, length: number): string =>
    `${limit} caractères au plus ; vous en avez saisi ${length}.`,
  rules: {
    siretUntouched: (posted: string, validated: string): string | undefined =>
      posted === validated
        ? undefined
        : 'ce numéro ne peut pas être modifié ici ; recommencez à l’étape du SIRET.',
    postalCodeKnown: (known: boolean): string | undefined =>
      known
        ? undefined
        : 'ce code est inconnu ; pour une adresse CEDEX, indiquez le code postal de la commune.',
    townBelongs: (town: string, towns: readonly string[]): string | undefined =>
      towns.includes(town) ? undefined : 'choisissez une ville de ce code postal.',
    courrielsEqual: (first: string, second: string): string | undefined =>
      first === second ? undefined : 'les deux adresses sont différentes.',
    courrielsUtilisateurEqual: (first: string, second: string): string | undefined =>
      first === second ? undefined : 'les deux adresses sont différentes.',
  },
  /** Whether the server needs the SIRET step to have been passed. */
  needsSiretStep: true,
  /** Whether the same form sent again is the same demande, and a SIRET has one demande under way at most. */
  once: { perForm: true, perSiret: true },
};
