// How fast the catcher takes mails beside a real Mailpit, in the same run: over 8 lasting connections, and with a new
// connection for every three mails; nothing may be lost. Then how soon a waiting reader sees a mail.
// `node bench/mail.ts [PAIRS] [MAILS]`; what else the machine does is in the figures: trust the ratios.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openMailpit } from '../harness/mail/mailpit.ts';
import { startMailpit } from '../harness/toolchain/mailpit.ts';
import { findMailpit } from '../harness/toolchain/mailpit-build.ts';
import { catcher, type Server } from './mail-catcher.ts';
import { sendMany, sendTimed } from './mail-sender.ts';

const pairs = Number(process.argv[2] ?? 5);
const mails = Number(process.argv[3] ?? 4000);
const warmUp = 500;
const latencies = 100;

const found = await findMailpit({ log: console.log });
if ('missing' in found) throw new Error(`No Mailpit: ${found.missing}`);

async function mailpit(): Promise<Server> {
  const { url, smtpPort, stop } = await startMailpit('path' in found ? found.path : '');
  return {
    smtpPort,
    open: () => openMailpit(url),
    total: async () => (await (await fetch(`${url}/api/v1/messages?limit=1`)).json()).total,
    stop,
  };
}

const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-'));
let files = 0;
const servers: Record<string, () => Promise<Server>> = {
  catcher: () => catcher(),
  Mailpit: mailpit,
  'catcher, durable': () => catcher('--durable', join(folder, `${files++}.db`)),
};

type Figures = { lasting: number[]; burst: number[]; visible: number[] };
const figures: Record<string, Figures> = Object.fromEntries(
  Object.keys(servers).map((name) => [name, { lasting: [], burst: [], visible: [] }]),
);

/** How long after the end of its DATA a reader that waits has the mail, in ms. */
async function visible({ smtpPort, open }: Server): Promise<number[]> {
  const mailbox = await open();
  const times: number[] = [];
  for (let index = 0; index < latencies; index += 1) {
    const address = `reader${index}@guichet.test`;
    const waiting = mailbox
      .waitFor(address, 1, 10_000)
      .then((received) => ({ received, at: performance.now() }));
    // The reader shall be waiting, its first look over.
    await delay(15);
    const written = await sendTimed(smtpPort, address);
    const { received, at } = await waiting;
    if (received.length !== 1) throw new Error(`${address} was not seen`);
    times.push(at - written);
  }
  await mailbox.close();
  return times;
}

console.log(
  `load average at the start: ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
for (let pair = 0; pair < pairs; pair += 1) {
  for (const [name, start] of Object.entries(servers)) {
    const own = figures[name] as Figures;
    const server = await start();
    own.visible.push(...(await visible(server)));
    await sendMany(server.smtpPort, warmUp);
    own.lasting.push(await sendMany(server.smtpPort, mails));
    own.burst.push(await sendMany(server.smtpPort, mails, { perConnection: 3 }));
    const lost = latencies + warmUp + 2 * mails - (await server.total());
    if (lost !== 0) throw new Error(`${name} lost ${lost} mails`);
    await server.stop();
  }
}
rmSync(folder, { recursive: true });
console.log(
  `load average at the end:   ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);

const reference = figures.Mailpit;
console.log(`mails per second, medians of ${pairs} pairs, ${mails} mails each, none lost:`);
for (const [name, { lasting, burst, visible }] of Object.entries(figures)) {
  const ratio = (own: number[], other: number[] = []) =>
    median(own.map((value, pair) => value / (other[pair] ?? Number.NaN))).toFixed(1);
  console.log(
    `${name.padEnd(17)} lasting ${median(lasting).toFixed(0).padStart(6)} (${ratio(lasting, reference?.lasting)} ×)` +
      `   three a connection ${median(burst).toFixed(0).padStart(6)} (${ratio(burst, reference?.burst)} ×)` +
      `   visible after ${median(visible).toFixed(2)} ms (95 %: ${quantile(visible, 0.95).toFixed(2)})`,
  );
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN;
}
