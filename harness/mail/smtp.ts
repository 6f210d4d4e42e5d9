import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import { GuichetError } from '../errors.ts';
import type { MailStore } from './mail-store.ts';

/** The largest mail that is taken, in bytes: well above any account mail, and its JSON, at worst 36 times as long, still fits a string. */
export const largestMail = 10 * 1024 * 1024;

/** RFC 5321 4.5.3.2.7: a server waits at least five minutes for the next command. */
const idleMs = 5 * 60_000;

/** A connection that greets at once; smtp-server waits 100 ms, to catch spammers. */
class PromptConnection extends SMTPConnection {
  override init(): void {
    this._setListeners(() => this.connectionReady());
  }
}

class PromptServer extends SMTPServer {
  override connect(socket: Socket, options?: SMTPConnectionOptions): void {
    const connection = new PromptConnection(this, socket, options);
    this.connections.add(connection);
    connection.on('error', (error) => this._onError(error));
    connection.init();
  }
}

export type SmtpReceiver = { port: number; close(): Promise<void> };

/**
 * Takes every mail on 127.0.0.1 into the store, from and to whomever. Throws `GUICHET_PORT_IN_USE`.
 * A store that fails is answered 451, a mail above `largestMail` 552, nonsense 500 to 503.
 */
export async function startSmtp(store: MailStore, port: number): Promise<SmtpReceiver> {
  const server = new PromptServer({
    name: 'guichet',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    lenientAddressParsing: true,
    logger: false,
    size: largestMail,
    rejectOversized: true,
    socketTimeout: idleMs,
    // Answered in the same turn, so that no client's early bytes overtake the greeting.
    onConnect: (_session, accept) => accept(),
    onMailFrom: (_address, _session, accept) => accept(),
    onRcptTo: ({ address }, _session, accept) =>
      isUndeliverable(address)
        ? accept(Object.assign(new Error('No such mailbox'), { responseCode: 550 }))
        : accept(),
    onData: (stream, session, answer) => receive(store, stream, session, answer),
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const bound = await new Promise<number>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError('SMTP', port, error)));
    server.listen(port, '127.0.0.1', () => {
      const address = server.server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
  // A client that vanishes in mid-mail is its own affair; without a listener it would end the process.
  server.on('error', () => {});

  return {
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of server.connections) connection.send(421, 'Server shutting down');
        for (const socket of sockets) socket.destroySoon();
      }),
  };
}

function receive(
  store: MailStore,
  stream: SMTPServerDataStream,
  { envelope, hostNameAppearsAs }: SMTPServerSession,
  answer: (error?: Error | null) => void,
): void {
  let chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    if (stream.sizeExceeded) chunks = [];
    else chunks.push(chunk);
  });
  stream.on('end', () => {
    // Answered 552 by rejectOversized, whatever is said here.
    if (stream.sizeExceeded) return answer();
    store
      .add({
        receivedAt: new Date(),
        helo: hostNameAppearsAs || '',
        sender: envelope.mailFrom ? envelope.mailFrom.address : '',
        recipients: envelope.rcptTo.map(({ address }) => address),
        raw: Buffer.concat(chunks),
      })
      .then(
        () => answer(),
        (error: Error) =>
          answer(Object.assign(new Error(`Not kept: ${error.message}`), { responseCode: 451 })),
      );
  });
}

/** Addresses that the catcher refuses as a server without that mailbox does, so that a bounce can be seen. */
function isUndeliverable(address: string): boolean {
  return /^introuvable[.@]/i.test(address);
}

/** What to say when a server cannot listen on 127.0.0.1. */
export function portError(protocol: string, port: number, error: NodeJS.ErrnoException): GuichetError {
  const why =
    error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${error.code})`;
  return new GuichetError('GUICHET_PORT_IN_USE', `${protocol} port ${port} on 127.0.0.1 ${why}.`);
}
