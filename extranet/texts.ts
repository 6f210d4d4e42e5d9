/** The words of the home page, the sign-in and the frame of all pages. */
export const site = {
  banner: 'Site de démonstration, sans lien avec l’État',
  service: 'Activité partielle',
  /** CSS of its own, after the sheet that all pages have. */
  ownStyle: '',
  skip: 'Aller au contenu',
  language: 'fr',
  viewport: 'width=device-width, initial-scale=1',
  tabTitle: (page: string, service: string): string => `${page} – ${service}`,
  /** Labels of the footer, in order, and where each leads. */
  footer: {
    legal: 'Mentions légales',
    terms: "Conditions générales d'utilisation",
    support: 'Contactez le support technique',
  },
  footerTargets: {
    legal: '/aparts/mentions-legales',
    terms: '/aparts/cgu',
    support: '/aparts/support',
  },
  /** Where the bare address of the site leads. */
  rootTarget: '/aparts/',
  demonstration:
    'Ce site est une démonstration. Il n’est édité par aucun service de l’État et ne donne aucun droit.',
};

export const home = {
  title: 'ACTIVITÉ PARTIELLE',
  lead: 'Demandez l’accès au service dématérialisé, puis suivez vos demandes en ligne.',
  help: {
    title: "BESOIN D'AIDE ?",
    knowledge: 'Consultez notre base de connaissances',
    knowledgeTarget: '/aparts/aide',
    or: 'ou',
    support: 'contactez le support technique',
    supportTarget: '/aparts/support',
  },
  first: {
    title: 'MA PREMIÈRE CONNEXION',
    why: "Pour accéder à vos services en ligne, vous devez d'abord créer un espace pour l'entreprise que vous représentez.",
    siretAtHand: 'Pour cela, munissez-vous au préalable de votre SIRET avant de commencer la procédure.',
    /** Whether these two sentences stand before the button. */
    adviceFirst: true,
    create: 'CRÉER MON ESPACE',
    /** Where CRÉER MON ESPACE leads. */
    createTarget: '/aparts/creation',
    accountant: 'Vous êtes EXPERT-COMPTABLE et vous représentez un établissement ?',
    contract: 'CONTRAT DE PRESTATION',
    contractTarget: '/aparts/contrat-de-prestation',
  },
  simulation: {
    target: '/aparts/simulation',
    title: "Simulation de l'indemnisation de l'employeur en cas d'activité partielle",
    what: 'Exprime le montant mensuel au titre d’une période d’activité partielle des salariés',
  },
};

export const login = {
  title: 'MON ESPACE PERSONNEL',
  user: 'Utilisateur',
  password: 'Mot de passe',
  cancel: 'Annuler',
  submit: 'Connexion',
  /** HTML types of the two fields and the two buttons. */
  types: { user: 'text', password: 'password', cancel: 'reset', submit: 'submit' },
  forgottenUser: "J'ai oublié mon identifiant",
  forgottenUserTarget: '/aparts/identifiant-oublie',
  forgottenPassword: "J'ai oublié mon mot de passe",
  forgottenPasswordTarget: '/aparts/mot-de-passe-oublie',
  pasteRefused: false,
  /** One message for both, so that nobody learns which identifiers exist. */
  unknownUser: 'L’identifiant ou le mot de passe est incorrect.',
  wrongPassword: 'L’identifiant ou le mot de passe est incorrect.',
  notYetOpen:
    'Votre compte n’est pas encore habilité à l’activité partielle. Vous pourrez vous connecter dès réception du mail d’habilitation.',
  /** Whether sign-in works before the habilitation. */
  opensBeforeHabilitation: false,
  temporaryPasswordMustChange: true,
  shortestPassword: 12,
};

export const espace = {
  title: 'Mon espace personnel',
  establishments: 'Mes établissements',
  another: 'Demander un autre établissement',
  anotherHow:
    'Faites une nouvelle demande avec le courriel de ce compte : l’établissement s’ajoutera à cette liste, avec le même identifiant.',
  signOut: 'Se déconnecter',
  change: {
    title: 'Choisissez votre mot de passe',
    link: 'Changer mon mot de passe',
    why: 'Votre mot de passe est temporaire : remplacez-le avant d’utiliser le service.',
    everywhere:
      "En cas de changement de mot de passe, la modification s'applique à tous les sites extranet gérés par l'ASP.",
    current: 'Mot de passe actuel',
    password: 'Nouveau mot de passe',
    confirm: 'Confirmer le nouveau mot de passe',
    submit: 'Enregistrer',
    done: 'Votre mot de passe est enregistré.',
    refused: 'Le mot de passe n’est pas enregistré : corrigez les points suivants.',
    empty: 'ce champ est obligatoire.',
    wrong: 'ce n’est pas votre mot de passe actuel.',
    different: 'les deux mots de passe sont différents.',
    again: 'choisissez un mot de passe que vous n’aviez pas déjà.',
  },
};

/** The sibling extranets: their sign-in and signed-in pages. */
export const siblings = {
  sites: {
    SYLAé: {
      title: 'SYLAé',
      lead: 'Suivi des contrats aidés. Démonstration d’un autre site extranet géré par l’ASP.',
    },
    APEA: { title: 'APEA', lead: 'Démonstration d’un autre site extranet géré par l’ASP.' },
  },
  sameAccount: 'L’identifiant et le mot de passe sont les mêmes sur tous les sites extranet gérés par l’ASP.',
  signIn: 'Connexion à votre espace',
  opened: (site: string): string => `Votre accès à ${site} est ouvert.`,
  notYours: (site: string): string => `Ce compte n’a pas d’accès à ${site}.`,
  toAparts: 'Aller à l’extranet Activité Partielle',
};

export const support = {
  title: 'Support technique',
  spam: {
    title: 'Vous n’avez pas reçu l’un des mails ?',
    advice:
      "Si vous n'avez pas reçu l'un de ces mails dans un délai de 48h, nous vous conseillons de vérifier le dossier « SPAM » ou « courrier indésirable » ou tout autre système de filtrage des spams de votre messagerie avant de contacter l'Assistance.",
    /** Whether the advice stands before the contact means on the support page. */
    first: true,
  },
  means: {
    title: "Contacter l'Assistance",
    mail: { intro: 'Soit par mail', address: 'contact-ap@asp-public.fr' },
    metropole: {
      intro: 'Soit au',
      number: '0820 722 111',
      price: 'Service 0,15 € / appel + prix appel',
      territory: 'pour la Métropole',
    },
    dom: {
      intro: 'Soit au',
      number: '0821 401 400',
      price: 'Service 0,15 € / appel + prix appel',
      territory: 'pour les DOM',
    },
  },
};

export const confirmation = {
  title: 'Votre demande de création de compte est envoyée',
  worked: 'L’envoi de votre demande de création de compte a fonctionné.',
  next: "Une fois votre demande validée, vous recevrez, sous 48h au maximum, 3 mails de l'ASP contenant votre identifiant de connexion, votre mot de passe de connexion ainsi qu'une confirmation de la création de votre habilitation.",
  existingAccess:
    "Dans le cas où l'établissement a déjà un accès aux sites extranet gérés par l'ASP tels que SYLAé, APEA ou d'autres sites, les mails d'identifiant et de mot de passe ne seront pas renvoyés à l'établissement car il s'agit des mêmes identifiant et mot de passe.",
  back: 'Retour à l’accueil',
  /** Whether the success is a status message too. */
  announced: true,
};
