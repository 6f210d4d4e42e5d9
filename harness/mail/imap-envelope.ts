import { decode } from './message.ts';
import { type Envelope, lastHop, readFields, returnPath } from './trace.ts';

/** Where delivery agents write the envelope's recipient: Dovecot and Postfix, Postfix before aliases, Exim. */
const deliveryFields = ['delivered-to', 'x-original-to', 'envelope-to'];

/**
 * The envelope of a delivered mail, as far as its header tells, since a mailbox keeps none. The recipients are
 * those of the field that the profile names, else of all `deliveryFields` that the last server wrote, else the one
 * of its Received field, else the addresses of To.
 */
export async function imapEnvelope(header: Buffer, recipientHeader: string | undefined): Promise<Envelope> {
  const fields = readFields(header);
  const { above, received } = lastHop(fields);
  const names = recipientHeader ? [recipientHeader.toLowerCase()] : deliveryFields;
  const delivered = above
    .filter(({ name }) => names.includes(name))
    .map(({ value }) => value.replace(/^<|>$/g, ''))
    .filter(Boolean);
  const recipients =
    delivered.length > 0 || recipientHeader
      ? delivered
      : (receivedFor(received) ?? (await decode(header)).to);
  return { sender: returnPath(fields), recipients: [...new Set(recipients)] };
}

function receivedFor(received = ''): string[] | undefined {
  const address = /\sfor\s+<([^<>\s]+)>/i.exec(received)?.[1];
  return address === undefined ? undefined : [address];
}
