import type { AddressInfo, Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import type { StoredMail } from '../mail/mail-store.ts';
import { portError } from '../mail/smtp.ts';
import { type Draw, drawFrom } from './draw.ts';

/** A mail under way. */
type Mail = Pick<StoredMail, 'sender' | 'recipients' | 'raw'>;
type Pass = (mail: Mail) => Promise<void>;
/** The answer to a recipient that is not taken. */
type Refusal = { responseCode: number; message: string };

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
 * A mail relay on 127.0.0.1 between the extranet and its catcher, broken by `fault`. It answers what the catcher
 * answers, 451 when that one is not there. Port 0 takes a free one. Throws `GUICHET_PORT_IN_USE`.
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

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    lenientAddressParsing: true,
    logger: false,
    onRcptTo: ({ address }, _session, accept) => {
      const refusal = refuse?.(address);
      accept(refusal && Object.assign(new Error(refusal.message), refusal));
    },
    onData: (stream, { envelope: { mailFrom, rcptTo } }, answer) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const recipients = rcptTo.map(({ address }) => address);
        const sender = mailFrom ? mailFrom.address : '';
        carry({ sender, recipients, raw: Buffer.concat(chunks) }, pass).then(
          () => answer(),
          (error: Error & { responseCode?: number }) =>
            answer(Object.assign(error, { responseCode: error.responseCode ?? 451 })),
        );
      });
    },
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const bound = await new Promise<number>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError('SMTP', port, error)));
    server.listen(port, '127.0.0.1', () => resolve((server.server.address() as AddressInfo).port));
  });
  // A client that vanishes in mid-mail is its own affair; without a listener it would end the process.
  server.on('error', () => {});

  return {
    smtp: { host: '127.0.0.1', port: bound },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroySoon();
      await closed;
      transport.close();
    },
  };
}
