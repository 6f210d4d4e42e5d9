import { readFileSync } from 'node:fs';
import { type FetchMessageObject, ImapFlow, type ImapFlowError } from 'imapflow';
import type { GuichetError } from '../errors.ts';
import { reason, unreachable } from './unreachable.ts';

export type ImapSettings = {
  host: string;
  port: number;
  /** `starttls` never signs in before the upgrade; `tls` speaks TLS from the first byte; `none` is plain. */
  security: 'starttls' | 'tls' | 'none';
  user: string;
  password: string;
  /** A PEM file with the authority that signed the server's certificate; the system's ones when absent. */
  caFile?: string | undefined;
  /** The folder that every mail reaches. */
  folder: string;
  /** The header that holds the envelope recipient, where the usual ones do not. */
  recipientHeader?: string | undefined;
};

/** A connection that has the folder open, read-only, and tells of what happens in it. */
export type ImapConnection = {
  /** How many mails the folder holds, by the server's last word. */
  count(): number;
  uidValidity: bigint;
  /** The UID that the next mail was to have when the folder was opened. */
  uidNext: number;
  /** Asks the server for what it has not told yet; answers the UID that the next mail will have. */
  poll(): Promise<number>;
  /** The mails of that UID range, with their headers, or with their whole source. */
  fetch(range: string, what: 'headers' | 'source'): Promise<FetchMessageObject[]>;
  usable(): boolean;
  close(): void;
};

type Events = {
  arrived(): void;
  expunged(): void;
  /** The connection is gone, and nobody here closed it. */
  dropped(): void;
};

/** A server that has not answered by then, in milliseconds, is as good as gone. */
const answerMs = 30_000;
/** Servers drop a client that idles for half an hour (RFC 2177). */
const idleMs = 5 * 60_000;

/** Connects, signs in and opens the folder. Throws `GUICHET_MAILBOX_UNREACHABLE`. */
export async function connectImap(settings: ImapSettings, events: Events): Promise<ImapConnection> {
  const { host, port, security, user, password, caFile, folder } = settings;
  const where = `imap://${host}:${port}`;
  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'starttls' }),
    auth: { user, pass: password },
    ...(caFile ? { tls: { ca: readAuthority(caFile) } } : {}),
    logger: false,
    // Idles as soon as it has nothing else to do: that is when mails are awaited.
    autoIdleDelay: 1,
    maxIdleTime: idleMs,
    connectionTimeout: answerMs,
    greetingTimeout: answerMs,
    socketTimeout: 2 * idleMs,
    disableCompression: true,
  });
  // Each failing call throws by itself; without a listener the event would end the process.
  client.on('error', () => {});

  async function timely<T>(
    work: Promise<T>,
    explain: Explain = (why) => unreachable(`${where} failed (${why})`),
  ) {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`no answer in ${answerMs} ms`)), answerMs);
    try {
      return await Promise.race([work, late]);
    } catch (error) {
      client.close();
      throw explain(imapReason(error), error as ImapFlowError);
    } finally {
      clearTimeout(timer);
    }
  }

  await timely(client.connect(), (why, error) => refusal(where, why, error));
  const opened = await timely(client.mailboxOpen(folder, { readOnly: true }), (why) =>
    unreachable(`mail.folder: ${where} has no folder "${folder}" to open (${why})`, 'Write one that it has.'),
  );
  if (!client.capabilities.has('IDLE')) {
    client.close();
    throw unreachable(
      `${where} knows no IDLE, so it cannot tell when a mail arrives`,
      'Use another IMAP server.',
    );
  }
  client.on('exists', events.arrived);
  client.on('expunge', events.expunged);
  client.once('close', () => {
    if (!client.closedByClient) events.dropped();
  });

  return {
    count: () => (client.mailbox ? client.mailbox.exists : 0),
    uidValidity: opened.uidValidity,
    uidNext: opened.uidNext,
    poll: async () => {
      // In this order: what the status counts is there after the NOOP, which a status alone does not show.
      const status = await timely(client.status(folder, { uidNext: true }));
      await timely(client.noop());
      return (status ? status.uidNext : undefined) ?? opened.uidNext;
    },
    fetch: (range, what) =>
      timely(
        client.fetchAll(
          range,
          { uid: true, internalDate: true, ...(what === 'source' ? { source: true } : { headers: true }) },
          { uid: true },
        ),
      ),
    usable: () => client.usable,
    close: () => client.close(),
  };
}

type Explain = (why: string, error: ImapFlowError) => GuichetError;

/** Which key of the profile a failed sign-in is about. */
function refusal(where: string, why: string, error: ImapFlowError): GuichetError {
  if (error.authenticationFailed) {
    return unreachable(
      `mail.userEnv and mail.passwordEnv: ${where} refuses the sign-in (${why})`,
      'Set these environment variables to a user and password that it knows.',
    );
  }
  if (error.tlsFailed || /CERT|SIGNATURE|TLS|SSL/.test(error.code ?? '')) {
    return unreachable(
      `mail.security and mail.caFile: ${where} makes no trusted TLS connection (${why})`,
      'Write "starttls", "tls" or "none" as it speaks, and the PEM file of the authority that signed its certificate.',
    );
  }
  return unreachable(
    `mail.host and mail.port: ${where} is no IMAP server that answers (${why})`,
    'Write the address of a running one.',
  );
}

function readAuthority(caFile: string): Buffer {
  try {
    return readFileSync(caFile);
  } catch (error) {
    throw unreachable(
      `mail.caFile: "${caFile}" cannot be read (${reason(error)})`,
      'Write the path of a PEM file.',
    );
  }
}

/** What the server said, where it said something: the error itself only says "Command failed". */
function imapReason(error: unknown): string {
  const { responseText } = error as ImapFlowError;
  return responseText ? responseText.trim() : reason(error);
}
