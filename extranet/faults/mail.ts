import type { Behaviour } from '../behaviour.ts';
import { changed, type Fault } from './fault.ts';

type Office = Behaviour['backOffice'];

function mailsOf(behaviour: Behaviour, entries: Partial<Office['mails']>): Behaviour {
  return changed(behaviour, 'backOffice', { mails: { ...behaviour.backOffice.mails, ...entries } });
}

/** Faults of the back office and its mails. */
export const mailFaults: readonly Fault[] = [
  {
    name: 'identifier-mail-lost',
    breaks: ['MAIL-02', 'MAIL-03', 'MAIL-05', 'LOGIN-08'],
    apply: (behaviour) => mailsOf(behaviour, { identifiant: [] }),
  },
  {
    name: 'password-mail-lost',
    breaks: ['MAIL-02', 'MAIL-03', 'MAIL-06', 'LOGIN-08'],
    apply: (behaviour) => mailsOf(behaviour, { motDePasse: [] }),
  },
  {
    name: 'habilitation-mail-lost',
    breaks: ['MAIL-02', 'MAIL-03', 'MAIL-07', 'ACCT-03'],
    apply: (behaviour) => mailsOf(behaviour, { habilitation: [] }),
  },
  {
    name: 'password-mail-sent-twice',
    breaks: ['MAIL-02'],
    apply: (behaviour) => mailsOf(behaviour, { motDePasse: ['motDePasse', 'motDePasse'] }),
  },
  {
    name: 'mail-before-envoyer',
    breaks: ['MAIL-01'],
    apply: (behaviour) => changed(behaviour, 'backOffice', { mailsOnRefusal: ['habilitation'] }),
  },
  {
    name: 'habilitation-after-49-hours',
    breaks: ['MAIL-03'],
    apply: (behaviour) =>
      changed(behaviour, 'backOffice', {
        minutes: { ...behaviour.backOffice.minutes, habilitation: 49 * 60 },
      }),
  },
  {
    name: 'closed-at-week-ends-and-late',
    breaks: ['MAIL-03'],
    apply: (behaviour) =>
      changed(behaviour, 'backOffice', { opening: { ...behaviour.backOffice.opening, days: [1] } }),
  },
  {
    name: 'mails-sent-to-establishment',
    breaks: ['MAIL-02', 'MAIL-03', 'MAIL-05', 'MAIL-06', 'MAIL-07', 'MAIL-09', 'LOGIN-08'],
    apply: (behaviour) => changed(behaviour, 'mails', { recipient: ({ courriel }) => courriel }),
  },
  {
    name: 'sender-is-not-the-asp',
    breaks: ['MAIL-04'],
    apply: (behaviour) =>
      changed(behaviour, 'mails', { from: { name: 'Ne pas répondre', address: 'noreply@exemple.test' } }),
  },
  {
    name: 'mail-without-text-part',
    breaks: ['MAIL-16'],
    apply: (behaviour) => changed(behaviour, 'mails', { withText: false }),
  },
  {
    name: 'identifier-and-password-together',
    breaks: ['MAIL-08'],
    apply: (behaviour) => {
      const { letters } = behaviour.mails;
      return changed(behaviour, 'mails', {
        letters: {
          ...letters,
          motDePasse: (facts) => {
            const letter = letters.motDePasse(facts);
            return { ...letter, paragraphs: [`Identifiant : ${facts.identifiant}`, ...letter.paragraphs] };
          },
        },
      });
    },
  },
  {
    name: 'wrong-password-in-mail',
    breaks: ['LOGIN-08'],
    apply: (behaviour) =>
      changed(behaviour, 'account', { mailedPassword: (drawn) => [...drawn].reverse().join('') }),
  },
  {
    name: 'wrong-identifier-in-mail',
    breaks: ['LOGIN-08'],
    apply: (behaviour) => changed(behaviour, 'account', { mailedIdentifiant: (drawn) => `${drawn}X` }),
  },
  {
    name: 'existing-access-gets-three-mails',
    breaks: ['ACCT-01', 'ACCT-02', 'ACCT-04', 'ACCT-05'],
    apply: (behaviour) =>
      changed(behaviour, 'backOffice', { existingAccess: behaviour.backOffice.firstAccess }),
  },
  {
    name: 'existing-access-gets-identifier',
    breaks: ['ACCT-01'],
    apply: (behaviour) =>
      changed(behaviour, 'backOffice', { existingAccess: ['validation', 'identifiant', 'habilitation'] }),
  },
  {
    name: 'existing-access-gets-new-password',
    breaks: ['ACCT-02', 'ACCT-04', 'ACCT-05'],
    apply: (behaviour) =>
      changed(behaviour, 'backOffice', { existingAccess: ['validation', 'motDePasse', 'habilitation'] }),
  },
  {
    name: 'existing-access-never-habilitated',
    breaks: ['ACCT-03', 'ACCT-04', 'ACCT-05'],
    apply: (behaviour) => changed(behaviour, 'backOffice', { existingAccess: ['validation'] }),
  },
  {
    name: 'existing-access-not-recognised',
    breaks: ['ACCT-01', 'ACCT-02', 'ACCT-04', 'ACCT-05'],
    apply: (behaviour) => changed(behaviour, 'backOffice', { accessKeys: [] }),
  },
];
