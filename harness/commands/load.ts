import { existsSync } from 'node:fs';
import { GuichetError } from '../errors.ts';
import type { Question } from '../load/order.ts';
import type { Sizing } from '../load/plan.ts';
import type { RealWorkload } from '../load/real-plan.ts';
import { type Share, shareOf } from '../load/share.ts';
import { readWorkload, type Workload } from '../load/workload.ts';
import { workloads } from '../load/workloads.ts';
import { couplingNames, extranetFaultNames, skinNames } from '../target/embedded.ts';
import { parsePermit } from '../target/origin.ts';
import { type Arguments, type Command, suggest, wholeNumber } from './command.ts';
import { dryRun, resumeCampaign, startCampaign } from './load-campaign.ts';
import { writeKubernetes } from './load-kubernetes.ts';
import { runSmoke } from './load-smoke.ts';
import { dryRunOnTarget, startOnTarget } from './load-target.ts';
import { nameOf } from './name-flag.ts';
import { permitOf, takePermit } from './permit-flag.ts';

const names = ['smoke', ...workloads.map(({ name }) => name)];
/** Of the addresses of the extranet that comes with Guichet. */
const mailDomain = 'guichet.test';
/** Of smoke, on another target. */
const smokePerMinute = 120;

export const load: Command = {
  help: `Usage: npx guichet load WORKLOAD [FLAGS] [-- FLAGS OF k6]
       npx guichet load WORKLOAD --target FILE [FLAGS]
       npx guichet load --resume CAMPAIGN

Judges whether load delays or loses the three mails. Runs without load and runs under load, each on a fresh extranet
of our own whose clock is virtual, send the same probes at the same instants; every submission and each of its mails
is accounted for. WORKLOAD is one of
  ${workloads.map(({ name }) => name).join(', ')},
or a file (harness/load/workload.schema.json). "smoke" sends a few demandes and judges no load.

  --dry-run         print the plan, with the source of each figure, and send nothing
  --seed N          the same people at the same instants again (default: drawn, printed)
  --coupling NAME   what busy pages do to the extranet's back office: ${couplingNames.join(', ')} (default: off)
  --probes N        probes of a run (default: 60)
  --demandes N      demandes of the background of a run; more are divided, and the agents too (default: 500)
  --agents N        agents for the whole demand of the workload (default: the workload's)
  --runs N          runs in each arm (default: as many as find δ in 4 campaigns of 5)
  --delta HOURS     the least delay that matters (default: 2)
  --rate N          visits a second of this machine, at most (default: 40)
  --skin NAME       another look of the extranet: ${skinNames.join(', ')}
  --fault NAME      break the extranet on purpose
  --kubernetes DIR  write one loaded run, in real time, as manifests of the k6-operator, and send nothing; --segments pods
  --target FILE     load the target of that profile, whose clock is real: one loaded run, judged days later
                    (docs/real-clock.md)
  --i-may ORIGIN    of --target: its exact origin, where it is not on loopback
  --limit PERCENT   of --target: what the upper bound of the rate of demandes without their mails in time must stay below
                    (default: 2)
  --segments N      N k6 share each run, each with a segment of it (default: 1)
  --resume CAMPAIGN go on, as it was asked for, with a campaign that was stopped or killed; nothing is sent twice
  --submissions N   of smoke: how many (default: 10)

After "--" stand k6's own outputs and tags, as in -- --out experimental-prometheus-rw, or -- --out csv=k6.csv.gz: such a
file comes into the folder of each run, and the report shows how long each request took over time. What could send
other things, elsewhere, or hide a failure is refused.

q or Ctrl+C stops in order. Exit codes: 0 no effect larger than δ and no mail lost; 1 an effect, or mails lost,
doubled or crossed; 2 usage; 3 invalid or inconclusive. With --target: 3 and the date of the verdict, which
"npx guichet follow CAMPAIGN" tells then.

Example: npx guichet load normal --dry-run
`,
  options: {
    'dry-run': { type: 'boolean' },
    seed: { type: 'string' },
    coupling: { type: 'string' },
    probes: { type: 'string' },
    demandes: { type: 'string' },
    agents: { type: 'string' },
    runs: { type: 'string' },
    delta: { type: 'string' },
    rate: { type: 'string' },
    skin: { type: 'string' },
    fault: { type: 'string' },
    resume: { type: 'string' },
    submissions: { type: 'string' },
    segments: { type: 'string' },
    kubernetes: { type: 'string' },
    target: { type: 'string' },
    'i-may': { type: 'string' },
    limit: { type: 'string' },
  },
  passes: true,
  run: async ({ flags, words, passed }, signal) => {
    const fixed = Object.keys(flags).find((name) => name !== 'resume' && name !== 'segments');
    if (flags.resume !== undefined && fixed)
      throw usage(`--resume takes no --${fixed}: the campaign goes on as it was asked for.`);
    const segments = wholeNumber(flags, 'segments', { min: 1, max: 100 });
    const permit = permitOf(flags);
    const share = shareOf({ segments, passed }, process.env, parsePermit(permit));
    const around = { signal, share, screen: process.stdout, keyboard: process.stdin };
    if (typeof flags.resume === 'string') {
      if (words.length > 0) throw usage(`--resume takes no workload, "${words.join(' ')}" is given.`);
      return await resumeCampaign(flags.resume, around);
    }
    const [given = '', ...more] = words;
    if (more.length > 0) throw usage(`One workload, not ${words.length}.`);
    if (flags.kubernetes !== undefined) {
      if (flags['dry-run'])
        throw usage('--kubernetes with --dry-run: leave --kubernetes out, the plan is the same.');
      takePermit(permit);
      await kubernetes(given, flags, share, signal);
      return 0;
    }
    if (typeof flags.target === 'string') {
      takePermit(permit);
      return await onTarget(given, flags.target, flags, around);
    }
    if (flags.limit !== undefined) throw usage('--limit goes with --target.');
    if (given === 'smoke') return await smoke(flags, share, signal);
    const question = questionOf(workloadOf(given), flags);
    if (flags['dry-run']) {
      process.stdout.write(`${dryRun(question)}\n`);
      return 0;
    }
    return await startCampaign(question, around);
  },
};

async function smoke(flags: Arguments['flags'], share: Share, signal: AbortSignal): Promise<number> {
  if (flags['dry-run']) {
    process.stdout.write(
      'Charge « smoke » : une demande par seconde ou plus vite, une seule fois, sans verdict.\n',
    );
    return 0;
  }
  const submissions = wholeNumber(flags, 'submissions', { min: 1, max: 1000 });
  const fault = nameOf(flags, 'fault', extranetFaultNames);
  return await runSmoke({
    seed: seedOf(flags),
    ...(submissions ? { submissions } : {}),
    ...(fault ? { fault } : {}),
    ...{ share, signal },
    print: (line) => process.stdout.write(`${line}\n`),
  });
}

async function onTarget(
  given: string,
  file: string,
  flags: Arguments['flags'],
  around: Parameters<typeof startOnTarget>[1],
): Promise<number> {
  const meant = unmeant.find((name) => flags[name] !== undefined);
  if (meant) throw usage(`--${meant} with --target: it is for the extranet that comes with Guichet.`);
  const idle = (given === 'smoke' ? (['probes', 'demandes'] as const) : (['submissions'] as const)).find(
    (name) => flags[name] !== undefined,
  );
  if (idle)
    throw usage(
      `--${idle} says nothing of "${given}": smoke has --submissions, the others --demandes and --probes.`,
    );
  const iMay = permitOf(flags);
  const asked = {
    ...{ file, workload: realWorkload(given, flags), sizing: sizingOf(flags), limit: limitOf(flags.limit) },
    ...(iMay ? { iMay } : {}),
  };
  if (!flags['dry-run']) return await startOnTarget(asked, around);
  const { page, exitCode } = dryRunOnTarget(asked);
  process.stdout.write(`${page}\n`);
  return exitCode;
}

/** What only the extranet that comes with Guichet has, or only two arms. */
const unmeant = ['coupling', 'agents', 'runs', 'delta', 'rate', 'skin', 'fault'] as const;

function realWorkload(given: string, flags: Arguments['flags']): RealWorkload {
  const smoke = wholeNumber(flags, 'submissions', { min: 1, max: 1000 }) ?? 10;
  return given === 'smoke' ? { smoke, perMinute: smokePerMinute } : workloadOf(given);
}

function limitOf(given: string | boolean | undefined): number {
  if (given === undefined) return 0.02;
  const limit = Number(String(given).replace(',', '.').replace(/ ?%$/, '')) / 100;
  if (limit > 0 && limit < 1) return limit;
  throw usage(`--limit is "${given}": give percent above 0 and below 100.`);
}

async function kubernetes(given: string, flags: Arguments['flags'], share: Share, signal: AbortSignal) {
  const { kubernetes: folder, target: file } = flags;
  if (typeof folder !== 'string' || typeof file !== 'string')
    throw new GuichetError(
      'GUICHET_USAGE',
      '--kubernetes without --target: pods do not reach the extranet of this machine.',
      'Run "npx guichet load --help".',
    );
  const sizing = sizingOf(flags);
  await writeKubernetes({
    ...{ folder, file, share, sizing, signal, workload: realWorkload(given, flags) },
    limit: limitOf(flags.limit),
    print: (line) => process.stdout.write(`${line}\n`),
  });
}

function workloadOf(given: string): Workload {
  const known = workloads.find(({ name }) => name === given);
  if (known) return known;
  if (/[./\\]/.test(given) || existsSync(given)) return readWorkload(given);
  throw usage(given ? `Unknown workload "${given}".${suggest(given, names)}` : 'No workload.');
}

function questionOf(workload: Workload, flags: Arguments['flags']): Question {
  const agents = wholeNumber(flags, 'agents', { min: 1, max: 1_000_000 });
  const runs = wholeNumber(flags, 'runs', { min: 3, max: 10 });
  const fault = nameOf(flags, 'fault', extranetFaultNames);
  const skin = nameOf(flags, 'skin', skinNames);
  return {
    workload: agents ? { ...workload, agents } : workload,
    sizing: { ...sizingOf(flags), mailDomain },
    coupling: nameOf(flags, 'coupling', couplingNames) ?? 'off',
    perSecond: wholeNumber(flags, 'rate', { min: 1, max: 1000 }) ?? 40,
    ...(runs ? { runs } : {}),
    ...(fault ? { fault } : {}),
    ...(skin ? { skin } : {}),
    ...deltaOf(flags.delta),
  };
}

function sizingOf(flags: Arguments['flags']): Omit<Sizing, 'mailDomain'> {
  return {
    seed: seedOf(flags),
    probesPerRun: wholeNumber(flags, 'probes', { min: 1, max: 10_000 }) ?? 60,
    mostPerRun: wholeNumber(flags, 'demandes', { min: 1, max: 100_000 }) ?? 500,
  };
}

function deltaOf(given: string | boolean | undefined): { deltaHours?: number } {
  if (given === undefined) return {};
  const deltaHours = Number(String(given).replace(',', '.'));
  if (deltaHours > 0 && deltaHours < 48) return { deltaHours };
  throw usage(`--delta is "${given}": give hours above 0 and below 48.`);
}

function seedOf(flags: Arguments['flags']): number {
  return wholeNumber(flags, 'seed') ?? Math.floor(Math.random() * 2 ** 31);
}

function usage(what: string): GuichetError {
  return new GuichetError('GUICHET_USAGE', what, `Workloads: ${names.join(', ')}, or a file.`);
}
