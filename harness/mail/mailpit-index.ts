import { z } from 'zod';
import { canonicalAddress } from './address.ts';

const address = z.object({ Address: z.string() });
const addresses = z.array(address).nullable();

/** What is read of Mailpit's summaries; the mail itself comes from its raw source. */
export const summary = z.object({
  ID: z.string(),
  Created: z.coerce.date(),
  To: addresses,
  Cc: addresses,
  Bcc: addresses,
});
export type Summary = z.infer<typeof summary>;

/** Every mail that a Mailpit has ever listed or announced, by the addresses that it names. */
export type MailpitIndex = {
  size(): number;
  /** Answers how many were known before this one, whenever it became known. */
  add(mail: Summary): number;
  /** In the order in which they became known. */
  all(): Summary[];
  /** Those whose envelope may name the address: Mailpit compares without regard to case, we do not. */
  naming(address: string): Summary[];
};

export function openIndex(): MailpitIndex {
  const mails = new Map<string, { mail: Summary; ordinal: number }>();
  const byAddress = new Map<string, Summary[]>();
  return {
    size: () => mails.size,
    add: (mail) => {
      const there = mails.get(mail.ID);
      if (there) return there.ordinal;
      const ordinal = mails.size;
      mails.set(mail.ID, { mail, ordinal });
      for (const key of namedBy(mail)) {
        const named = byAddress.get(key);
        if (named) named.push(mail);
        else byAddress.set(key, [mail]);
      }
      return ordinal;
    },
    all: () => [...mails.values()].map(({ mail }) => mail),
    naming: (address) => [
      ...(byAddress.get(foldedAddress(address)) ?? []),
      ...(byAddress.get(anybody) ?? []),
    ],
  };
}

/** Stands for a mail whose summary names nobody: only its source tells. */
const anybody = '';

/** The addresses that a summary names, folded; `anybody` when there is none. */
export function namedBy(mail: Summary): Set<string> {
  const named = new Set(headerAddresses(mail).map(foldedAddress));
  return named.size > 0 ? named : new Set([anybody]);
}

export function headerAddresses({ To, Cc, Bcc }: Summary): string[] {
  return [To, Cc, Bcc].flatMap((list) => list ?? []).map(({ Address }) => Address);
}

function foldedAddress(address: string): string {
  return canonicalAddress(address).toLowerCase();
}
