import type { Fault } from './fault.ts';
import { page } from './probe.ts';
import { fault } from './rule-change.ts';

const home = page('/aparts/');
const missing = '/aparts/page-perdue';

/** Faults of the home page but for its sign-in. */
export const homeFaults: readonly Fault[] = [
  fault('root-leads-to-support', ['HOME-02'], page('/'), { site: { rootTarget: '/aparts/support' } }),
  fault('root-not-found', ['HOME-02'], page('/'), { site: { rootTarget: missing } }),
  fault('service-name-missing', ['HOME-03'], home, {
    home: { title: 'BIENVENUE' },
    site: { service: 'Extranet' },
  }),
  fault('service-name-misspelled', ['HOME-03'], home, {
    home: { title: 'ACTIVITÉS PARTIELLES' },
    site: { service: 'Activités partielles' },
  }),
  fault('help-title-reworded', ['HOME-04'], home, { home: { help: { title: 'UNE QUESTION ?' } } }),
  fault('knowledge-base-not-offered', ['HOME-05'], home, {
    home: { help: { knowledge: 'Lisez les questions fréquentes' } },
  }),
  fault('knowledge-base-link-dead', ['HOME-05'], home, { home: { help: { knowledgeTarget: missing } } }),
  fault('support-not-offered-as-help', ['HOME-06'], home, { home: { help: { support: 'écrivez-nous' } } }),
  fault('support-link-of-help-dead', ['HOME-06'], home, { home: { help: { supportTarget: missing } } }),
  fault('first-connection-title-reworded', ['HOME-07'], home, {
    home: { first: { title: 'NOUVEAU SUR CE SITE' } },
  }),
  fault('why-create-not-told', ['HOME-08'], home, { home: { first: { why: '' } } }),
  fault('why-create-names-establishment', ['HOME-08'], home, ({ home: { first } }) => ({
    home: { first: { why: first.why.replace("l'entreprise", "l'établissement") } },
  })),
  fault('siret-at-hand-not-told', ['HOME-09'], home, { home: { first: { siretAtHand: '' } } }),
  fault('siret-at-hand-told-after-button', ['HOME-09'], home, { home: { first: { adviceFirst: false } } }),
  fault('create-button-renamed', ['HOME-10', 'HOME-01'], home, {
    home: { first: { create: 'COMMENCER' } },
  }),
  fault('create-leads-nowhere', ['HOME-11'], home, { home: { first: { createTarget: '/aparts/' } } }),
  fault('create-leads-to-missing-page', ['HOME-11'], home, { home: { first: { createTarget: missing } } }),
  fault('accountants-not-addressed', ['HOME-12'], home, {
    home: { first: { accountant: 'Vous agissez pour un client ?' } },
  }),
  fault('contract-not-offered', ['HOME-13'], home, { home: { first: { contract: 'MODÈLE À SIGNER' } } }),
  fault('contract-link-dead', ['HOME-13'], home, { home: { first: { contractTarget: missing } } }),
  fault('simulation-not-offered', ['HOME-14'], home, {
    home: { simulation: { title: 'Estimez votre allocation' } },
  }),
  fault('simulation-link-dead', ['HOME-14'], home, { home: { simulation: { target: missing } } }),
  fault('legal-notice-not-offered', ['HOME-16'], home, { site: { footer: { legal: 'À propos' } } }),
  fault('legal-notice-link-dead', ['HOME-16'], home, { site: { footerTargets: { legal: missing } } }),
  fault('terms-not-in-footer', ['HOME-17'], home, { site: { footer: { terms: 'CGU' } } }),
  fault('terms-link-of-footer-dead', ['HOME-17'], home, { site: { footerTargets: { terms: missing } } }),
  fault('support-not-in-footer', ['HOME-18'], home, { site: { footer: { support: 'Aide' } } }),
  fault('support-link-of-footer-dead', ['HOME-18'], home, { site: { footerTargets: { support: missing } } }),
];
