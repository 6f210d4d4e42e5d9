import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { ImapFlow } from 'imapflow';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../toolchain/dovecot.ts';
import { findDovecot } from '../toolchain/dovecot-package.ts';
import { openImap } from './imap.ts';
import type { ImapSettings } from './imap-connection.ts';
import type { Mailbox } from './mailbox.ts';
import { sendRaw } from './smtp-dialogue.ts';
import { openWire, type Wire } from './wire.test-data.ts';

const unreachable = { code: 'GUICHET_MAILBOX_UNREACHABLE' };
const servers: Server[] = [];
const mailboxes: Mailbox[] = [];
const wires: Wire[] = [];

afterEach(async () => {
  for (const mailbox of mailboxes.splice(0)) await mailbox.close();
  for (const server of servers.splice(0)) server.close();
  for (const wire of wires.splice(0)) wire.close();
});

const settings: ImapSettings = {
  host: '127.0.0.1',
  port: 9,
  security: 'starttls',
  user: 'catchall',
  password: 'wrong-password',
  folder: 'INBOX',
};

async function open(change: Partial<ImapSettings>): Promise<Mailbox> {
  const mailbox = await openImap({ ...settings, ...change });
  mailboxes.push(mailbox);
  return mailbox;
}

async function listen(answer: (socket: Socket) => void): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** An IMAP server of few words: what it says to each command, after its greeting. */
function speak(answers: Record<string, string>, greeting = '* OK hello\r\n'): Promise<number> {
  return listen((socket) => {
    socket.on('error', () => {});
    socket.write(greeting);
    socket.on('data', (bytes) => {
      for (const line of String(bytes).split('\r\n').filter(Boolean)) {
        const [tag, verb = ''] = line.split(' ');
        socket.write(`${answers[verb.toUpperCase()] ?? ''}${tag} OK done\r\n`);
      }
    });
  });
}

describe('what is no mailbox is named by its key', () => {
  test('a closed port', async () => {
    await expect(open({})).rejects.toMatchObject(unreachable);
    await expect(open({})).rejects.toThrow(
      /mail\.host and mail\.port: imap:\/\/127\.0\.0\.1:9 is no IMAP server that answers \(ECONNREFUSED/,
    );
  });

  test('a server that speaks something else', async () => {
    const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await expect(open({ port })).rejects.toThrow('mail.host and mail.port');
  });

  test('a server without STARTTLS hears no password', async () => {
    let said = '';
    const port = await listen((socket) => {
      socket.on('error', () => {});
      socket.write('* OK hello\r\n');
      socket.on('data', (bytes) => {
        said += bytes;
        socket.write(`* CAPABILITY IMAP4rev1 IDLE\r\n${String(bytes).split(' ')[0]} OK done\r\n`);
      });
    });
    await expect(open({ port })).rejects.toThrow('mail.security and mail.caFile');
    expect(said).not.toContain('wrong-password');
  });

  test('a server that cannot push', async () => {
    const port = await speak({
      CAPABILITY: '* CAPABILITY IMAP4rev1\r\n',
      EXAMINE: '* 0 EXISTS\r\n* OK [UIDVALIDITY 1]\r\n* OK [UIDNEXT 1]\r\n',
      LIST: '* LIST () "/" INBOX\r\n',
    });
    await expect(open({ port, security: 'none' })).rejects.toThrow('knows no IDLE');
  });

  test('a file of authorities that is not there', async () => {
    await expect(open({ caFile: '/no/such.pem' })).rejects.toThrow(
      'mail.caFile: "/no/such.pem" cannot be read',
    );
  });
});

const found = await findDovecot({ log: (line) => process.stderr.write(`${line}\n`) });
const missing = 'missing' in found ? found.missing : undefined;

// mailbox.test.ts fails under CI when there is no Dovecot.
describe.skipIf(missing)(`against Dovecot${missing ? ` (${missing})` : ''}`, () => {
  let dovecot: Dovecot;
  let whole: Partial<ImapSettings>;

  beforeAll(async () => {
    if ('command' in found) dovecot = await startDovecot(found.command);
    whole = { port: dovecot.imapPort, password: dovecot.password, caFile: dovecot.caFile };
  });
  afterAll(() => dovecot?.stop());

  const send = (to: string, raw = 'Subject: x\r\n\r\nx\r\n') =>
    sendRaw(dovecot.lmtpPort, { from: 'asp@x.fr', to: [to] }, raw, 'LHLO');

  async function laid(): Promise<Wire> {
    const wire = await openWire(dovecot.imapPort);
    wires.push(wire);
    return wire;
  }

  async function atFolder(work: (client: ImapFlow) => Promise<unknown>): Promise<void> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: dovecot.imapPort,
      doSTARTTLS: true,
      tls: { rejectUnauthorized: false },
      auth: { user: 'x', pass: dovecot.password },
      logger: false,
    });
    await client.connect();
    await work(client);
    await client.logout();
  }

  test('a wrong password names its variables, and itself never', async () => {
    const attempt = open({ ...whole, password: 'wrong-password' });
    await expect(attempt).rejects.toThrow('mail.userEnv and mail.passwordEnv');
    await expect(attempt).rejects.not.toThrow('wrong-password');
  });

  test('a certificate that nobody vouches for is refused', async () => {
    await expect(open({ ...whole, caFile: undefined })).rejects.toThrow(/mail\.caFile.*self.signed/i);
  });

  test('a folder that is not there is named', async () => {
    await expect(open({ ...whole, folder: 'Nowhere' })).rejects.toThrow('has no folder "Nowhere"');
  });

  test('a waiting reader outlives a dropped connection, and has what came meanwhile', async () => {
    const { port, cut } = await laid();
    const mailbox = await open({ ...whole, port });
    await send('cut@x.fr');
    const waiting = mailbox.waitFor('cut@x.fr', 3, 60_000);
    expect(await mailbox.mailsTo('cut@x.fr')).toHaveLength(1);
    cut();
    await send('cut@x.fr');
    expect(await mailbox.waitFor('cut@x.fr', 2, 60_000)).toHaveLength(2);
    cut();
    await send('cut@x.fr');
    expect(await waiting).toHaveLength(3);
    cut();
    expect(await mailbox.mailsTo('cut@x.fr')).toHaveLength(3);
  });

  test('a folder that was made anew is no longer the mailbox that was opened', async () => {
    await atFolder((client) => client.mailboxCreate('Anew'));
    const { port, cut } = await laid();
    const mailbox = await open({ ...whole, port, folder: 'Anew' });
    await atFolder(async (client) => {
      await client.mailboxDelete('Anew');
      await client.mailboxCreate('Anew');
    });
    cut();
    await expect(mailbox.all()).rejects.toThrow(/was made anew \(its UIDVALIDITY was \d+ and is \d+\)/);
  });

  test('mails that were there before are read, those deleted before are nobody’s loss', async () => {
    await atFolder(async (client) => {
      await client.mailboxCreate('Old');
      for (let mail = 0; mail < 3; mail += 1)
        await client.append('Old', `To: old@x.fr\r\nX-Nr: ${mail}\r\n\r\nx\r\n`);
      await client.mailboxOpen('Old');
      await client.messageDelete('2');
    });
    const mailbox = await open({ ...whole, folder: 'Old' });
    expect(await mailbox.mailsTo('old@x.fr')).toHaveLength(2);
  });
});
