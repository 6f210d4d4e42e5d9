import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Kind, kinds, type Server } from './mailbox.test-data.ts';
import type { Mailbox } from './mailbox.ts';
import { openDialogue, sendOver, sendRaw } from './smtp-dialogue.ts';

const unreachable = { code: 'GUICHET_MAILBOX_UNREACHABLE' };

/** Dovecot takes a second to stop: nobody waits for it but the end. */
const stopping: Promise<void>[] = [];
afterAll(async () => {
  await Promise.all(stopping);
});

const capped = kinds.flatMap(({ name, missing, hello, startCapped }) =>
  missing || !startCapped ? [] : [{ name, hello, startCapped }],
);
const told = new Map<string, Promise<unknown>>();

// First of all, since some look at their cap once a minute only.
beforeAll(async () => {
  for (const { name, hello, startCapped } of capped) {
    const server = await startCapped();
    const mailbox = await server.open();
    const waiting = mailbox.waitFor('nobody@x.fr', 1, 150_000).catch((error: unknown) => error);
    for (let mail = 0; mail < 5; mail += 1)
      await sendRaw(server.smtpPort, { to: ['a@x.fr'] }, 'Subject: x\r\n\r\nx\r\n', hello);
    await server.applyCap();
    const end = async () => {
      await mailbox.close();
      await server.stop();
    };
    told.set(name, waiting.finally(end));
  }
});

for (const kind of kinds) {
  if (!kind.missing) describe(`the mailbox of ${kind.name}`, () => contract(kind));
  // What CI does not test, CI cannot vouch for.
  else if (process.env.CI) test(`the mailbox of ${kind.name}`, () => expect(kind.missing).toBeUndefined());
  else test.skip(`the mailbox of ${kind.name} (${kind.missing})`, () => {});
}

test.each(capped)(
  'the mailbox of $name says that its cap is reached, rather than that nothing came',
  { timeout: 160_000 },
  async ({ name }) => {
    expect(await told.get(name)).toMatchObject({
      ...unreachable,
      message: expect.stringMatching(/its cap|only so many/),
    });
  },
);

function contract({ start, hello, traces, kept, refuses }: Kind): void {
  let server: Server;
  let mailbox: Mailbox;
  const copies = hello === 'LHLO';

  beforeEach(async () => {
    server = await start();
    mailbox = await server.open();
  });

  afterEach(async () => {
    await mailbox.close();
    stopping.push(server.stop());
  });

  const envelopes = (to: string | string[]) => (copies ? [to].flat().map((one) => [one]) : [[to].flat()]);

  async function send(to: string | string[], raw: string | Buffer = 'Subject: essai\r\n\r\nBonjour\r\n') {
    const answers: string[] = [];
    for (const each of envelopes(to))
      answers.push(await sendRaw(server.smtpPort, { from: 'asp@x.fr', to: each }, raw, hello));
    return answers.join('\n');
  }

  function expectKept(raw: Buffer | undefined, sent: Buffer | string): void {
    const body = kept(Buffer.from(sent as string));
    expect(raw?.subarray(raw.length - body.length).equals(body)).toBe(true);
    expect(raw?.subarray(0, raw.length - body.length).toString('latin1')).toMatch(traces);
  }

  test('is empty at first', async () => {
    expect(await mailbox.all()).toEqual([]);
    expect(await mailbox.mailsTo('a@x.fr')).toEqual([]);
    expect(await mailbox.waitFor('a@x.fr', 1, 20)).toEqual([]);
  });

  test('gives a mail with its envelope and every byte', async () => {
    const before = Date.now();
    const sent = 'From: other@z.fr\r\nTo: nobody@z.fr\r\n\r\nBonjour\r\n';
    await send(['a@x.fr', 'b@x.fr'], sent);
    const [mail] = await mailbox.mailsTo('b@x.fr');
    expect(mail).toMatchObject({
      sender: 'asp@x.fr',
      recipients: copies ? ['b@x.fr'] : ['a@x.fr', 'b@x.fr'],
    });
    expectKept(mail?.raw, sent);
    expect(mail?.receivedAt.getTime()).toBeGreaterThanOrEqual(before - 1000);
    expect(mail?.receivedAt.getTime()).toBeLessThanOrEqual(Date.now() + 1000);
    const others = await mailbox.mailsTo('a@x.fr');
    expect(others).toHaveLength(1);
    expect(await mailbox.all()).toEqual(copies ? [...others, mail] : [mail]);
    expect(await mailbox.mailsTo('nobody@z.fr')).toEqual([]);
  });

  test('gives the null sender as none', async () => {
    await sendRaw(server.smtpPort, { to: ['a@x.fr'] }, 'Subject: x\r\n\r\nx\r\n', hello);
    expect((await mailbox.mailsTo('a@x.fr'))[0]?.sender).toBe('');
  });

  test('keeps a mail that comes twice, twice', async () => {
    const raw = 'Message-ID: <one@x.fr>\r\nTo: a@x.fr\r\nSubject: x\r\n\r\nx\r\n';
    await send('a@x.fr', raw);
    await send('a@x.fr', raw);
    const found = await mailbox.mailsTo('a@x.fr');
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
  });

  test.each([
    ['UTF-8 in 8 bits', Buffer.from('Subject: Créé\r\n\r\nété 😀\r\n')],
    ['Latin-1 in 8 bits', Buffer.from('Subject: Créé\r\n\r\nété\r\n', 'latin1')],
    [
      'a charset that nobody knows',
      Buffer.from('Content-Type: text/plain; charset=klingon\r\n\r\n\xff\r\n', 'latin1'),
    ],
    ['every byte', Buffer.from([...Array.from({ length: 256 }, (_, byte) => byte), 120, 13, 10])],
    ['bare LF', Buffer.from('Subject: x\n\nun\ndeux\r\n')],
    ['dots', Buffer.from('Subject: x\r\n\r\n.\r\n..\r\n.x\r\n')],
    ['repeated headers', Buffer.from('X: 1\r\nx:2\r\nX:  1\r\n\r\nx\r\n')],
    [
      'a multipart that never ends',
      Buffer.from('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b\r\nx\r\n'),
    ],
    ['base64 that is none', Buffer.from('Content-Transfer-Encoding: base64\r\n\r\né=====!\r\n')],
    ['lines of 998 octets', Buffer.from(`Subject: x\r\n\r\n${`${'é'.repeat(499)}\r\n`.repeat(50)}`)],
    ['a megabyte of 8-bit text', Buffer.from(`Subject: x\r\n\r\n${'Très très accentué\r\n'.repeat(50_000)}`)],
    ['eight megabytes', Buffer.from(`Subject: x\r\n\r\n${`${'x'.repeat(998)}\r\n`.repeat(8000)}`)],
    ['nothing', Buffer.alloc(0)],
  ])('keeps a mail with %s byte by byte, or its sender hears that it does not', async (what, raw) => {
    const answer = await send('a@x.fr', raw);
    expect(answer).toMatch(refuses.includes(what) ? /^[45]/ : /^2/);
    if (refuses.includes(what)) return expect(await mailbox.all()).toEqual([]);
    expectKept((await mailbox.mailsTo('a@x.fr'))[0]?.raw, raw);
    expectKept((await mailbox.all())[0]?.raw, raw);
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
    const subjects = Array.from({ length: 620 }, (_, index) => String(index));
    const dialogue = await openDialogue(server.smtpPort);
    await dialogue.say(`${hello} client.test`);
    for (const subject of subjects)
      await sendOver(dialogue, { from: 'asp@x.fr', to: ['a@x.fr'] }, `Subject: ${subject}\r\n\r\nx\r\n`);
    dialogue.socket.destroy();
    const read = async (mails: ReturnType<Mailbox['all']>) =>
      (await mails).map(({ raw }) => /^Subject: (\d+)/m.exec(String(raw))?.[1]);
    expect(new Set(await read(mailbox.all()))).toEqual(new Set(subjects));
    expect(await read(mailbox.mailsTo('a@x.fr'))).toHaveLength(620);
    // In the order in which it took them, whose stamps a mailbox may take from another look at a clock of whole seconds.
    const times = (await mailbox.all()).map(({ receivedAt }) => receivedAt.getTime());
    for (const [at, time] of times.entries())
      expect(time).toBeGreaterThanOrEqual((times[at - 1] ?? 0) - 1000);
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

  test('notices that somebody deletes its mails, though others come in their place', async () => {
    await send('a@x.fr');
    expect(await mailbox.all()).toHaveLength(1);
    expect(await mailbox.mailsTo('a@x.fr')).toHaveLength(1);
    const waiting = expect(mailbox.waitFor('a@x.fr', 2, 500)).rejects.toMatchObject(unreachable);
    await server.deleteAll();
    await send('a@x.fr');
    await waiting;
    await expect(mailbox.mailsTo('a@x.fr')).rejects.toThrow('somebody deletes mails');
    await expect(mailbox.all()).rejects.toMatchObject(unreachable);
  });

  test('is unreachable once its server has stopped, for waiting readers too', async () => {
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
}
