import type { LedgerRow, MailKind } from '../ledger/ledger.ts';
import { readAccountMail } from '../mail/account-mail.ts';
import type { ReceivedMail } from '../mail/mailbox.ts';
import type { Message } from '../mail/message.ts';

/** A received mail and what it says. */
export type DecodedMail = { received: ReceivedMail; message: Message };

/** A mail that came where it should: to the contact person of a submission, about that submission. */
type Delivery = { mail: ReceivedMail; submission: string; kind: MailKind };
/**
 * A mail that somebody got who should not have; `why`, in French, names addresses, never what the mail tells; `about`:
 * the SIRETs of submissions that it names.
 */
export type Misdirected = { mail: ReceivedMail; why: string; about: string[] };

/**
 * Which account mail a message is. One that gives identifier and password together is `other`, since they come
 * in two mails.
 */
export function kindOf(message: Message): MailKind {
  const [only, ...more] = readAccountMail(message).contents;
  return only && more.length === 0 ? only : 'other';
}

type Sorted = { deliveries: Delivery[]; misdirected: Misdirected[] };
type Submissions = readonly Pick<LedgerRow, 'id' | 'siret' | 'courriel'>[];

/**
 * Gives each mail to the submission whose address its envelope names, never by count or order. Misdirected are
 * mails to any other address, and mails that speak of the SIRET of somebody else's submission.
 */
export function sortMails(mails: readonly DecodedMail[], submissions: Submissions): Sorted {
  return sorterOf(submissions)(mails);
}

/** `sortMails` over the same submissions, mails after mails. */
export function sorterOf(submissions: Submissions): (mails: readonly DecodedMail[]) => Sorted {
  const byAddress = new Map(submissions.map((submission) => [submission.courriel, submission]));
  const sirets = new Set(submissions.map(({ siret }) => siret));
  return (mails) => {
    const deliveries: Delivery[] = [];
    const misdirected: Misdirected[] = [];
    for (const { received: mail, message } of mails) {
      const strangers = mail.recipients.filter((address) => !byAddress.has(address));
      const owners = mail.recipients.flatMap((address) => byAddress.get(address) ?? []);
      const about = siretsIn(message.text).filter((siret) => sirets.has(siret));
      const foreign = about.filter((siret) => owners.some((owner) => owner.siret !== siret));
      const [owner] = owners;
      const stray = (why: string) => misdirected.push({ mail, about, why });
      if (strangers.length > 0) stray(`à ${strangers.join(', ')}`);
      else if (!owner || owners.length > 1) stray(`à ${mail.recipients.join(', ') || 'personne'}`);
      else if (foreign.length > 0) stray(`à ${owner.courriel}, au sujet du SIRET ${foreign.join(', ')}`);
      if (owner && foreign.length === 0)
        deliveries.push({ mail, submission: owner.id, kind: kindOf(message) });
    }
    return { deliveries, misdirected };
  };
}

/** Every group of 14 digits, written together or in groups. */
function siretsIn(text: string): string[] {
  return text.replace(/(?<=\d)[ .\u00a0\u202f](?=\d)/gu, '').match(/(?<!\d)\d{14}(?!\d)/g) ?? [];
}
