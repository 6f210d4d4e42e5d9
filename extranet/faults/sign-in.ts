import { mailedAccess, signIn } from './account-probe.ts';
import type { Fault } from './fault.ts';
import { page, posted } from './probe.ts';
import { fault } from './rule-change.ts';

const home = page('/aparts/');
const missing = '/aparts/page-perdue';
const stranger = posted('/aparts/connexion', { identifiant: 'PERSONNE', motDePasse: 'inconnu' });

/** Faults of the sign-in, and of what was forgotten. */
export const signInFaults: readonly Fault[] = [
  fault('personal-space-title-reworded', ['LOGIN-01'], home, { login: { title: 'IDENTIFICATION' } }),
  fault('user-field-renamed', ['LOGIN-02'], home, { login: { user: 'Adresse mail' } }),
  fault('user-field-masked', ['LOGIN-02'], home, { login: { types: { user: 'password' } } }),
  fault('password-field-renamed', ['LOGIN-03'], home, { login: { password: 'Code confidentiel' } }),
  fault('password-shown-in-clear', ['LOGIN-03'], home, { login: { types: { password: 'text' } } }),
  fault('sign-in-button-renamed', ['LOGIN-04'], home, { login: { submit: 'Entrer' } }),
  fault('sign-in-button-dead', ['LOGIN-04', 'LOGIN-08', 'ACCT-04', 'ACCT-05'], home, {
    login: { types: { submit: 'button' } },
  }),
  fault('sign-in-cancel-renamed', ['LOGIN-05'], home, { login: { cancel: 'Effacer' } }),
  fault('sign-in-cancel-signs-in', ['LOGIN-05'], home, { login: { types: { cancel: 'submit' } } }),
  fault('forgotten-identifier-not-offered', ['LOGIN-06'], home, {
    login: { forgottenUser: 'Difficultés pour vous identifier' },
  }),
  fault('forgotten-identifier-link-dead', ['LOGIN-06'], home, { login: { forgottenUserTarget: missing } }),
  fault('forgotten-password-not-offered', ['LOGIN-07'], home, {
    login: { forgottenPassword: 'Difficultés pour entrer' },
  }),
  fault('forgotten-password-link-dead', ['LOGIN-07'], home, { login: { forgottenPasswordTarget: missing } }),
  fault('sign-in-tells-unknown-user', ['LOGIN-09'], stranger, {
    login: { unknownUser: 'Cet identifiant n’existe pas.' },
  }),
  fault('sign-in-tells-wrong-password', ['LOGIN-09'], signIn('faux'), {
    login: { wrongPassword: 'Le mot de passe est incorrect.' },
  }),
  fault('any-password-opens', ['LOGIN-09', 'ACCT-10'], signIn('faux'), { account: { accepts: () => true } }),
  fault('right-password-refused', ['LOGIN-08', 'ACCT-04', 'ACCT-05', 'ACCT-10'], mailedAccess, {
    account: { currentOpens: (site) => site !== 'Activité Partielle' },
  }),
  fault('forgotten-password-tells-unknown-user', ['LOGIN-09'], forgotten('mot-de-passe'), {
    recovery: { motDePasse: { unknown: 'Cet identifiant n’existe pas.' } },
  }),
  fault('forgotten-identifier-tells-unknown-user', ['LOGIN-09'], forgotten('identifiant'), {
    recovery: { identifiant: { unknown: 'Aucun compte n’a cette adresse.' } },
  }),
];

function forgotten(what: 'identifiant' | 'mot-de-passe') {
  const stranger = { identifiant: 'PERSONNE', siret: '73282932000074', courriel: 'personne@guichet.test' };
  return posted(`/aparts/${what}-oublie`, stranger);
}
