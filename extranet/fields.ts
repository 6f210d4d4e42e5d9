import { isCourriel, normalCourriel } from './courriel.ts';
import { isTelephone } from './telephone.ts';

/** The fields of the account form, in the order of the page; also their POST names. */
export const fieldNames = [
  'denomination',
  'numeroVoie',
  'extensionVoie',
  'typeVoie',
  'libelleVoie',
  'complement',
  'codePostal',
  'ville',
  'telephone',
  'fax',
  'courriel',
  'confirmerCourriel',
  'nom',
  'prenom',
  'telephoneUtilisateur',
  'courrielUtilisateur',
  'confirmerCourrielUtilisateur',
  'questionSecrete',
  'reponse',
] as const;
export type FieldName = (typeof fieldNames)[number];

type GroupName = 'identity' | 'address' | 'establishmentCourriels' | 'person' | 'personAccess';

/** Which fields stand together on the page: the first three in the establishment's part, the others in the user's. */
export const groups: Readonly<Record<GroupName, readonly FieldName[]>> = {
  identity: ['denomination'],
  address: fieldNames.slice(1, fieldNames.indexOf('courriel')),
  establishmentCourriels: ['courriel', 'confirmerCourriel'],
  person: ['nom', 'prenom', 'telephoneUtilisateur'],
  personAccess: ['courrielUtilisateur', 'confirmerCourrielUtilisateur', 'questionSecrete', 'reponse'],
};

/** The rules of one field. Those of the page and those of the server are separate entries. */
export type FieldRule = {
  label: string;
  /** On the page: the label is visible, is tied to its field, and is what assistive technology says of it. */
  labelShown: boolean;
  labelTied: boolean;
  spoken: string | undefined;
  control: 'text' | 'email' | 'tel' | 'choice' | 'towns';
  /** On the page: shown at all; the mark *; typing stops at this many NFC characters; paste and drop refused. */
  shown: boolean;
  marked: boolean;
  typedLimit: number | undefined;
  pasteRefused: boolean;
  dropRefused: boolean;
  /** Keys that do nothing in it; its place in the order of the keyboard, when that is not its place on the page. */
  keysRefused: readonly string[];
  tabindex: number | undefined;
  hint: string | undefined;
  autocomplete: string | undefined;
  choices: readonly string[];
  width: 'full' | 'half' | 'third' | 'short';
  /** Whether a refusal shows again what was typed. */
  keptAfterRefusal: boolean;
  /** On the server: refused when empty; refused beyond this many NFC characters. */
  mandatory: boolean;
  limit: number;
  /** What is kept of the posted text. */
  clean: (posted: string) => string;
  /** What is wrong with a value that is not empty, as the end of a sentence, or undefined. */
  problem: (value: string) => string | undefined;
};

/** One line of text: NFC, no control characters, no runs of blanks; empty when nothing of it can be seen. */
function oneLine(posted: string): string {
  const line = posted
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return /^[\s\p{Default_Ignorable_Code_Point}]*$/u.test(line) ? '' : line;
}

const text: FieldRule = {
  label: '',
  labelShown: true,
  labelTied: true,
  spoken: undefined,
  control: 'text',
  shown: true,
  marked: false,
  typedLimit: undefined,
  pasteRefused: false,
  dropRefused: false,
  keysRefused: [],
  tabindex: undefined,
  hint: undefined,
  autocomplete: undefined,
  choices: [],
  width: 'full',
  keptAfterRefusal: true,
  mandatory: false,
  limit: 100,
  clean: oneLine,
  problem: () => undefined,
};
const mandatory = { marked: true, mandatory: true };
const courriel: FieldRule = {
  ...text,
  ...mandatory,
  control: 'email',
  width: 'half',
  pasteRefused: true,
  dropRefused: true,
  limit: 254,
  clean: normalCourriel,
  problem: (value) =>
    isCourriel(value) ? undefined : 'l’adresse n’est pas valable ; la forme attendue est nom@domaine.fr.',
};
const telephone: FieldRule = {
  ...text,
  control: 'tel',
  width: 'half',
  limit: 30,
  problem: (value) =>
    isTelephone(value) ? undefined : 'le numéro n’est pas valable ; la forme attendue est 01 23 45 67 89.',
};
const choice: FieldRule = { ...text, control: 'choice', width: 'third' };

function among(choices: readonly string[]): Pick<FieldRule, 'choices' | 'problem'> {
  return {
    choices,
    problem: (value) => (choices.includes(value) ? undefined : 'choisissez une valeur de la liste.'),
  };
}

const extensions = 'bis ter quater quinquies A B C D E F'.split(' ');
const streetTypes = [
  ...[
    'Allée',
    'Avenue',
    'Boulevard',
    'Carrefour',
    'Chaussée',
    'Chemin',
    'Cité',
    'Clos',
    'Cour',
    'Cours',
    'Domaine',
  ],
  ...[
    'Esplanade',
    'Faubourg',
    'Hameau',
    'Impasse',
    'Lieu-dit',
    'Lotissement',
    'Mail',
    'Montée',
    'Parc',
    'Passage',
  ],
  ...['Place', 'Promenade', 'Quai', 'Quartier', 'Résidence', 'Rond-point', 'Route', 'Rue', 'Ruelle', 'Sente'],
  ...['Sentier', 'Square', 'Traverse', 'Villa', 'Village', 'Voie', 'Zone artisanale', 'Zone industrielle'],
];
/** Invented: the published procedure does not give the list. */
const questions = [
  'Quel est le nom de votre premier employeur ?',
  'Quelle est la ville de naissance de votre mère ?',
  'Quel est le prénom de votre meilleur ami d’enfance ?',
  'Quel est le titre de votre livre préféré ?',
  'Quel est le nom de votre premier animal de compagnie ?',
];

const again = 'La même adresse, saisie une seconde fois.';

/** The form as the procedure describes it. Limits of 28 and 38: "limité à 28 caractères", "limité à 38 caractères". */
export const fields: Readonly<Record<FieldName, FieldRule>> = {
  denomination: {
    ...text,
    ...mandatory,
    label: "Dénomination de l'établissement",
    autocomplete: 'organization',
  },
  numeroVoie: {
    ...text,
    label: 'Numéro de voie',
    width: 'third',
    limit: 4,
    hint: 'Quatre chiffres au plus, par exemple 12.',
    problem: (value) =>
      /^[1-9][0-9]{0,3}$/.test(value) ? undefined : 'indiquez un nombre de 1 à 9999, par exemple 12.',
  },
  extensionVoie: {
    ...choice,
    ...among(extensions),
    label: 'Extension de voie',
    hint: 'Par exemple bis ou ter.',
  },
  typeVoie: { ...choice, ...among(streetTypes), label: 'Type de voie', hint: 'Par exemple rue ou place.' },
  libelleVoie: {
    ...text,
    ...mandatory,
    label: 'Libellé de la voie',
    hint: 'Limité à 28 caractères, espaces compris.',
    typedLimit: 28,
    limit: 28,
    autocomplete: 'address-line1',
  },
  complement: {
    ...text,
    label: "Complément d'adresse",
    hint: 'Limité à 38 caractères, espaces compris. Bâtiment, étage, boîte postale…',
    typedLimit: 38,
    limit: 38,
    autocomplete: 'address-line2',
  },
  codePostal: {
    ...text,
    ...mandatory,
    label: 'Code postal',
    width: 'short',
    limit: 5,
    clean: (posted) => oneLine(posted).replaceAll(' ', ''),
    problem: (value) => (/^[0-9]{5}$/.test(value) ? undefined : 'indiquez cinq chiffres, par exemple 33000.'),
    autocomplete: 'postal-code',
  },
  ville: { ...text, ...mandatory, label: 'Ville', control: 'towns' },
  telephone: { ...telephone, ...mandatory, label: 'Téléphone fixe', hint: 'Par exemple 01 23 45 67 89.' },
  fax: { ...telephone, label: 'Fax', hint: 'Facultatif.' },
  courriel: { ...courriel, label: 'Courriel établissement', hint: 'Par exemple contact@entreprise.fr.' },
  confirmerCourriel: { ...courriel, label: 'Confirmer courriel établissement', hint: again },
  nom: { ...text, ...mandatory, label: 'Nom', width: 'half', autocomplete: 'family-name' },
  prenom: {
    ...text,
    ...mandatory,
    label: 'Prénom',
    width: 'half',
    autocomplete: 'given-name',
  },
  telephoneUtilisateur: {
    ...telephone,
    ...mandatory,
    label: 'Téléphone',
    hint: 'Par exemple 01 23 45 67 89.',
    autocomplete: 'tel',
  },
  courrielUtilisateur: {
    ...courriel,
    label: 'Courriel',
    hint: 'Par exemple prenom.nom@entreprise.fr.',
    autocomplete: 'email',
  },
  confirmerCourrielUtilisateur: {
    ...courriel,
    label: 'Confirmer courriel',
    hint: again,
    autocomplete: 'email',
  },
  questionSecrete: {
    ...choice,
    ...mandatory,
    ...among(questions),
    label: 'Question secrète',
    hint: 'Choisissez une question de la liste.',
    width: 'half',
  },
  reponse: {
    ...text,
    ...mandatory,
    label: 'Réponse',
    width: 'half',
    keptAfterRefusal: false,
    hint: 'Elle vous sera demandée en cas d’oubli du mot de passe.',
  },
};
