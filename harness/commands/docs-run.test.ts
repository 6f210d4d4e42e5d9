import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { madeCalibration, madeRun } from '../judge/calibration.test-data.ts';
import { type Embedded, startEmbedded } from '../target/embedded.ts';
import { findK6 } from '../toolchain/k6.ts';
import { shown, shownWorkload } from './docs.test-data.ts';
import { shellIn } from './shell.test-data.ts';

/** With which code a line ends, having said that; `ctrlC`: by Ctrl+C, as soon as it says it. */
type Ending = { exit: number; says: RegExp; ctrlC?: true };

const conform: Ending = { exit: 0, says: /^CONFORME/m };
const checks: Ending = { exit: 3, says: /^Guichet : « .*graine \d+$/m, ctrlC: true };
/** Each fault was seen to change something. */
const proves: Ending = { exit: 3, says: /^── Extranet sain/m, ctrlC: true };
/** A browser has walked the form. */
const loads: Ending = { exit: 3, says: /^✔ the wire map/m, ctrlC: true };
const runs: Ending = { exit: 3, says: /^passage \d+\/12/m, ctrlC: true };
const smoke: Ending = { exit: 0, says: /^✔ Chaque demande est acceptée/m };
const breaks: Ending = { exit: 1, says: /^× la promesse de 48 h est rompue/m };

const there = '--target integration.json --i-may https://integration.example.org';
const site = 'http://127.0.0.1:8120';

/** In the order in which they run: CAMPAIGN and `last` are what the line before has made. */
const endings: Record<string, Ending> = {
  'npx guichet check': checks,
  'npx guichet check SIRET-23': conform,
  'npx guichet check support': conform,
  'npx guichet check SIRET-23 --trace failed --har failed --seed 7': conform,
  'npx guichet check SIRET-23 --fault cgu-not-enforced': { exit: 1, says: /^NON CONFORME/m },
  'npx guichet check SUPP-07 --fault numbers-swapped --strict': { exit: 1, says: /^NON CONFORME/m },
  'npx guichet check MAIL-02 FORM-71 --fault smtp-duplicates': { exit: 3, says: /^NON CONCLUANT/m },
  'npx guichet check --gate release': checks,
  'npx guichet check --skin legacy': checks,
  'npx guichet check --browser firefox': { ...checks, says: /^Guichet : « |^GUICHET_BROWSER_MISSING/m },
  'npx guichet prove --only numbers-swapped': proves,
  'npx guichet prove --requirement SIRET-23': proves,
  'npx guichet prove --skin legacy --sample 1': proves,
  'npx guichet check --target harness/target/legacy.json': checks,
  [`npx guichet target draft ${site}/aparts/ --code-url ${site}/_test/code --out mine.json`]: {
    exit: 0,
    says: /^\? mail +assumed a MailHog/m,
  },
  'npx guichet target check mine.json': { exit: 0, says: /^✔ passwordPage/m },
  'npx guichet check --target mine.json': checks,
  [`npx guichet doctor ${there}`]: { exit: 0, says: /^✔ mail path /m },
  [`npx guichet check --dry-run ${there}`]: checks,
  'npx guichet check --dry-run --target FILE': checks,
  'npx guichet check --target integration.json': checks,
  [`npx guichet check --gate release --strict ${there}`]: checks,
  [`npx guichet check ${there}`]: checks,
  'npx guichet follow last': { exit: 3, says: /^\d+ demandes?, \d+ mails? d/m },
  'npx guichet report last --format csv --output demandes.csv': { exit: 0, says: /^$/ },
  'npx guichet load smoke --submissions 20': smoke,
  'npx guichet load smoke --segments 3': smoke,
  'npx guichet load smoke -- --out experimental-prometheus-rw --tag campaign=c1': smoke,
  'npx guichet load my-workload.json': loads,
  'npx guichet load normal -- --out csv=k6.csv.gz': loads,
  'npx guichet load covid-week --coupling strong': loads,
  'npx guichet load normal': runs,
  'npx guichet load --resume CAMPAIGN': runs,
  'npx guichet load WORKLOAD --target FILE': { exit: 3, says: /verdict à partir du/ },
  'npx guichet follow CAMPAIGN': { exit: 3, says: /^… Trop tôt : verdict à partir du/m },
  'npx guichet load smoke --submissions 200 --kubernetes DIR --segments 4 --target integration.json --i-may https://integration.example':
    { exit: 0, says: /^kubectl create -f DIR\/testrun\.yaml$/m },
  'npx guichet ledger import CAMPAIGN pods.log': {
    exit: 3,
    says: /^Registre : 200 prévues, .*, 200 sans issue$/m,
  },
  'npx guichet forecast 2026-11-26T09-00-00-load-4711': breaks,
  'npx guichet forecast 2026-11-26T09-00-00-load-4711 --rate +133% --days 1': breaks,
  'npx guichet forecast 2026-11-26T01-32-13-load-30635': breaks,
};

/** What docs.test.ts and ports.test.ts run, and the bare names of commands. */
const elsewhere =
  /^npx guichet (\w+|--help|check --list|(serve|mail|waive|diff) .*|report last.*|load .*--dry-run)$/;

const scratch = mkdtempSync(join(tmpdir(), 'guichet-docs-run-'));
const targets: Embedded[] = [];
let origin = '';
let run: ReturnType<typeof shellIn>;
let campaign = '';

beforeAll(async () => {
  await findK6({ log: (line) => process.stdout.write(`${line}\n`) });
  const token = 'docs-run';
  const [plain, legacy] = [await startEmbedded({ token }), await startEmbedded({ token, skin: 'legacy' })];
  targets.push(plain, legacy);
  origin = new URL(plain.profile.baseUrl).origin;
  const write = (name: string, value: unknown) =>
    writeFileSync(join(scratch, name), typeof value === 'string' ? value : JSON.stringify(value));
  write('mine.json', plain.profile);
  write('legacy.json', legacy.profile);
  const sirets = { kind: 'range', from: '99000000200000', to: '99000000299999' };
  write('integration.json', { ...plain.profile, sirets, clock: { kind: 'real' } });
  write('my-workload.json', shownWorkload);
  const perDay = [220, 220, 220, 220];
  write(
    'runs.json',
    madeCalibration([madeRun({ arm: 'load', start: '2026-03-02', perDay, capacities: [20] })]),
  );
  write('pods.log', '');
  run = shellIn(scratch, scratch, plain.environment);
}, 600_000);
afterAll(async () => {
  await Promise.all(targets.map((each) => each.close()));
  rmSync(scratch, { recursive: true });
});

test('every line that a page shows is run', () => {
  const lines = new Set(shown.flatMap(({ line }) => (line.startsWith('npx guichet') ? [line] : [])));
  expect([...lines].filter((line) => !(line in endings) && !elsewhere.test(line))).toEqual([]);
  expect(Object.keys(endings).filter((line) => !lines.has(line))).toEqual([]);
});

test.each(Object.entries(endings))('%s', { timeout: 120_000 }, async (line, { exit, says, ctrlC }) => {
  const { status, out } = await run(filled(line), ctrlC && says);
  expect(out).toMatch(says);
  expect({ status, out }).toMatchObject({ status: exit });
  if (ctrlC) expect(out).not.toMatch(/GUICHET_(?!LOAD_STOPPED|BROWSER_MISSING)/);
  campaign = /\d{4}-\d\d-\d\dT[\d-]+-(check|load)-\d+/.exec(out)?.[0] ?? campaign;
});

/** A line with what is here in the place of what its reader has. */
function filled(line: string): string {
  return line
    .replace(/https:\/\/integration\.example(\.org)?/g, origin)
    .replaceAll(site, origin)
    .replace('--out mine.json', '--out drafted.json')
    .replace('harness/target/legacy.json', 'legacy.json')
    .replace(/2026\S+-load-\d+/, 'runs.json')
    .replace('WORKLOAD', 'smoke')
    .replace('FILE', 'integration.json')
    .replace(/\bCAMPAIGN\b|\blast\b/, campaign);
}
