import type { Letter, MailFacts, MailKind } from '../mails.ts';
import { mailedAccess } from './account-probe.ts';
import type { Fault } from './fault.ts';
import { mailsAfter } from './probe.ts';
import { fault } from './rule-change.ts';

const mails = mailsAfter(48);
const day = 24 * 60;

/** Other words in one kind of letter. */
function letter(
  name: string,
  breaks: string[],
  kind: MailKind,
  reworded: (sound: Letter, facts: MailFacts) => Partial<Letter>,
): Fault {
  return fault(name, breaks, mails, ({ mails: { letters } }) => {
    const other = (facts: MailFacts) => ({
      ...letters[kind](facts),
      ...reworded(letters[kind](facts), facts),
    });
    return { mails: { letters: { [kind]: other } } };
  });
}

/** Answers what was drawn for the person before, the own for the first. */
function previous(): (drawn: string) => string {
  let last: string | undefined;
  return (drawn) => {
    const told = last ?? drawn;
    last = drawn;
    return told;
  };
}

/** Faults of what the mails say, how many there are, and when they come. */
export const mailFaults: readonly Fault[] = [
  fault('mail-before-envoyer', ['MAIL-01'], mailsAfter(1, { nom: '' }), {
    backOffice: { mailsOnRefusal: ['habilitation'] },
  }),
  fault('identifier-mail-lost', ['MAIL-05', 'MAIL-02', 'MAIL-03', 'LOGIN-08'], mails, {
    backOffice: { mails: { identifiant: [] } },
  }),
  fault('password-mail-lost', ['MAIL-06', 'MAIL-02', 'MAIL-03', 'LOGIN-08'], mails, {
    backOffice: { mails: { motDePasse: [] } },
  }),
  fault('habilitation-mail-lost', ['MAIL-07', 'MAIL-02', 'MAIL-03', 'ACCT-03'], mails, {
    backOffice: { mails: { habilitation: [] } },
  }),
  fault('identifier-mail-sent-twice', ['MAIL-02', 'ROBUST-05'], mails, {
    backOffice: { mails: { identifiant: ['identifiant', 'identifiant'] } },
  }),
  fault('password-mail-sent-twice', ['MAIL-02', 'ROBUST-05'], mails, {
    backOffice: { mails: { motDePasse: ['motDePasse', 'motDePasse'] } },
  }),
  fault('habilitation-mail-sent-twice', ['MAIL-02', 'ACCT-03', 'ROBUST-05'], mails, {
    backOffice: { mails: { habilitation: ['habilitation', 'habilitation'] } },
  }),
  fault('identifier-mail-after-49-hours', ['MAIL-03'], mails, {
    backOffice: { minutes: { identifiant: 49 * 60 } },
  }),
  fault('password-mail-after-49-hours', ['MAIL-03'], mails, {
    backOffice: { minutes: { motDePasse: 49 * 60 } },
  }),
  fault('habilitation-after-49-hours', ['MAIL-03'], mails, {
    backOffice: { minutes: { habilitation: 49 * 60 } },
  }),
  fault('closed-at-week-ends-and-late', ['MAIL-03'], mails, { backOffice: { opening: { days: [1] } } }),
  fault('agents-take-three-days', ['MAIL-03'], mails, { backOffice: { minutesPerDemande: 1.25 * day } }),
  fault('sender-is-not-the-asp', ['MAIL-04'], mails, {
    mails: { from: { name: 'Ne pas répondre', address: 'noreply@exemple.test' } },
  }),
  fault('sender-in-another-domain', ['MAIL-04'], mails, {
    mails: { from: { name: 'Activité Partielle', address: 'notifications@activite-partielle.test' } },
  }),
  letter('identifier-mail-without-identifier', ['MAIL-05', 'LOGIN-08'], 'identifiant', () => ({
    paragraphs: ['Bonjour,', 'Votre demande de création de compte est validée.'],
  })),
  letter('password-mail-without-password', ['MAIL-06', 'LOGIN-08'], 'motDePasse', () => ({
    paragraphs: ['Bonjour,', 'Votre mot de passe vous sera communiqué.'],
  })),
  letter('habilitation-mail-says-nothing', ['MAIL-07', 'ACCT-03'], 'habilitation', () => ({
    subject: 'Activité partielle : votre dossier',
    paragraphs: ['Bonjour,', 'Votre dossier avance.'],
  })),
  letter(
    'habilitation-of-another-establishment',
    ['MAIL-07'],
    'habilitation',
    ({ paragraphs }, { siret }) => ({
      paragraphs: paragraphs.map((one) => one.replace(siret, [...siret].reverse().join(''))),
    }),
  ),
  letter(
    'identifier-and-password-together',
    ['MAIL-08'],
    'motDePasse',
    ({ paragraphs }, { identifiant }) => ({
      paragraphs: [`Identifiant : ${identifiant}`, ...paragraphs],
    }),
  ),
  letter('identifier-in-subject-of-password-mail', ['MAIL-08'], 'motDePasse', (_, { identifiant }) => ({
    subject: `Activité partielle : votre mot de passe pour ${identifiant}`,
  })),
  fault(
    'two-mails-in-place-of-three',
    ['MAIL-02', 'MAIL-03', 'MAIL-08'],
    mails,
    ({ mails: { letters } }) => ({
      backOffice: { mails: { identifiant: [] } },
      mails: {
        letters: {
          motDePasse: (facts) => ({
            subject: 'Activité partielle : vos codes',
            paragraphs: [`Identifiant : ${facts.identifiant}`, ...letters.motDePasse(facts).paragraphs],
          }),
        },
      },
    }),
  ),
  fault('mail-without-text-part', ['MAIL-16'], mails, { mails: { withText: false } }),
  letter('password-mail-without-subject', ['MAIL-16'], 'motDePasse', () => ({ subject: '' })),
  fault('mails-share-a-message-id', ['MAIL-16'], mails, {
    mails: { messageId: () => '<1@asp-public.fr>' },
  }),
  fault('mails-dated-1970', ['MAIL-16'], mails, { mails: { dated: () => 0 } }),
  fault('wrong-password-in-mail', ['LOGIN-08'], mailedAccess, {
    account: { mailedPassword: (drawn) => [...drawn].reverse().join('') },
  }),
  fault('password-cut-in-mail', ['LOGIN-08'], mailedAccess, {
    account: { mailedPassword: (drawn) => drawn.slice(0, -1) },
  }),
  fault('wrong-identifier-in-mail', ['LOGIN-08'], mailedAccess, {
    account: { mailedIdentifiant: (drawn) => `${drawn}X` },
  }),
  fault('password-of-the-person-before', ['LOGIN-08'], mailedAccess, () => ({
    account: { mailedPassword: previous() },
  })),
  fault('identifier-of-the-person-before', ['LOGIN-08'], mailedAccess, () => ({
    account: { mailedIdentifiant: previous() },
  })),
];
