import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { GuichetError } from '../errors.ts';
import type { Mailbox, ReceivedMail } from './mailbox.ts';

/** How many mails fly at once: enough for a path that spares every other mail, or swaps two, to be caught. */
const flock = 4;
/** How long they may take, in ms. A sound path on one machine takes a few. */
const patienceMs = 10_000;
const localPart = /^canari\.[0-9a-f-]+@/;
const numbered = /^Subject: Canari (\d+)\r?$/m;

/** Mails of our own that fly the way of the target's: whether they arrive tells a lost mail from a broken path. */
export type Canary = {
  /**
   * Sends a few to an address of their own and waits until each has arrived, once, in its order. Throws
   * `GUICHET_MAIL_PATH` when they do not, and when those of the last time did not stay as they were.
   */
  fly(): Promise<void>;
  close(): void;
};

/** `smtp`: smtp://host:port where the target hands its mails over. Nothing is contacted before the first flight. */
export function openCanary({
  smtp,
  mailDomain,
  mailbox,
  waitMs = patienceMs,
}: {
  smtp: string;
  mailDomain: string;
  mailbox: Pick<Mailbox, 'mailsTo' | 'waitFor'>;
  waitMs?: number;
}): Canary {
  const { hostname, port } = new URL(smtp);
  // Kept open, one connection: each flight costs a few milliseconds, and the mails leave in their order.
  const transport = createTransport({
    ...{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 25, pool: true, maxConnections: 1 },
    ...{ secure: false, ignoreTLS: true, disableFileAccess: true, disableUrlAccess: true },
    ...{ connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs },
  });
  let last: string | undefined;

  async function send(number: number, address: string): Promise<void> {
    try {
      await transport.sendMail({
        from: { name: 'Guichet', address: `guichet@${mailDomain}` },
        to: address,
        subject: `Canari ${number}`,
        text: 'Mail de contrôle de Guichet : le chemin des mails fonctionne.\n',
      });
    } catch (error) {
      throw broken(smtp, `a mail of our own was not taken (${(error as Error).message})`);
    }
  }

  return {
    fly: async () => {
      if (last) demandWhole(smtp, await mailbox.mailsTo(last), 'since the last look');
      last = undefined;
      const address = `canari.${randomUUID()}@${mailDomain}`;
      for (let number = 1; number <= flock; number++) await send(number, address);
      await mailbox.waitFor(address, flock, waitMs);
      // What arrived may have been forgotten since, or doubled.
      demandWhole(smtp, await mailbox.mailsTo(address), `in ${waitMs / 1000} s`);
      last = address;
    },
    close: () => transport.close(),
  };
}

/** Whether a mail is one of ours: no target sent it. */
export function isCanary({ recipients }: Pick<ReceivedMail, 'recipients'>): boolean {
  return recipients.length > 0 && recipients.every((address) => localPart.test(address));
}

function demandWhole(smtp: string, mails: readonly ReceivedMail[], when: string): void {
  const numbers = mails.map(({ raw }) => Number(numbered.exec(raw.toString('latin1'))?.[1]));
  const arrived = new Set(numbers).size;
  if (arrived < flock) throw broken(smtp, `${arrived} of ${flock} mails of our own arrived ${when}`);
  if (numbers.length > flock) throw broken(smtp, `${flock} mails of our own became ${numbers.length}`);
  if (numbers.some((number, at) => number !== at + 1))
    throw broken(smtp, `mails of our own were sent 1, 2, 3, 4 and arrived ${numbers.join(', ')}`);
}

function broken(smtp: string, what: string): GuichetError {
  return new GuichetError('GUICHET_MAIL_PATH', `${smtp}: ${what}.`);
}
