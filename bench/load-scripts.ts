// How fast the journey script is beside a bare k6 script that sends the same requests: whole visits, as many as go, to the
// extranet in a process of its own, or (`noop`) to a server that does nothing, where what a script costs hides behind no
// target. The journey script has its ledger: an outcome line for each visit, read into SQLite while it runs. The bare one
// copies the form's token and looks at nothing else. `node bench/load-scripts.ts [extranet|noop] [PAIRS] [SECONDS]`; goal,
// at the extranet: at least 0.9, trust the ratio.
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demandeForLoad } from '../fixtures/demande.ts';
import { personaOf } from '../fixtures/wire-map.ts';
import { openLedger } from '../harness/ledger/ledger.ts';
import { handOver } from '../harness/load/hand-over.ts';
import { startNoop } from '../harness/load/noop.ts';
import { findK6 } from '../harness/toolchain/k6.ts';
import { runK6 } from '../harness/toolchain/k6-run.ts';
import { readSummary } from '../harness/toolchain/k6-summary.ts';
import { embeddedWire } from '../load/wire.ts';
import { startServer } from './extranet-start.ts';

const where = process.argv[2] === 'noop' ? 'noop' : 'extranet';
const pairs = Number(process.argv[3] ?? 5);
const seconds = Number(process.argv[4] ?? 4);
const goal = 0.9;
const visitors = 10;
/** More than a machine visits in that time. */
const planned = (where === 'noop' ? 2000 : 1000) * seconds;

const { path: k6, version } = await findK6({ log: console.log });
const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-load-'));
const server =
  where === 'noop'
    ? { ...(await startNoop(embeddedWire)), token: '' }
    : { ...(await startServer('extranet')), wire: embeddedWire };
const { wire } = server;
/** Both scripts of all pairs take people of their own: a SIRET serves once. */
let taken = 0;
const bare = join(folder, 'bare.js');
writeFileSync(
  bare,
  `import http from 'k6/http';
import exec from 'k6/execution';
import { SharedArray } from 'k6/data';
const people = new SharedArray('people', () => JSON.parse(open(__ENV.PLAN)));
const base = __ENV.BASE_URL;
const headers = { 'content-type': 'application/x-www-form-urlencoded' };
const hidden = (html, name) => {
  const at = html.indexOf('name="' + name + '"');
  const value = html.indexOf('value="', at) + 7;
  return html.slice(value, html.indexOf('"', value));
};
export const options = { userAgent: 'guichet-load (k6)', summaryTrendStats: ['med', 'p(95)', 'p(99)', 'max'] };
export default function () {
  const person = people[exec.scenario.iterationInTest];
  http.get(base + '/aparts/');
  http.get(base + '/aparts/creation');
  const code = http.get(base + __ENV.CODE, { headers: { 'x-test-token': __ENV.TEST_TOKEN } }).json('code');
  const form = http.post(base + '/aparts/creation', person.siret.replace('{code}', code), { headers });
  http.get(base + '/aparts/communes?codePostal=' + person.codePostal);
  const body = person.forms[0].replace('{0}', hidden(form.body, 'jeton')).replace('{1}', hidden(form.body, 'siret'));
  if (http.post(base + '/aparts/creation/compte', body, { headers }).status !== 200) throw new Error('not taken');
}
`,
);

/** Reads what has been added to a log of outcomes since the last time. */
function tailOf(log: string, accepted: (id: string, at: Date) => void): () => void {
  let read = 0;
  let rest = '';
  const chunk = Buffer.alloc(1 << 20);
  return () => {
    if (!existsSync(log)) return;
    const file = openSync(log, 'r');
    for (let got = 1; got > 0; read += got) {
      got = readSync(file, chunk, 0, chunk.length, read);
      const lines = (rest + chunk.toString('utf8', 0, got)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter((each) => each.startsWith('{'))) {
        const { id, state, at } = JSON.parse(line);
        if (state === 'accepted') accepted(id, new Date(at));
      }
    }
    closeSync(file);
  };
}

/** Visits a second of one run. */
async function rate(kind: 'journey' | 'bare', run: number): Promise<number> {
  const [summary, log] = [join(folder, `${kind}-${run}.json`), join(folder, `${kind}-${run}.log`)];
  const from = taken;
  taken += planned;
  const demandes = Array.from({ length: planned }, (_, index) => ({
    id: String(index),
    demande: demandeForLoad({ seed: 1, index: from + index, mailDomain: 'exemple.test' }),
  }));
  const stages = [{ fromPerMinute: 60, toPerMinute: 60, seconds }];
  const told = handOver(
    folder,
    { wire, stages, atOnce: visitors, mailDomain: 'exemple.test' },
    demandes.map((one) => personaOf(wire, one)),
  );
  const ledger = kind === 'journey' ? openLedger(join(folder, `${run}.sqlite`)) : undefined;
  ledger?.plan(
    demandes.map(({ id, demande: { siret, courrielUtilisateur } }) => ({
      ...{ id, siret, courriel: courrielUtilisateur, planned: new Date() },
    })),
  );
  const tail = ledger && tailOf(log, (id, at) => ledger.outcome(id, 'accepted', at));
  const tailing = tail && setInterval(tail, 250);
  const { exitCode } = await runK6({
    k6,
    script: kind === 'bare' ? bare : fileURLToPath(new URL('../load/journey.ts', import.meta.url)),
    args: [
      ...['--vus', String(visitors), '--duration', `${seconds}s`, '--no-thresholds'],
      ...[`--summary-export=${summary}`, `--log-output=file=${log}`, '--log-format=raw'],
    ],
    env: {
      ...told,
      ...{ BASE_URL: server.url, TEST_TOKEN: server.token, OUTCOMES: '1' },
      CODE: wire.code.kind === 'oracle' ? wire.code.url : '',
    },
    onLine: () => {},
  });
  clearInterval(tailing);
  const { count } = readSummary(summary);
  if (ledger) {
    tail?.();
    const { accepted } = ledger.summary().states;
    ledger.close();
    if (accepted !== count('visits_accepted') || accepted === 0)
      throw new Error(`${accepted} of ${count('visits_accepted')} visits are in the ledger`);
  }
  if (exitCode !== 0 || count('iterations') >= planned) throw new Error(`${kind} ended with ${exitCode}`);
  // The one door of the no-op and a ninth request that a redirect makes are the same in both.
  const perVisit = (count('http_reqs') - (kind === 'journey' ? 1 : 0)) / count('iterations');
  if (Math.abs(perVisit - 8) > 0.2) throw new Error(`${kind} sent ${perVisit} requests a visit, not 8`);
  return count('iterations') / seconds;
}

const ratios: number[] = [];
const rates = { journey: [] as number[], bare: [] as number[] };
for (let run = 0; run < pairs; run++) {
  // Each goes first every other time.
  const kinds = run % 2 === 0 ? (['bare', 'journey'] as const) : (['journey', 'bare'] as const);
  for (const kind of kinds) rates[kind].push(await rate(kind, run));
  const [journey = 0, plain = 1] = [rates.journey[run], rates.bare[run]];
  ratios.push(journey / plain);
  console.log(
    `pair ${run + 1}: journey ${journey.toFixed(0)}/s, bare ${plain.toFixed(0)}/s, ratio ${(journey / plain).toFixed(3)}`,
  );
}
await server.close();
rmSync(folder, { recursive: true });

const sorted = ratios.toSorted((a, b) => a - b);
const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
console.log(
  `journey/bare at the ${where}: median ${median.toFixed(3)}, ${sorted[0]?.toFixed(3)} to ${sorted.at(-1)?.toFixed(3)} (${pairs} pairs of ${seconds} s, ${visitors} visitors, 8 requests a visit, k6 ${version}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)})`,
);
if (where === 'extranet') {
  console.log(median >= goal ? `goal of ${goal}: reached` : `goal of ${goal}: NOT reached`);
  process.exitCode = median >= goal ? 0 : 1;
}
