import { afterEach, expect, test } from 'vitest';
import { type Catcher, startCatcher } from '../mail/catcher.ts';
import { openMailhog } from '../mail/mailhog.ts';
import { openDialogue, sendRaw } from '../mail/smtp-dialogue.ts';
import { type RelayFault, startRelay, type TargetTime } from './relay.ts';
import { delays, duplicates, greylists, loses, putsOff, refuses, reorders } from './relay-faults.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A clock that stands until it is advanced. */
function standingTime(): TargetTime & { pass(hours: number): Promise<void> } {
  let now = 0;
  const alarms = new Map<object, { at: number; work: () => Promise<void> }>();
  return {
    now: () => new Date(now),
    wake: (instant, work) => {
      const key = {};
      alarms.set(key, { at: instant.getTime(), work });
      return () => void alarms.delete(key);
    },
    pass: async (hours) => {
      now += hours * 3_600_000;
      for (const [key, { at, work }] of alarms) {
        if (at > now) continue;
        alarms.delete(key);
        await work();
      }
    },
  };
}

async function startWire(fault: RelayFault, seed = 7) {
  const catcher: Catcher = await startCatcher();
  closers.push(catcher.close);
  const time = standingTime();
  const relay = await startRelay(fault, { to: catcher.smtp, seed, time });
  closers.push(relay.close);
  const mailbox = await openMailhog(catcher.url);
  closers.push(mailbox.close);
  return {
    time,
    port: relay.smtp.port,
    send: (name: string) =>
      sendRaw(
        relay.smtp.port,
        { from: 'asp@x.fr', to: [`${name}@x.fr`] },
        `Subject: ${name}\r\n\r\n${name}\r\n`,
      ),
    arrived: async () =>
      (await mailbox.all()).map(({ recipients }) => recipients.join().replace('@x.fr', '')),
    mailbox,
  };
}

/** The answers to RCPT TO, one connection each. */
async function answers(port: number, recipient: string, times: number): Promise<number[]> {
  const codes: number[] = [];
  for (let count = 0; count < times; count++) {
    const { say, socket } = await openDialogue(port);
    await say('EHLO client.test');
    await say('MAIL FROM:<asp@x.fr>');
    codes.push(Number((await say(`RCPT TO:<${recipient}>`)).slice(0, 3)));
    socket.destroy();
  }
  return codes;
}

test('a relay without a fault is a wire: every byte, sender and recipient as given', async () => {
  const { port, mailbox } = await startWire(() => ({}));
  const raw = Buffer.from(
    'Subject: =?utf-8?q?=C3=A9?=\r\nX: 1\r\n\r\n.\r\n..\r\n\xe9t\xe9 \t\r\n\r\n',
    'latin1',
  );
  expect(await sendRaw(port, { to: ['a@x.fr', 'b@x.fr'] }, raw)).toMatch(/^250/);
  expect(await mailbox.all()).toMatchObject([{ sender: '', recipients: ['a@x.fr', 'b@x.fr'] }]);
  expect((await mailbox.all())[0]?.raw).toEqual(raw);
  expect(await sendRaw(port, { to: ['introuvable.a@x.fr'] }, raw)).toMatch(/^550/);
});

test('refuses every recipient for good, in an order of words that the seed decides', async () => {
  const codes = await answers((await startWire(refuses, 1)).port, 'a@x.fr', 8);
  expect(codes.every((code) => code >= 550 && code < 555)).toBe(true);
  expect(await answers((await startWire(refuses, 1)).port, 'a@x.fr', 8)).toEqual(codes);
  expect(await answers((await startWire(refuses, 2)).port, 'a@x.fr', 8)).not.toEqual(codes);
});

test('puts off every recipient, every time', async () => {
  expect(await answers((await startWire(putsOff)).port, 'a@x.fr', 3)).toEqual([451, 451, 451]);
});

test('greylists: once no, then yes', async () => {
  const { port } = await startWire(greylists);
  expect(await answers(port, 'a@x.fr', 3)).toEqual([451, 250, 250]);
  expect(await answers(port, 'b@x.fr', 2)).toEqual([451, 250]);
});

test('delays: taken at once, handed over between two and three days of the target later', async () => {
  const { send, arrived, time } = await startWire(delays);
  expect(await send('a')).toMatch(/^250/);
  await time.pass(48);
  expect(await arrived()).toEqual([]);
  await time.pass(24);
  expect(await arrived()).toEqual(['a']);
});

test('duplicates: two or three of each', async () => {
  const { send, arrived } = await startWire(duplicates);
  for (const name of ['a', 'b', 'c', 'd']) await send(name);
  const counts = [...Map.groupBy(await arrived(), (name) => name).values()].map(({ length }) => length);
  expect(counts).toHaveLength(4);
  expect(new Set(counts)).toEqual(new Set([2, 3]));
});

test('reorders: the next one overtakes; alone, a mail waits for a minute of the target', async () => {
  const { send, arrived, time } = await startWire(reorders);
  for (const name of ['a', 'b', 'c']) expect(await send(name)).toMatch(/^250/);
  expect(await arrived()).toEqual(['b', 'a']);
  await time.pass(1);
  expect(await arrived()).toEqual(['b', 'a', 'c']);
  for (const name of ['d', 'e']) await send(name);
  await time.pass(1);
  expect(await arrived()).toEqual(['b', 'a', 'c', 'e', 'd']);
});

test('loses one of every two, each answered 250, the same ones for a seed', async () => {
  const names = [...'abcdefghijkl'];
  const kept = async (seed: number) => {
    const { send, arrived } = await startWire(loses, seed);
    for (const name of names) expect(await send(name)).toMatch(/^250/);
    return await arrived();
  };
  const first = await kept(1);
  for (let at = 0; at < names.length; at += 2)
    expect(first.filter((name) => name === names[at] || name === names[at + 1])).toHaveLength(1);
  expect(await kept(1)).toEqual(first);
  expect(await kept(3)).not.toEqual(first);
});

test('what the catcher does not take is not taken by the relay', async () => {
  const catcher = await startCatcher();
  const relay = await startRelay(() => ({}), { to: catcher.smtp, seed: 1, time: standingTime() });
  closers.push(relay.close);
  await catcher.close();
  expect(await sendRaw(relay.smtp.port, { to: ['a@x.fr'] }, 'Subject: a\r\n\r\na\r\n')).toMatch(/^451/);
});
