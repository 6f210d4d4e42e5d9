/**
 * `node bench/load-campaign.ts`: a default campaign of `guichet load normal` (both arms, judged) takes at most five
 * minutes on two cores; with the coupling off, mild, strong and lossy the verdict is the right one, its interval holds
 * the truth of a queue on paper, and the lost mails are counted exactly. Names of couplings as arguments run only those.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { driveCampaign } from '../harness/load/campaign.ts';
import { fixOrder, keepOrder } from '../harness/load/order.ts';
import { workloads } from '../harness/load/workloads.ts';
import { findK6 } from '../harness/toolchain/k6.ts';
import { truthOf } from './load-truth.ts';

/** Said here once more, apart from the extranet: minutes late by visits of the hour before. */
const couplings = {
  off: { late: () => 0, verdict: 'no-larger-effect', runs: undefined },
  mild: { late: (visits: number) => 3 * Math.max(0, visits - 10), verdict: 'effect', runs: 3 },
  strong: { late: (visits: number) => 8 * Math.max(0, visits - 10), verdict: 'effect', runs: 3 },
  lossy: { late: () => 0, verdict: 'effect', runs: 3 },
} as const;
const mostMinutes = 5;

const asked = process.argv.slice(2);
const names = (Object.keys(couplings) as (keyof typeof couplings)[]).filter(
  (name) => asked.length === 0 || asked.includes(name),
);
const { path: k6 } = await findK6({ log: console.log });
const [normal] = workloads;
if (!normal) throw new Error('no workload');
let bad = 0;
const check = (fine: boolean, what: string) => {
  if (!fine) bad++;
  console.log(`${fine ? 'ok  ' : 'FAIL'} ${what}`);
};
console.log(`${cpus().length} cores, load average ${loadavg()[0]?.toFixed(1)} at the start`);
for (const name of names) {
  const { late, verdict, runs } = couplings[name];
  const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-'));
  mkdirSync(folder, { recursive: true });
  const order = fixOrder({
    workload: normal,
    sizing: { seed: 2026, probesPerRun: 60, mostPerRun: 500, mailDomain: 'guichet.test' },
    ...{ coupling: name, perSecond: 40, ...(runs ? { runs } : {}) },
  });
  keepOrder(folder, order);
  const start = performance.now();
  const results = await driveCampaign({
    ...{ folder, order, k6, signal: new AbortController().signal },
    ...{ print: () => {}, onProgress: () => {} },
  });
  const minutes = (performance.now() - start) / 60_000;
  const { judgement, totals } = results;
  const hours = judgement?.findings?.hours;
  const truth = truthOf(order, late);
  console.log(
    `${name}: ${order.arms.length} runs, ${totals.mails.received} mails, ${minutes.toFixed(2)} min; ` +
      `shift ${hours?.difference.toFixed(2)} h (${hours?.lower.toFixed(2)} to ${hours?.upper.toFixed(2)}), truth ${truth.difference.toFixed(2)} h`,
  );
  for (const reason of judgement?.reasons ?? [results.stopped]) console.log(`     ${reason}`);
  check(judgement?.verdict === verdict, `${name}: verdict ${judgement?.verdict}, ${verdict} expected`);
  if (name === 'lossy') {
    let lost = 0;
    for (const { run } of results.runs) {
      const path = join(folder, `run-${String(run).padStart(2, '0')}`, 'extranet.sqlite');
      const database = new DatabaseSync(path, { readOnly: true });
      lost += Number(database.prepare("SELECT count(*) AS n FROM courriers WHERE etat = 'perdu'").get()?.n);
      database.close();
    }
    check(
      lost > 0 && totals.mails.lost === lost,
      `lossy: ${totals.mails.lost} lost mails counted, ${lost} lost`,
    );
    check(results.exitCode === 1, `lossy: exit ${results.exitCode}`);
  } else {
    const holds = hours && hours.lower <= truth.difference && truth.difference <= hours.upper;
    check(holds === true, `${name}: the interval holds the truth`);
    check(totals.mails.lost + totals.mails.doubled + totals.mails.crossed === 0, `${name}: no mail at fault`);
  }
  if (name === 'off')
    check(
      minutes <= mostMinutes,
      `a default campaign takes ${minutes.toFixed(2)} min, at most ${mostMinutes}`,
    );
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = bad === 0 ? 0 : 1;
