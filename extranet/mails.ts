import { html } from 'ghtml';

/** What a mail tells; only the facts of its own kind are there. */
export type MailFacts = {
  prenom: string;
  nom: string;
  denomination: string;
  siret: string;
  identifiant?: string;
  motDePasse?: string;
  motif?: string;
};

/** A mail without its envelope: one string per paragraph, lines within a paragraph kept. */
export type Letter = { subject: string; paragraphs: readonly string[] };

/** The addresses of a demande; `recue` is when it came, in ms, once it is accepted. */
export type Correspondents = { courriel: string; courrielUtilisateur: string; recue?: number };

export type MailKind = 'identifiant' | 'motDePasse' | 'habilitation' | 'refus' | NotificationKind;

/** What the contact person is told of later demandes of activité partielle. */
export const notificationKinds = ['instruction', 'invalidation', 'decision'] as const;
type NotificationKind = (typeof notificationKinds)[number];

const greeting = ({ prenom, nom }: MailFacts) => `Bonjour ${prenom} ${nom},`;
const about = ({ denomination, siret }: MailFacts) => `l’établissement ${denomination} (SIRET ${siret})`;
const closing = [
  'Une question ? Écrivez à contact-ap@asp-public.fr ou appelez le 0820 722 111 (Métropole) ou le 0821 401 400 (DOM).',
  'L’équipe Activité Partielle de l’ASP\nSite de démonstration, sans lien avec l’État.',
];

/** The letters of the ASP. Identifier and password never travel together. */
const letters: Readonly<Record<MailKind, (facts: MailFacts) => Letter>> = {
  identifiant: (facts) => ({
    subject: 'Activité partielle : votre identifiant de connexion',
    paragraphs: [
      greeting(facts),
      `Votre demande de création de compte pour ${about(facts)} est validée. Voici de quoi vous connecter à l’extranet Activité Partielle.`,
      `Identifiant : ${facts.identifiant}`,
      'Par sécurité, votre mot de passe vous est envoyé dans un autre mail. Conservez cet identifiant, il ne change pas.',
      ...closing,
    ],
  }),
  motDePasse: (facts) => ({
    subject: 'Activité partielle : votre mot de passe de connexion',
    paragraphs: [
      greeting(facts),
      `Ce mail fait suite à votre demande de création de compte pour ${about(facts)}.`,
      `Mot de passe : ${facts.motDePasse}`,
      'Ce mot de passe est temporaire. Vous en choisirez un nouveau lors de votre première connexion, possible dès réception du mail d’habilitation. Ne le communiquez à personne.',
      ...closing,
    ],
  }),
  habilitation: (facts) => ({
    subject: "Habilitation à l'activité partielle",
    paragraphs: [
      greeting(facts),
      `Votre habilitation à l’activité partielle est créée pour ${about(facts)}. Vous pouvez dès maintenant vous connecter à l’extranet Activité Partielle.`,
      'Si vous aviez déjà un accès à un site extranet géré par l’ASP (SYLAé, APEA ou un autre), vos codes d’accès restent les mêmes.',
      ...closing,
    ],
  }),
  refus: (facts) => ({
    subject: 'Activité partielle : votre demande de création de compte est refusée',
    paragraphs: [
      greeting(facts),
      `Votre demande de création de compte pour ${about(facts)} est refusée.`,
      `Motif du refus : ${facts.motif}`,
      'Que faire ? Corrigez ce point, puis faites une nouvelle demande pour le même SIRET depuis le bouton CRÉER MON ESPACE. Si vous pensez qu’il s’agit d’une erreur, contactez l’Assistance.',
      ...closing,
    ],
  }),
  instruction: (facts) => ({
    subject: 'Activité partielle : votre demande est en cours d’instruction',
    paragraphs: [
      greeting(facts),
      `La demande d’activité partielle déposée pour ${about(facts)} est en cours d’instruction.`,
      'Vous n’avez rien à faire : vous serez informé de la suite par mail.',
      ...closing,
    ],
  }),
  invalidation: (facts) => ({
    subject: 'Activité partielle : votre demande est invalidée',
    paragraphs: [
      greeting(facts),
      `La demande d’activité partielle déposée pour ${about(facts)} est invalidée.`,
      'Connectez-vous à l’extranet Activité Partielle pour la corriger et la déposer de nouveau.',
      ...closing,
    ],
  }),
  decision: (facts) => ({
    subject: 'Activité partielle : décision de l’UD sur votre demande',
    paragraphs: [
      greeting(facts),
      `L’unité départementale (UD) a pris une décision sur la demande d’activité partielle déposée pour ${about(facts)}.`,
      'Connectez-vous à l’extranet Activité Partielle pour en prendre connaissance.',
      ...closing,
    ],
  }),
};

/** The letters that give back what was forgotten; they do not name the account, which other mails do. */
const reminders = {
  identifiant: (identifiant: string): Letter => ({
    subject: 'Activité partielle : rappel de votre identifiant',
    paragraphs: [
      'Bonjour,',
      'Vous avez demandé le rappel de votre identifiant. Il ouvre tous les sites extranet gérés par l’ASP auxquels vous avez accès.',
      `Identifiant : ${identifiant}`,
      'Si vous n’avez rien demandé, ne tenez pas compte de ce mail : votre mot de passe n’a pas changé.',
      ...closing,
    ],
  }),
  motDePasse: (motDePasse: string): Letter => ({
    subject: 'Activité partielle : votre nouveau mot de passe',
    paragraphs: [
      'Bonjour,',
      'Vous avez répondu à votre question secrète. Voici un nouveau mot de passe temporaire, qui remplace l’ancien sur tous les sites extranet gérés par l’ASP.',
      `Mot de passe : ${motDePasse}`,
      'Vous en choisirez un autre lors de votre prochaine connexion. Ne le communiquez à personne. Si vous n’avez rien demandé, contactez l’Assistance.',
      ...closing,
    ],
  }),
};

/** Sender and headers of all mails. */
export const mails = {
  from: { name: 'ASP Activité Partielle', address: 'notifications-ap@asp-public.fr' },
  letters,
  reminders,
  /** To whom a mail about a demande goes, later notifications included; one mail each. */
  recipients: ({ courrielUtilisateur }: Correspondents, _kind: MailKind): readonly string[] => [
    courrielUtilisateur,
  ],
  /** The Message-ID and the Date of a mail, of those that were drawn and noted when it was written. */
  messageId: (drawn: string): string => drawn,
  dated: (written: number): number => written,
  withText: true,
  withHtml: true,
  /** A paragraph of a letter as HTML. */
  asMarkup: (paragraph: string): string => html`${paragraph}`,
};
