import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type MailStore, openMailStore } from './mail-store.ts';
import { type SmtpReceiver, startSmtp } from './smtp.ts';
import { largestMail } from './smtp-commands.ts';
import { openDialogue, sendRaw } from './smtp-dialogue.ts';

let store: MailStore;
/** Oldest first. */
const kept = () => [...store.newest(0, 10_000)].reverse();
let smtp: SmtpReceiver;

beforeEach(async () => {
  store = openMailStore();
  smtp = await startSmtp(store, 0);
});

afterEach(() => smtp.close());

const last = () => kept().at(-1);

describe('the greeting', () => {
  test('comes at once, without a timer against spammers', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    for (let connection = 0; connection < 20; connection += 1) {
      const { greeting, socket } = await openDialogue(smtp.port);
      expect(greeting).toBe('220 guichet ESMTP');
      socket.destroy();
    }
    const delays = timers.mock.calls.map(([, delay]) => delay);
    timers.mockRestore();
    expect(delays).not.toContain(100);
  });

  test('tolerates a client that does not wait for it', async () => {
    const dialogue = await openDialogue(smtp.port);
    const pipelined = 'EHLO a.test\r\nMAIL FROM:<>\r\nRCPT TO:<b@x.fr>\r\nDATA\r\n';
    dialogue.socket.write(pipelined);
    for (const code of ['250', '250', '250', '354']) expect(await dialogue.reply()).toMatch(code);
    expect(await dialogue.say('Subject: x\r\n\r\nx\r\n.')).toMatch(/^250 /);
    dialogue.socket.destroy();
  });
});

describe('a mail', () => {
  test('is kept with its envelope, not its headers', async () => {
    const before = Date.now();
    await sendRaw(
      smtp.port,
      { from: 'asp@x.fr', to: ['a+1@x.fr', 'É@y.fr'] },
      'To: other@z.fr\r\n\r\nBonjour\r\n',
    );
    expect(last()).toMatchObject({
      sender: 'asp@x.fr',
      recipients: ['a+1@x.fr', 'É@y.fr'],
      helo: 'client.test',
    });
    expect(last()?.receivedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(last()?.receivedAt.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test.each([
    ['a line of dots', '.\r\n..\r\n...\r\n.a\r\n'],
    ['bare LF', 'Subject: x\n\n.\n..\nligne\nligne\r\n'],
    ['bare CR', 'Subject: x\r\n\r\na\rb\r\n'],
    [
      'a line of 998 octets, and one far above',
      `Subject: x\r\n\r\n${'é'.repeat(499)}\r\n${'x'.repeat(100_000)}\r\n`,
    ],
    ['NUL', 'Subject: x\r\n\r\na\0b\r\n'],
    ['no header', 'Bonjour\r\n'],
    ['one empty line', '\r\n'],
    ['nothing', ''],
  ])('with %s keeps every byte', async (_name, raw) => {
    expect(await sendRaw(smtp.port, { to: ['a@x.fr'] }, raw)).toMatch(/^250 /);
    expect(last()?.raw.toString()).toBe(raw);
  });

  test('in Latin-1 keeps every byte', async () => {
    const raw = Buffer.from('Subject: Créé\r\n\r\nété\r\n', 'latin1');
    await sendRaw(smtp.port, { to: ['a@x.fr'] }, raw);
    expect(last()?.raw).toEqual(raw);
  });

  test('keeps every byte wherever TCP cuts it', async () => {
    const dialogue = await openDialogue(smtp.port);
    await dialogue.say('EHLO client.test');
    const alphabet = ['.', '\r\n', '\n', 'a', '..', '\r\n.', '\xe9'];
    for (let round = 0; round < 100; round += 1) {
      const parts = Array.from({ length: 40 }, () => alphabet[randomInt(alphabet.length)]);
      const raw = `a${parts.join('')}x\r\n`;
      await dialogue.say('MAIL FROM:<a@x.fr>');
      await dialogue.say('RCPT TO:<b@x.fr>');
      await dialogue.say('DATA');
      const wire = `${raw.replace(/(^|\n)\./g, '$1..')}.\r\n`;
      for (let at = 0; at < wire.length; ) {
        const length = 1 + randomInt(9);
        dialogue.socket.write(Buffer.from(wire.slice(at, at + length), 'latin1'));
        await new Promise(setImmediate);
        at += length;
      }
      expect(await dialogue.reply()).toMatch(/^250 /);
      expect(last()?.raw.toString('latin1')).toBe(raw);
    }
    dialogue.socket.destroy();
  });

  test('of many clients at once is never lost', async () => {
    const clients = Array.from({ length: 200 }, (_, index) =>
      sendRaw(smtp.port, { to: [`u${index}@x.fr`] }, `Subject: ${index}\r\n\r\n${index}\r\n`),
    );
    for (const answer of await Promise.all(clients)) expect(answer).toMatch(/^250 /);
    expect(new Set(kept().flatMap(({ recipients }) => recipients)).size).toBe(200);
  });
});

describe('a refusal', () => {
  test('552 for a mail above the limit, and the connection goes on', async () => {
    const dialogue = await openDialogue(smtp.port);
    await dialogue.say('EHLO client.test');
    await dialogue.say('MAIL FROM:<a@x.fr>');
    await dialogue.say('RCPT TO:<b@x.fr>');
    await dialogue.say('DATA');
    const huge = Buffer.alloc(largestMail + 1, 'x');
    expect(await dialogue.say(Buffer.concat([huge, Buffer.from('\r\n.\r\n')]))).toMatch(/^552 /);
    expect(kept()).toEqual([]);
    expect(await dialogue.say('MAIL FROM:<a@x.fr>')).toMatch(/^250 /);
    dialogue.socket.destroy();
  });

  test('552 at once when the client announces such a size', async () => {
    const dialogue = await openDialogue(smtp.port);
    await dialogue.say('EHLO client.test');
    expect(await dialogue.say(`MAIL FROM:<a@x.fr> SIZE=${largestMail + 1}`)).toMatch(/^552 /);
    dialogue.socket.destroy();
  });

  test('451 when the mail cannot be kept', async () => {
    vi.spyOn(store, 'add').mockRejectedValueOnce(new Error('database or disk is full'));
    const answer = await sendRaw(smtp.port, { to: ['a@x.fr'] }, 'Subject: x\r\n\r\nx\r\n');
    expect(answer).toBe('451 Not kept: database or disk is full');
  });

  test.each([
    ['BONJOUR', /^500 /],
    ['MAIL FROM:<a@x.fr>', /^503 /],
    ['DATA', /^503 /],
    ['AUTH PLAIN AGEAYg==', /^500 /],
    ['STARTTLS', /^500 /],
    ['GET / HTTP/1.1', /^421 /],
    ['\0\xff\xfe\u202e', /^500 /],
    ['x'.repeat(70_000), /^421 /],
  ])('of nonsense: %.20j', async (line, code) => {
    const dialogue = await openDialogue(smtp.port);
    expect(await dialogue.say(line)).toMatch(code);
    dialogue.socket.destroy();
    expect(await sendRaw(smtp.port, { to: ['a@x.fr'] }, 'Subject: x\r\n\r\nx\r\n')).toMatch(/^250 /);
  });

  test.each(['RCPT TO:<>', 'RCPT TO:a@x.fr', 'RCPT TO:<a@@x.fr>', 'RCPT TO:'])(
    'of a bad recipient: %s',
    async (line) => {
      const dialogue = await openDialogue(smtp.port);
      await dialogue.say('EHLO client.test');
      await dialogue.say('MAIL FROM:<>');
      expect(await dialogue.say(line)).toMatch(/^501 /);
      dialogue.socket.destroy();
    },
  );

  test('of a client that vanishes in mid-mail, which then leaves no mail', async () => {
    const dialogue = await openDialogue(smtp.port);
    await dialogue.say('EHLO client.test');
    await dialogue.say('MAIL FROM:<a@x.fr>');
    await dialogue.say('RCPT TO:<b@x.fr>');
    await dialogue.say('DATA');
    dialogue.socket.write('Subject: half');
    dialogue.socket.resetAndDestroy();
    await sendRaw(smtp.port, { to: ['c@x.fr'] }, 'Subject: x\r\n\r\nx\r\n');
    expect(kept().map(({ recipients }) => recipients)).toEqual([['c@x.fr']]);
  });
});

describe('a conversation', () => {
  test('forgets a mail that is given up, by RSET or a new EHLO', async () => {
    const dialogue = await openDialogue(smtp.port);
    await dialogue.say('EHLO client.test');
    for (const line of ['RSET', 'EHLO client.test']) {
      expect(await dialogue.say('MAIL FROM:<a@x.fr> BODY=8BITMIME SIZE=12')).toMatch(/^250 /);
      expect(await dialogue.say('MAIL FROM:<a@x.fr>')).toMatch(/^503 /);
      expect(await dialogue.say('RCPT TO:<b@x.fr> NOTIFY=NEVER')).toMatch(/^250 /);
      expect(await dialogue.say(line)).toMatch(/^250/);
      expect(await dialogue.say('DATA')).toMatch(/^503 /);
    }
    dialogue.socket.destroy();
  });

  test('is over with QUIT, whatever is still said', async () => {
    const dialogue = await openDialogue(smtp.port);
    const mail = 'EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<b@x.fr>\r\nDATA\r\nx\r\n.\r\n';
    dialogue.socket.write(`QUIT\r\n${mail}`);
    expect(await dialogue.reply()).toMatch(/^221 /);
    await expect(dialogue.reply()).rejects.toThrow('hung up');
    expect(kept()).toEqual([]);
  });

  test('is over after too much nonsense', async () => {
    const dialogue = await openDialogue(smtp.port);
    const replies: string[] = [];
    while (!replies.at(-1)?.startsWith('421')) replies.push(await dialogue.say('BONJOUR'));
    expect(replies.length).toBeLessThan(20);
  });

  test('is cut off with a client that asks without end and reads nothing', async () => {
    const dialogue = await openDialogue(smtp.port);
    dialogue.socket.pause();
    const lots = Buffer.from('NOOP\r\n'.repeat(100_000));
    const closed = new Promise((resolve) => dialogue.socket.once('close', resolve));
    const ask = () => {
      while (dialogue.socket.writable && dialogue.socket.write(lots));
    };
    dialogue.socket.on('drain', ask);
    ask();
    await closed;
    expect(await sendRaw(smtp.port, { to: ['a@x.fr'] }, 'Subject: x\r\n\r\nx\r\n')).toMatch(/^250 /);
  });
});

test('close ends idle, talking and half-closed clients at once', async () => {
  const idle = await openDialogue(smtp.port);
  const talking = await openDialogue(smtp.port);
  await talking.say('EHLO client.test');
  const left = await openDialogue(smtp.port);
  await left.say('QUIT');
  const gone = [idle, talking].map(({ socket }) => once(socket, 'close'));
  await smtp.close();
  await Promise.all(gone);
  expect(await idle.reply()).toMatch(/^421 /);
  smtp = await startSmtp(store, 0);
});

test('refuses the mailbox « introuvable » as a server without it does, and no other', async () => {
  const sender = createTransport({ host: '127.0.0.1', port: smtp.port, ignoreTLS: true });
  const mail = { from: 'a@guichet.test', subject: 'x', text: 'x' };
  await expect(sender.sendMail({ ...mail, to: 'introuvable.x@guichet.test' })).rejects.toMatchObject({
    responseCode: 550,
  });
  expect(kept()).toHaveLength(0);
  await sender.sendMail({ ...mail, to: 'pas.introuvable@guichet.test' });
  expect(kept()).toHaveLength(1);
});
