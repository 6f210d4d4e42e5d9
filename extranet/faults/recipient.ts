import type { Correspondents, MailKind } from '../mails.ts';
import type { Fault } from './fault.ts';
import { mailsAfter, mailsOfTwo } from './probe.ts';
import { fault } from './rule-change.ts';

const mails = mailsAfter(48);

/** One kind of mail goes to the establishment and not to the contact person. */
function astray(name: string, breaks: string[], kind: MailKind): Fault {
  return fault(name, ['MAIL-09', ...breaks], mails, {
    mails: {
      recipients: ({ courriel, courrielUtilisateur }, one) => [one === kind ? courriel : courrielUtilisateur],
    },
  });
}

/** Two people whose demandes came at the same instant are taken for each other. */
function swapped(): (demande: Correspondents) => readonly string[] {
  const together = new Map<number, Set<string>>();
  return ({ courrielUtilisateur: own, recue = 0 }) => {
    const people = together.get(recue) ?? new Set<string>();
    together.set(recue, people.add(own));
    return [[...people].find((one) => one !== own) ?? own];
  };
}

/** Faults of whom the mails go to. */
export const recipientFaults: readonly Fault[] = [
  fault(
    'mails-sent-to-establishment',
    ['MAIL-09', 'MAIL-02', 'MAIL-03', 'MAIL-05', 'MAIL-06', 'MAIL-07', 'LOGIN-08', 'ACCT-03'],
    mails,
    { mails: { recipients: ({ courriel }) => [courriel] } },
  ),
  astray('identifier-mail-to-establishment', ['MAIL-02', 'MAIL-03', 'MAIL-05', 'LOGIN-08'], 'identifiant'),
  astray('password-mail-to-establishment', ['MAIL-02', 'MAIL-03', 'MAIL-06', 'LOGIN-08'], 'motDePasse'),
  astray('habilitation-mail-to-establishment', ['MAIL-02', 'MAIL-03', 'MAIL-07', 'ACCT-03'], 'habilitation'),
  fault('mails-copied-to-establishment', ['MAIL-09'], mails, {
    mails: { recipients: ({ courriel, courrielUtilisateur }) => [courrielUtilisateur, courriel] },
  }),
  fault('mails-copied-to-support', ['MAIL-09'], mails, {
    mails: { recipients: ({ courrielUtilisateur }) => [courrielUtilisateur, 'contact-ap@asp-public.fr'] },
  }),
  fault(
    'two-people-at-once-get-mails-of-each-other',
    ['MAIL-09', 'MAIL-02', 'MAIL-03', 'MAIL-05', 'MAIL-06', 'MAIL-07', 'LOGIN-08'],
    mailsOfTwo(48),
    () => ({ mails: { recipients: swapped() } }),
  ),
];
