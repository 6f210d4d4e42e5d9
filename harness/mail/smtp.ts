import { type AddressInfo, createServer } from 'node:net';
import { GuichetError } from '../errors.ts';
import type { MailStore } from './mail-store.ts';
import { serveSmtp } from './smtp-session.ts';

export type SmtpReceiver = { port: number; close(): Promise<void> };

/**
 * Takes every mail on 127.0.0.1 into the store, from and to whomever. Throws `GUICHET_PORT_IN_USE`.
 * A store that fails is answered 451, a mail that is too large 552, nonsense 500 to 503.
 */
export async function startSmtp(store: MailStore, port: number): Promise<SmtpReceiver> {
  const open = new Set<() => void>();
  const server = createServer({ noDelay: true }, (socket) => {
    const { hangUp } = serveSmtp(socket, store);
    const end = () => {
      hangUp('421 Server shutting down');
      socket.destroySoon();
    };
    open.add(end);
    socket.once('close', () => open.delete(end));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError('SMTP', port, error)));
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const end of open) end();
      }),
  };
}

/** What to say when a server cannot listen on 127.0.0.1. */
export function portError(protocol: string, port: number, error: NodeJS.ErrnoException): GuichetError {
  const why =
    error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${error.code})`;
  return new GuichetError('GUICHET_PORT_IN_USE', `${protocol} port ${port} on 127.0.0.1 ${why}.`);
}
