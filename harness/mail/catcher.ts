import type { AddressInfo } from 'node:net';
import { addWebmail } from '../webmail/webmail.ts';
import { openMailStore } from './mail-store.ts';
import { buildMailhogApi } from './mailhog-api.ts';
import { portError, type SmtpReceiver, startSmtp } from './smtp.ts';

export type CatcherOptions = {
  /** 0, the default, takes a free port. */
  smtpPort?: number;
  /** 0, the default, takes a free port. */
  httpPort?: number;
  /** A file that keeps every mail before its sender hears 250, for good; one that ends with the catcher when absent. */
  database?: string;
  /** A broken catcher: announces each mail and forgets it at once. */
  forgets?: boolean;
};

export type Catcher = {
  smtp: { host: string; port: number };
  /** Base of MailHog's API, without `/api`, and of the pages on which people read the mails. */
  url: string;
  /** Ends every connection at once, those that wait included. */
  close(): Promise<void>;
};

/**
 * Starts the embedded mail catcher on 127.0.0.1, a drop-in MailHog: takes every mail, keeps every byte.
 * Throws `GUICHET_PORT_IN_USE`; leaves nothing open then.
 */
export async function startCatcher(options: CatcherOptions = {}): Promise<Catcher> {
  const { smtpPort = 0, httpPort = 0, database } = options;
  const store = openMailStore(database);
  const api = buildMailhogApi(store);
  if (options.forgets) store.onArrival(({ id }) => store.remove(id));
  let smtp: SmtpReceiver | undefined;
  try {
    smtp = await startSmtp(store, smtpPort);
    const { port, close } = smtp;
    addWebmail(api, store, `127.0.0.1:${port}`);
    await api.listen({ host: '127.0.0.1', port: httpPort }).catch((error) => {
      throw portError('HTTP', httpPort, error);
    });
    const { port: bound } = api.server.address() as AddressInfo;
    return {
      smtp: { host: '127.0.0.1', port },
      url: `http://127.0.0.1:${bound}`,
      close: async () => {
        await close();
        await api.close();
        store.close();
      },
    };
  } catch (error) {
    await smtp?.close();
    await api.close();
    store.close();
    throw error;
  }
}
