/**
 * A million mails through the catcher by itself, durable, over SMTP: `node bench/mail-million.ts [MAILS]` (3.5 GB of disk,
 * gone afterwards). Goals: all are there, each at its recipient, once; the memory after the last is that after a tenth of
 * them; pages and searches are answered meanwhile as people and campaigns ask for them. Linux; the sender shares the cores.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { catcher } from './mail-catcher.ts';
import { sendMany } from './mail-sender.ts';
import { median } from './median.ts';
import { watchMemory } from './process-memory.ts';

const mails = Number(process.argv[2] ?? 1_000_000);
const looks = 9;
const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-million-'));
const file = join(folder, 'mails.db');
let bad = 0;
const check = (fine: boolean, what: string) => {
  if (!fine) bad++;
  console.log(`${fine ? 'ok  ' : 'FAIL'} ${what}`);
};
const say = (count: number) => count.toLocaleString('en');
const load = () =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');

console.log(`${cpus().length} cores, load average ${load()} at the start`);
let server = await catcher('--durable', file);
const memory = watchMemory(server.pid, () => undefined);
const peak = () => Math.round((memory.peaks.guichet ?? 0) / 1e6);

const tenth = Math.ceil(mails / 10);
const first = await sendMany(server.smtpPort, tenth);
const early = peak();
console.log(`     ${say(tenth)} mails at ${first.toFixed(0)}/s, ${early} MB at most`);
const rest = await sendMany(server.smtpPort, mails - tenth);
console.log(
  `     ${say(mails - tenth)} more at ${rest.toFixed(0)}/s, ${peak()} MB at most; load average ${load()}`,
);
check((await server.total()) === mails, `${say(await server.total())} mails by the API, ${say(mails)} sent`);
console.log(`     ${(peak() / early).toFixed(2)} times the memory for ten times the mails`);

/** The median of some looks, in ms, and the last answer. */
async function look<Answer>(ask: (at: number) => Promise<Answer>): Promise<{ ms: number; answer: Answer }> {
  const times: number[] = [];
  let answer: Answer | undefined;
  for (let at = 0; at < looks; at++) {
    const started = performance.now();
    answer = await ask(at);
    times.push(performance.now() - started);
  }
  return { ms: median(times), answer: answer as Answer };
}

const get = async (path: string) => await (await fetch(server.url + path)).text();
const someone = (at: number) => `u${1 + ((at * 7919) % (mails - tenth))}.${mails - tenth}@guichet.test`;
const api = '/api/v2';
const asked: [string, (at: number) => Promise<string>, (answer: string) => boolean][] = [
  ['the newest 250', () => get(`${api}/messages?limit=250`), (text) => JSON.parse(text).count === 250],
  [
    'the oldest 50',
    () => get(`${api}/messages?start=${mails - 50}`),
    (text) => JSON.parse(text).count === 50,
  ],
  [
    'a search by recipient',
    (at) => get(`${api}/search?kind=to&query=${someone(at)}`),
    (text) => JSON.parse(text).total === 1,
  ],
  ['the page of all mails', () => get('/'), (text) => text.includes('</html>')],
  [
    'the page of a recipient',
    (at) => get(`/?a=${encodeURIComponent(someone(at))}`),
    (text) => text.includes('1 courriel'),
  ],
];
for (const [what, ask, holds] of asked) {
  const { ms, answer } = await look(ask);
  check(holds(answer), `${what}: ${ms.toFixed(0)} ms (median of ${looks})`);
}
const mailbox = await server.open();
const { ms } = await look(async () => await mailbox.newest?.(mails - 1));
console.log(`     what a campaign reads, one mail more: ${ms.toFixed(0)} ms`);
await mailbox.close();
console.log(`     ${peak()} MB at most after all looks`);
memory.stop();
await server.stop();

const started = performance.now();
server = await catcher('--durable', file);
console.log(`     started again over them in ${((performance.now() - started) / 1000).toFixed(1)} s`);
check((await server.total()) === mails, 'all are there after a restart');
await server.stop();

const database = new DatabaseSync(file, { readOnly: true });
const { kept, recipients } = database
  .prepare('SELECT count(*) AS kept, count(DISTINCT recipients) AS recipients FROM mails')
  .get() as { kept: number; recipients: number };
database.close();
check(kept === mails && recipients === mails, `${say(kept)} mails on disk for ${say(recipients)} recipients`);
console.log(`     ${(statSync(file).size / 1e9).toFixed(1)} GB on disk, gone now`);
rmSync(folder, { recursive: true });
process.exitCode = bad === 0 ? 0 : 1;
