import { createTransport } from 'nodemailer';
import type { StoredMail } from '../mail/mail-store.ts';
import { type Refusal, startSmtp } from '../mail/smtp.ts';
import { type Draw, drawFrom } from './draw.ts';

/** A mail under way. */
type Mail = Pick<StoredMail, 'sender' | 'recipients' | 'raw'>;
type Pass = (mail: Mail) => Promise<void>;

/** The clock of the target, which the relay's delays go by: nothing of it lasts on the machine's clock. */
export type TargetTime = { now(): Date; wake(instant: Date, work: () => Promise<void>): () => void };

/** What a broken relay does; what it leaves out goes as on a sound one. */
type Handling = {
  /** The answer to RCPT TO, when it is no. */
  refuse?(recipient: string): Refusal | undefined;
  /** What becomes of a mail: its sender hears 250 when this resolves. `pass` hands it to the catcher. */
  carry?(mail: Mail, pass: Pass): Promise<void>;
};

/** One way of a relay to be broken. */
export type RelayFault = (circumstances: { draw: Draw; time: TargetTime }) => Handling;

type Relay = { smtp: { host: string; port: number }; close(): Promise<void> };

/**
 * A mail relay on 127.0.0.1 between the extranet and its catcher, broken by `fault`. It answers for the catcher: what
 * that one does not take is answered 451. Port 0 takes a free one. Throws `GUICHET_PORT_IN_USE`.
 */
export async function startRelay(
  fault: RelayFault,
  {
    to,
    seed,
    time,
    port = 0,
  }: { to: { host: string; port: number }; seed: number; time: TargetTime; port?: number },
): Promise<Relay> {
  // One connection, so that mails leave in the order in which they were handed over.
  const transport = createTransport({ ...to, pool: true, maxConnections: 1, secure: false, ignoreTLS: true });
  const pass: Pass = async ({ sender, recipients, raw }) => {
    await transport.sendMail({ envelope: { from: sender, to: [...recipients] }, raw });
  };
  const { refuse, carry = (mail, pass) => pass(mail) } = fault({ draw: drawFrom(seed, 'relay'), time });
  const server = await startSmtp({ add: (mail) => carry(mail, pass) }, port, refuse);
  return {
    smtp: { host: '127.0.0.1', port: server.port },
    close: async () => {
      await server.close();
      transport.close();
    },
  };
}
