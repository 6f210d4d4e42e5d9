import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCatcher } from './catcher.ts';
import type { Mailbox } from './mailbox.ts';
import { openMailhog } from './mailhog.ts';
import { sendRaw } from './smtp-dialogue.ts';

/** A mail server with an adapter: what every kind of mailbox must pass. */
type Kind = { start(): Promise<{ smtpPort: number; open(): Promise<Mailbox>; stop(): Promise<void> }> };

const kinds: [string, Kind][] = [
  [
    'the embedded catcher',
    {
      start: async () => {
        const catcher = await startCatcher();
        return { smtpPort: catcher.smtp.port, open: () => openMailhog(catcher.url), stop: catcher.close };
      },
    },
  ],
];

describe.each(kinds)('the mailbox of %s', (_name, { start }) => {
  let server: Awaited<ReturnType<typeof start>>;
  let mailbox: Mailbox;

  beforeEach(async () => {
    server = await start();
    mailbox = await server.open();
  });

  afterEach(async () => {
    await mailbox.close();
    await server.stop();
  });

  const send = (to: string | string[], raw: string | Buffer = 'Subject: essai\r\n\r\nBonjour\r\n') =>
    sendRaw(server.smtpPort, { from: 'asp@x.fr', to: [to].flat() }, raw);

  test('is empty at first', async () => {
    expect(await mailbox.all()).toEqual([]);
    expect(await mailbox.mailsTo('a@x.fr')).toEqual([]);
    expect(await mailbox.waitFor('a@x.fr', 1, 20)).toEqual([]);
  });

  test('gives a mail with its envelope and every byte', async () => {
    const before = Date.now();
    await send(['a@x.fr', 'b@x.fr'], 'From: other@z.fr\r\nTo: nobody@z.fr\r\n\r\nBonjour\r\n');
    const [mail] = await mailbox.mailsTo('b@x.fr');
    expect(mail).toMatchObject({ sender: 'asp@x.fr', recipients: ['a@x.fr', 'b@x.fr'] });
    expect(String(mail?.raw)).toBe('From: other@z.fr\r\nTo: nobody@z.fr\r\n\r\nBonjour\r\n');
    expect(mail?.receivedAt.getTime()).toBeGreaterThanOrEqual(before - 1000);
    expect(mail?.receivedAt.getTime()).toBeLessThanOrEqual(Date.now() + 1000);
    expect(await mailbox.mailsTo('a@x.fr')).toEqual([mail]);
    expect(await mailbox.all()).toEqual([mail]);
    expect(await mailbox.mailsTo('nobody@z.fr')).toEqual([]);
  });

  test.each([
    ['UTF-8 in 8 bits', Buffer.from('Subject: Créé\r\n\r\nété 😀\r\n')],
    ['Latin-1 in 8 bits', Buffer.from('Subject: Créé\r\n\r\nété\r\n', 'latin1')],
    ['every byte', Buffer.from([...Array.from({ length: 256 }, (_, byte) => byte), 120, 13, 10])],
    ['bare LF', Buffer.from('Subject: x\n\nun\ndeux\r\n')],
    ['dots', Buffer.from('Subject: x\r\n\r\n.\r\n..\r\n.x\r\n')],
    ['repeated headers', Buffer.from('X: 1\r\nx:2\r\nX:  1\r\n\r\nx\r\n')],
    ['lines of 998 octets', Buffer.from(`Subject: x\r\n\r\n${`${'é'.repeat(499)}\r\n`.repeat(50)}`)],
    ['a megabyte of 8-bit text', Buffer.from(`Subject: x\r\n\r\n${'Très très accentué\r\n'.repeat(50_000)}`)],
    ['nothing', Buffer.alloc(0)],
  ])('keeps a mail with %s byte by byte', async (_what, raw) => {
    await send('a@x.fr', raw);
    expect((await mailbox.mailsTo('a@x.fr'))[0]?.raw.equals(raw)).toBe(true);
    expect((await mailbox.all())[0]?.raw.equals(raw)).toBe(true);
  });

  test('knows an address from its neighbours', async () => {
    const addresses = ['1+t@x.fr', 'u1+t@x.fr', '1+t@x.fra', '1%2Bt@x.fr', 't@x.fr', 'T@x.fr'];
    for (const address of addresses) await send(address);
    for (const address of addresses) {
      const found = await mailbox.mailsTo(address);
      expect(found.map(({ recipients }) => recipients)).toEqual([[address]]);
    }
    expect(await mailbox.mailsTo('1 t@x.fr')).toEqual([]);
    expect(await mailbox.mailsTo('+t@x.fr')).toEqual([]);
    expect(await mailbox.mailsTo('1+t@X.FR')).toHaveLength(1);
  });

  test('reads through all pages, oldest first', async () => {
    const transport = createTransport({
      host: '127.0.0.1',
      port: server.smtpPort,
      pool: true,
      maxConnections: 1,
    });
    const subjects = Array.from({ length: 620 }, (_, index) => String(index));
    for (const text of subjects)
      await transport.sendMail({ from: 'asp@x.fr', to: 'a@x.fr', subject: text, text });
    transport.close();
    const read = async (mails: ReturnType<Mailbox['all']>) =>
      (await mails).map(({ raw }) => /^Subject: (\d+)/m.exec(String(raw))?.[1]);
    expect(new Set(await read(mailbox.all()))).toEqual(new Set(subjects));
    expect(await read(mailbox.mailsTo('a@x.fr'))).toHaveLength(620);
    const times = (await mailbox.all()).map(({ receivedAt }) => receivedAt.getTime());
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test('tells a waiting reader as soon as enough mails are there', async () => {
    const waiting = mailbox.waitFor('a@x.fr', 3, 60_000);
    for (const to of ['a@x.fr', 'b@x.fr', 'a@x.fr', 'a@x.fr']) await send(to);
    expect(await waiting).toEqual(await mailbox.mailsTo('a@x.fr'));
    expect(await waiting).toHaveLength(3);
  });

  test('counts what was there before the waiting', async () => {
    await send('a@x.fr');
    expect(await mailbox.waitFor('a@x.fr', 1, 60_000)).toHaveLength(1);
    const second = mailbox.waitFor('a@x.fr', 2, 60_000);
    await send('a@x.fr');
    expect(await second).toHaveLength(2);
  });

  test('misses none of many that come while readers begin to wait', async () => {
    const addresses = Array.from({ length: 50 }, (_, index) => `u${index}@x.fr`);
    const sent = addresses.flatMap((address) => [send(address), send(address), send(address)]);
    const found = await Promise.all(addresses.map((address) => mailbox.waitFor(address, 3, 60_000)));
    await Promise.all(sent);
    expect(found.map(({ length }) => length)).toEqual(addresses.map(() => 3));
  });

  test('gives what there is when the time is over', async () => {
    await send('a@x.fr');
    expect(await mailbox.waitFor('a@x.fr', 3, 50)).toHaveLength(1);
    expect(await mailbox.waitFor('a@x.fr', 3, 0)).toHaveLength(1);
  });

  test('is unreachable once its server has stopped, for waiting readers too', async () => {
    const unreachable = { code: 'GUICHET_MAILBOX_UNREACHABLE' };
    const waiting = expect(mailbox.waitFor('a@x.fr', 1, 60_000)).rejects.toMatchObject(unreachable);
    await mailbox.all();
    await server.stop();
    await waiting;
    await expect(mailbox.all()).rejects.toMatchObject(unreachable);
    await expect(mailbox.mailsTo('a@x.fr')).rejects.toMatchObject(unreachable);
    await expect(mailbox.waitFor('a@x.fr', 1, 10)).rejects.toMatchObject(unreachable);
    await expect(server.open()).rejects.toMatchObject(unreachable);
    server = await start();
  });
});
