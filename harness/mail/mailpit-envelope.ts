import { headerAddresses, type Summary } from './mailpit-index.ts';
import { type Envelope, lastHop, readFields, returnPath } from './trace.ts';

/**
 * The envelope of a mail in Mailpit, which does not keep it as such. It writes the first recipient into its
 * Received field, and adds a Bcc field with those that no header names. Recipients that the headers name are told
 * from mere header addresses by the first one: where it is theirs, all of theirs are taken for the envelope.
 */
export function mailpitEnvelope(raw: Buffer, mail: Summary): Envelope {
  const fields = readFields(raw);
  const { above, received } = lastHop(fields);
  const first = /\(Mailpit\b.*\sfor <([^>]*)>;/s.exec(received ?? '')?.[1];
  const named = headerAddresses(mail);
  // Put in by its API or command line, without an envelope.
  if (first === undefined) return { sender: returnPath(fields), recipients: [...new Set(named)] };
  const added = above
    .filter(({ name }) => name === 'bcc')
    .flatMap(({ value }) => value.split(/,\s*/))
    .filter(Boolean);
  const envelope = [...new Set([first, ...added])];
  const headersToo = !added.includes(first);
  const others = headersToo
    ? named.filter((one) => !envelope.some((other) => sameIgnoringCase(one, other)))
    : [];
  return { sender: returnPath(fields), recipients: [...envelope, ...new Set(others)] };
}

function sameIgnoringCase(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Mailpit takes the mail's own Date for its receipt under MP_USE_MESSAGE_DATES; its Received field never lies. */
export function mailpitReceipt(raw: Buffer, { Created }: Summary): Date {
  const { received } = lastHop(readFields(raw));
  const stamped = new Date(/;\s*([^;]*)$/.exec(received ?? '')?.[1] ?? '');
  return Math.abs(stamped.getTime() - Created.getTime()) > 2000 ? stamped : Created;
}
