// The mail servers that the contract of mailbox.test.ts is held against.
import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import { type Dovecot, startDovecot } from '../toolchain/dovecot.ts';
import { findDovecot } from '../toolchain/dovecot-package.ts';
import { startMailpit } from '../toolchain/mailpit.ts';
import { findMailpit } from '../toolchain/mailpit-build.ts';
import { startCatcher } from './catcher.ts';
import { openImap } from './imap.ts';
import type { Mailbox } from './mailbox.ts';
import { openMailhog } from './mailhog.ts';
import { openMailpit } from './mailpit.ts';

export type Server = {
  smtpPort: number;
  open(): Promise<Mailbox>;
  deleteAll(): Promise<void>;
  stop(): Promise<void>;
};

export type Kind = {
  name: string;
  /** Why there is none here. */
  missing?: string;
  start(): Promise<Server>;
  /** One that keeps two mails only; `applyCap` makes it do so where it would wait. */
  startCapped?(): Promise<Server & { applyCap(): Promise<void> }>;
  /** How it is told hello, and whether a mail for several recipients reaches it once for each. */
  hello: 'EHLO' | 'LHLO';
  /** The fields that it puts before a mail. */
  traces: RegExp;
  /** What it makes of bytes that are not quite a mail. */
  kept(raw: Buffer): Buffer;
  /** What it tells the sender that it does not take, by its name in the contract. */
  refuses: readonly string[];
};

const latin1 = (raw: Buffer, change: (text: string) => string) =>
  Buffer.from(change(raw.toString('latin1')), 'latin1');
const say = (line: string) => process.stderr.write(`${line}\n`);

const embedded: Kind = {
  name: 'the embedded catcher',
  hello: 'EHLO',
  traces: /^$/,
  kept: (raw) => raw,
  refuses: [],
  start: async () => {
    const catcher = await startCatcher();
    return {
      smtpPort: catcher.smtp.port,
      open: () => openMailhog(catcher.url),
      deleteAll: () => deleteMessages(catcher.url),
      stop: catcher.close,
    };
  },
};

async function mailpit(): Promise<Kind> {
  const found = await findMailpit({ log: say });
  const start = async (...flags: string[]) => {
    if ('missing' in found) throw new Error(found.missing);
    const { url, smtpPort, stop } = await startMailpit(found.path, flags);
    return { smtpPort, open: () => openMailpit(url), deleteAll: () => deleteMessages(url), stop };
  };
  return {
    name: 'Mailpit',
    ...('missing' in found ? { missing: found.missing } : {}),
    hello: 'EHLO',
    traces: /^((Bcc|Message-ID|Return-Path|Received): .*\r\n(\s.*\r\n)*)+$/,
    kept: (raw) => raw,
    refuses: ['every byte', 'a multipart that never ends'],
    start: () => start(),
    // It looks at its cap once a minute, by itself.
    startCapped: async () => ({ ...(await start('--max', '2')), applyCap: async () => {} }),
  };
}

async function dovecot(): Promise<Kind> {
  const found = await findDovecot({ log: say });
  const start = async (settings?: string) => {
    if ('missing' in found) throw new Error(found.missing);
    const server = await startDovecot(found.command, settings);
    return {
      smtpPort: server.lmtpPort,
      open: () =>
        openImap({
          host: '127.0.0.1',
          port: server.imapPort,
          security: 'starttls',
          user: 'catchall',
          password: server.password,
          caFile: server.caFile,
          folder: 'INBOX',
        }),
      deleteAll: () => signIn(server, async (client) => void (await client.messageDelete('1:*'))),
      stop: server.stop,
      applyCap: () => signIn(server, async () => {}),
    };
  };
  return {
    name: 'IMAP, by Dovecot',
    ...('missing' in found ? { missing: found.missing } : {}),
    hello: 'LHLO',
    traces: /^((Return-Path|Delivered-To|Received): .*\r\n(\s.*\r\n)*)+$/,
    // IMAP has lines, and no NUL (RFC 3501).
    kept: (raw) => latin1(raw, (text) => text.replace(/\r?\n/g, '\r\n').replaceAll('\0', '\x80')),
    refuses: [],
    start: () => start(),
    // It expunges what is too much when somebody signs out.
    startCapped: () =>
      start('namespace inbox {\n  inbox = yes\n  mailbox INBOX {\n    autoexpunge_max_mails = 2\n  }\n}\n'),
  };
}

async function deleteMessages(url: string): Promise<void> {
  await fetch(`${url}/api/v1/messages`, { method: 'DELETE' });
}

/** Somebody else at the same folder. */
async function signIn(server: Dovecot, work: (client: ImapFlow) => Promise<void>): Promise<void> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: server.imapPort,
    doSTARTTLS: true,
    tls: { ca: readFileSync(server.caFile) },
    auth: { user: 'somebody', pass: server.password },
    logger: false,
  });
  await client.connect();
  await client.mailboxOpen('INBOX');
  await work(client);
  await client.logout();
}

export const kinds: readonly Kind[] = [embedded, await mailpit(), await dovecot()];
