import type { RequirementEntry } from './requirement.ts';

/** The personal space: sign-in and forgotten credentials. */
export const login = [
  {
    id: 'LOGIN-01',
    source: 'seed',
    level: 'MUST',
    surface: 'login',
    quote: 'MON ESPACE PERSONNEL',
    check:
      'A section titled « MON ESPACE PERSONNEL » is present on the home page and contains the log-in form.',
  },
  {
    id: 'LOGIN-02',
    source: 'seed',
    level: 'MUST',
    surface: 'login',
    quote: 'Utilisateur :',
    check: 'A text field labelled « Utilisateur » is present in the log-in form.',
  },
  {
    id: 'LOGIN-03',
    source: 'seed',
    level: 'MUST',
    surface: 'login',
    quote: 'Mot de passe :',
    check: 'A masked field (type=password) labelled « Mot de passe » is present in the log-in form.',
  },
  {
    id: 'LOGIN-04',
    source: 'seed',
    level: 'MUST',
    surface: 'login',
    quote: '[Annuler](#) [Connexion](#)',
    check: 'A control named « Connexion » submits the log-in form.',
  },
  {
    id: 'LOGIN-05',
    source: 'seed',
    level: 'MUST',
    surface: 'login',
    quote: '[Annuler](#) [Connexion](#)',
    check: 'A control named « Annuler » exists in the log-in form and never authenticates the user.',
    note: 'Effect (clear fields, go back) not stated.',
  },
  {
    id: 'LOGIN-06',
    source: 'seed',
    level: 'MUST',
    surface: 'login',
    quote: "[J'ai oublié mon identifiant](#)",
    check: "A control named « J'ai oublié mon identifiant » exists and its target answers < 400.",
    note: 'Recovery flow itself is not described.',
  },
  {
    id: 'LOGIN-07',
    source: 'seed',
    level: 'MUST',
    surface: 'login',
    quote: "[J'ai oublié mon mot de passe](#)",
    check: "A control named « J'ai oublié mon mot de passe » exists and its target answers < 400.",
    note: 'Recovery flow not described; presumably uses the secret question.',
  },
  {
    id: 'LOGIN-08',
    source: 'seed',
    level: 'MUST',
    surface: 'login',
    quote: 'votre identifiant de connexion, votre mot de passe de connexion',
    check:
      'The identifier and password read in the received mails, typed in Utilisateur / Mot de passe, open the personal space.',
    note: 'Whether log-in works before the habilitation mail is not stated.',
  },
  {
    id: 'LOGIN-09',
    source: 'seed',
    level: 'SHOULD',
    surface: 'login',
    quote: 'MON ESPACE PERSONNEL\n\nUtilisateur :\n\nMot de passe :',
    check:
      'Unknown identifier or wrong password does not open the personal space and the message does not tell which one was wrong.',
    note: 'Implied, not stated in the seed.',
  },
] as const satisfies readonly RequirementEntry[];
