import type { RequirementEntry } from './requirement.ts';

/** The home page: help, first connection, simulator, footer. */
export const home = [
  {
    id: 'HOME-01',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: 'Création de compte sur le site <https://activitepartielle.emploi.gouv.fr/aparts/>',
    check:
      'GET {base}/aparts/ answers 200 text/html and shows the home page from which an account can be created.',
    note: 'URL carries a trailing slash and a lower-case path; a newer public manual writes /APARTS/. The harness takes a configurable base URL and must only check the path when the target claims it.',
  },
  {
    id: 'HOME-02',
    source: 'seed',
    level: 'SHOULD',
    surface: 'home',
    quote: "Se connecter à l'extranet Activité Partielle sur <https://activitepartielle.emploi.gouv.fr>",
    check: 'GET {origin}/ serves, or redirects (<=5 hops, same origin) to, the same home page as /aparts/.',
    note: 'Seed gives two URLs and does not say whether the root redirects.',
  },
  {
    id: 'HOME-03',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: '**ACTIVITÉ PARTIELLE**',
    check:
      'The home page shows the service name « ACTIVITÉ PARTIELLE » (accent- and case-insensitive, visible text or image alternative).',
  },
  {
    id: 'HOME-04',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: "BESOIN D'AIDE ?",
    check: "A help block whose visible title is « BESOIN D'AIDE ? » is present on the home page.",
  },
  {
    id: 'HOME-05',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: 'Consultez notre base de connaissances',
    check:
      'The help block offers access to the knowledge base (visible text; if a link, its target answers < 400).',
    note: "Not marked as a link in the seed's text.",
  },
  {
    id: 'HOME-06',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: 'contactez le support technique.',
    check:
      'The help block offers access to technical support (visible text; if a link, its target answers < 400).',
    note: "Not marked as a link in the seed's text.",
  },
  {
    id: 'HOME-07',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: 'MA PREMIÈRE CONNEXION',
    check: 'A section titled « MA PREMIÈRE CONNEXION » is present and precedes or contains CRÉER MON ESPACE.',
  },
  {
    id: 'HOME-08',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote:
      "Pour accéder à vos services en ligne, vous devez d'abord créer un espace pour l'entreprise que vous représentez.",
    check:
      'This explanatory sentence (normalised whitespace/apostrophes) is visible in the first-connection section.',
    note: 'Says « entreprise » while the rest of the procedure is per « établissement » (SIRET).',
  },
  {
    id: 'HOME-09',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: 'Pour cela, munissez-vous au préalable de votre SIRET avant de commencer la procédure.',
    check:
      'The sentence telling the user to have the SIRET at hand is visible before the CRÉER MON ESPACE control.',
  },
  {
    id: 'HOME-10',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: '[CRÉER MON ESPACE](#)',
    check: 'A link or button named « CRÉER MON ESPACE » exists, is visible, enabled and can be activated.',
  },
  {
    id: 'HOME-11',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote:
      "① Pour accéder au formulaire de création de compte au service dématérialisé d'Activité Partielle, cliquez sur [CRÉER MON ESPACE](#) .",
    check:
      'Activating CRÉER MON ESPACE leads, without authentication, to the « Veuillez indiquer votre numéro de Siret » step.',
    note: 'The sentence promises the form itself; the screens show the SIRET step in between.',
  },
  {
    id: 'HOME-12',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: 'Vous êtes EXPERT-COMPTABLE et vous représentez un établissement ?',
    check: 'The accountant prompt is visible on the home page.',
  },
  {
    id: 'HOME-13',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: '[CONTRAT DE PRESTATION](#)',
    check:
      'A control named « CONTRAT DE PRESTATION » exists next to the accountant prompt and its target answers < 400 (page or downloadable document).',
    note: 'The seed does not say what the link opens; an external source (DEETS Martinique) describes a document to download, sign and e-mail.',
  },
  {
    id: 'HOME-14',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: "Simulation de l'indemnisation de l'employeur en cas d'activité partielle",
    check: 'An entry with this text is present on the home page and can be activated to reach a simulator.',
    note: 'Not marked as a link in the seed; could be a banner text only.',
  },
  {
    id: 'HOME-15',
    source: 'seed',
    level: 'INFO',
    surface: 'home',
    quote: "Exprime le montant mensuel par NÉRAL au titre d'une période d'activité partielle des salariés",
    check: 'If a simulator is reachable, it outputs a monthly amount for a period of partial activity.',
    note: "Visibly garbled transcription (« NÉRAL », « Exprime »): report the target's wording, never fail on it.",
  },
  {
    id: 'HOME-16',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: 'Mentions légales',
    check: 'A « Mentions légales » entry is in the footer and, if a link, its target answers < 400.',
    note: "The three footer labels are glued together in the seed's text.",
  },
  {
    id: 'HOME-17',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: "Conditions générales d'utilisation",
    check:
      "A « Conditions générales d'utilisation » entry is in the footer and, if a link, its target answers < 400.",
    note: "Footer labels glued together in the seed's text.",
  },
  {
    id: 'HOME-18',
    source: 'seed',
    level: 'MUST',
    surface: 'home',
    quote: 'Contactez le support technique',
    check:
      'A « Contactez le support technique » entry is in the footer and, if a link, its target answers < 400.',
    note: "Footer labels glued together in the seed's text.",
  },
  {
    id: 'HOME-19',
    source: 'seed',
    level: 'INFO',
    surface: 'home',
    quote: "?\nBESOIN D'AIDE ?",
    check:
      'A « ? » pictogram accompanies the help block; if it is an image or control it has an accessible name or is hidden from assistive technology.',
    note: 'A lone « ? » line in the transcription; probably an icon.',
  },
] as const satisfies readonly RequirementEntry[];
