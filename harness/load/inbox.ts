import { sorterOf } from '../judge/deliveries.ts';
import type { Ledger, PlannedSubmission } from '../ledger/ledger.ts';
import { readAccountMail } from '../mail/account-mail.ts';
import { isCanary } from '../mail/canary.ts';
import type { Mailbox, ReceivedMail } from '../mail/mailbox.ts';
import { decode } from '../mail/message.ts';

/** A mail that somebody got who should not have; `why`, in French, names addresses and SIRETs, never what the mail tells. */
export type Crossed = { run: number; mail: string; why: string };

/** The mails of one run, taken into the ledger as they come. */
export type Inbox = {
  /** Reads what is new, and stamps it with the target's instant, else the mailbox's. Answers how many mails were delivered. */
  collect(at?: Date): Promise<number>;
  received(): number;
  crossed(): Crossed[];
};

type Followed = {
  run: number;
  submissions: readonly Pick<PlannedSubmission, 'id' | 'siret' | 'courriel'>[];
  /** Others have mails there too: one to an address that is none of ours is crossed only if it names a SIRET of ours. */
  shared?: boolean;
};

/** Mails that are decoded at a time: decoded, one takes ten times its bytes. */
const together = 500;

/**
 * Follows a mailbox from its first mail on. A mail belongs to a submission by its envelope; it is crossed when it
 * comes to another address, speaks of another's SIRET, or tells an identifier that another's mail has told.
 */
export function openInbox(
  mailbox: Pick<Mailbox, 'all' | 'newest'>,
  ledger: Ledger,
  { run, submissions, shared = false }: Followed,
): Inbox {
  const newest = mailbox.newest ?? (async (seen: number) => (await mailbox.all()).slice(seen));
  const sort = sorterOf(submissions);
  const crossed: Crossed[] = [];
  /** Who was told which identifier or password, as digests would be: in memory only. */
  const told = new Map<string, string>();
  const identifiants = new Map<string, string>();
  let seen = 0;
  let received = 0;

  async function take(found: readonly ReceivedMail[], at: Date | undefined): Promise<number> {
    const mails = found.filter((mail) => !isCanary(mail));
    const decoded = await Promise.all(
      mails.map(async (mail) => ({ received: mail, message: await decode(mail.raw) })),
    );
    const { deliveries, misdirected } = sort(decoded);
    for (const { mail, why, about } of misdirected)
      if (!shared || about.length > 0) crossed.push({ run, mail: mail.id, why });
    const messages = new Map(decoded.map(({ received: mail, message }) => [mail.id, message]));
    for (const { mail, submission, kind } of deliveries) {
      ledger.mail(mail.id, submission, kind, at ?? mail.receivedAt);
      const message = messages.get(mail.id);
      const { identifiant, motDePasse } = message ? readAccountMail(message) : {};
      for (const secret of [identifiant, motDePasse]) {
        if (!secret) continue;
        const owner = told.get(secret) ?? submission;
        told.set(secret, owner);
        if (owner !== submission)
          crossed.push({ run, mail: mail.id, why: `à ${submission}, avec les accès de ${owner}` });
      }
      if (!identifiant) continue;
      const known = identifiants.get(submission) ?? identifiant;
      identifiants.set(submission, known);
      if (known !== identifiant)
        crossed.push({ run, mail: mail.id, why: `à ${submission}, avec un autre identifiant qu’avant` });
    }
    return deliveries.length;
  }

  return {
    collect: async (at) => {
      const found = await newest(seen);
      seen += found.length;
      let news = 0;
      for (let from = 0; from < found.length; from += together)
        news += await take(found.slice(from, from + together), at);
      received += news;
      return news;
    },
    received: () => received,
    crossed: () => crossed,
  };
}
