import { afterEach, expect, test } from 'vitest';
import { networkFaults } from '../network/catalogue.ts';
import { type RelayFault, startRelay } from '../network/relay.ts';
import { type Canary, isCanary, openCanary } from './canary.ts';
import { startCatcher } from './catcher.ts';
import { openMailhog } from './mailhog.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const standing = { now: () => new Date(0), wake: () => () => {} };

/** A canary over a mail path that is broken by a relay's fault, or by the catcher. */
async function startPath({
  fault,
  forgets = false,
  waitMs = 300,
}: {
  fault?: RelayFault;
  forgets?: boolean;
  waitMs?: number;
} = {}) {
  const catcher = await startCatcher({ forgets });
  closers.push(catcher.close);
  const relay = await startRelay(fault ?? (() => ({})), { to: catcher.smtp, seed: 3, time: standing });
  closers.push(relay.close);
  const mailbox = await openMailhog(catcher.url);
  closers.push(mailbox.close);
  const smtp = `smtp://127.0.0.1:${relay.smtp.port}`;
  const canary: Canary = openCanary({ smtp, mailDomain: 'x.fr', mailbox, waitMs });
  closers.push(canary.close);
  return { canary, mailbox, relay, catcher };
}

test('flies over a sound path, again and again, and its mails are told from others', async () => {
  const { canary, mailbox } = await startPath({ waitMs: 10_000 });
  for (let flight = 0; flight < 3; flight++) await canary.fly();
  const mails = await mailbox.all();
  expect(mails).toHaveLength(12);
  expect(mails.every(isCanary)).toBe(true);
  expect(isCanary({ recipients: ['canari@x.fr'] })).toBe(false);
  expect(isCanary({ recipients: [mails[0]?.recipients[0] ?? '', 'a@x.fr'] })).toBe(false);
});

const said: Record<string, RegExp> = {
  'smtp-refuses': /not taken .*55[0-4]/,
  'smtp-puts-off': /not taken .*451/,
  'smtp-greylists': /not taken .*451 Greylisted/,
  'smtp-delays': /0 of 4 .* arrived in 0.3 s/,
  'smtp-duplicates': /4 mails .* became \d+/,
  'smtp-reorders': /arrived 2, 1, 4, 3/,
  'mail-lost-on-the-way': /2 of 4 .* arrived/,
};

test.each(networkFaults.filter(({ at }) => at === 'relay'))('does not survive $name', async (broken) => {
  if (broken.at !== 'relay') return;
  const { canary } = await startPath({ fault: broken.fault });
  const error = await canary.fly().catch((error) => error);
  expect(error).toMatchObject({ code: 'GUICHET_MAIL_PATH', exit: 3 });
  expect(error.message).toMatch(said[broken.name] ?? 'a reason in this table');
});

test('does not survive a catcher that forgets what it took', async () => {
  const { canary } = await startPath({ forgets: true });
  await expect(canary.fly()).rejects.toThrow(/^GUICHET_MAIL_PATH: .* 0 of 4 mails .* arrived/);
});

test('notices a copy that lagged behind', async () => {
  const copies: (() => Promise<void>)[] = [];
  const { canary } = await startPath({
    waitMs: 10_000,
    fault: () => ({
      carry: async (mail, pass) => {
        await pass(mail);
        copies.push(() => pass(mail));
      },
    }),
  });
  await canary.fly();
  await copies[0]?.();
  await expect(canary.fly()).rejects.toThrow(/4 mails of our own became 5/);
});

test('a path where nobody listens is broken, at once', async () => {
  const { canary, relay } = await startPath();
  await relay.close();
  await expect(canary.fly()).rejects.toThrow(/^GUICHET_MAIL_PATH: .*ECONNREFUSED/);
});
