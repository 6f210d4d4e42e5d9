import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultResult, FaultsReport, NetworkResult } from '../../reports/faults.ts';
import { faultsOutline } from '../../reports/faults-outline.ts';
import { writeFaultsReport } from '../../reports/faults-write.ts';
import { counted } from '../../reports/wording.ts';
import { catalogue, revision } from '../../requirements/catalogue.ts';
import { shard, shuffled, stratified } from './draw.ts';
import { attributionOf, falseAlarmsOf, faultResult, surfaceOf, verdictOf } from './findings.ts';
import { type PlayedRun, readRuns } from './journal.ts';
import { chooseNetwork, playNetwork } from './network.ts';
import { keepOrder, type Order, type State } from './order.ts';
import { type KnownFault, runsOf, unbroken, underFault } from './selection.ts';
import { findings, playRuns, type Stage, soundOut } from './stage.ts';

/** Faults that the attribution is measured on, and runs on the sound extranet. */
const attributed = 20;
const silentRuns = 20;

type Proof = Omit<Stage, 'seed'> & {
  order: Order;
  state: State;
  faults: readonly KnownFault[];
  /** Whether the probe of that fault sees a difference. */
  isLive(name: string): Promise<boolean>;
  /** The folder as a person is told it. */
  shown: string;
};

/** Plays a proof to its end or to Ctrl+C, writes its reports, and answers the exit code. */
export async function prove(proof: Proof): Promise<number> {
  const { order, state, folder, signal } = proof;
  const stage: Stage = { ...proof, seed: order.seed, skin: order.skin };
  const within = <T>(items: readonly T[]) => (order.shard ? shard(items, order.shard) : [...items]);
  const has = (part: Order['parts'][number]) => order.parts.includes(part) && !signal.aborted;
  const selected = within(choose(proof.faults, order));

  const timed = async <T>(part: string, title: string, work: () => Promise<T>): Promise<T> => {
    process.stdout.write(`\n── ${title}\n`);
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      const seconds = (state.seconds[part] ?? 0) + (performance.now() - startedAt) / 1000;
      state.seconds[part] = Math.round(seconds * 10) / 10;
      keepOrder(folder, { order, state });
    }
  };

  if (has('matrix') && !state.dead) {
    await timed('probes', `Sondes : ${defects(selected)}, un usager en verrait-il l’effet ?`, async () => {
      state.dead = await deadAmong(selected, proof);
    });
  }
  const sound = await timed(
    'sound',
    'Extranet sain : toute la suite, et les règles que chaque scénario lit',
    () => sounded(stage, state),
  );
  const live = selected.filter(({ name }) => !state.dead?.includes(name));
  const runs = new Map<string, PlayedRun[]>();
  if (has('matrix')) {
    await timed('matrix', `Matrice : ${defects(live)}`, () =>
      playMatrix(stage, live, { sound, order, runs }),
    );
  }
  const drawn = within(shuffled(proof.faults, order.seed, ({ name }) => name).slice(0, attributed));
  const whole: PlayedRun[] = [];
  if (has('attribution')) {
    await timed('attribution', `Attribution : ${defects(drawn)} contre toute la suite`, async () => {
      const planned = drawn.flatMap(({ name }) => sound.map((run) => underFault('attribution', name, run)));
      whole.push(...(await playRuns(stage, planned)));
    });
  }
  const silent: PlayedRun[] = [];
  const rounds = within(Array.from({ length: silentRuns }, (_, at) => at + 1));
  if (has('silence')) {
    await timed('silence', `Silence : ${rounds.length} fois toute la suite sur l’extranet sain`, async () => {
      for (const round of rounds)
        if (!signal.aborted) silent.push(...(await playSilently(stage, round, sound)));
    });
  }
  const around = within(chooseNetwork(order));
  const network: NetworkResult[] = [];
  if (has('network')) {
    await timed('network', `Réseau : ${defects(around)} autour de l’extranet sain`, async () => {
      network.push(...(await playNetwork(stage, around, sound)));
    });
  }

  const interrupted = signal.aborted;
  const results: FaultResult[] = order.parts.includes('matrix')
    ? selected.map((fault) =>
        faultResult(fault, {
          dead: state.dead?.includes(fault.name) ?? false,
          runs: runs.get(fault.name) ?? [],
        }),
      )
    : [];
  const falseAlarms = falseAlarmsOf([...sound, ...silent]);
  const report: FaultsReport = {
    schemaVersion: 1,
    guichet: JSON.parse(readFileSync(join(proof.root, 'package.json'), 'utf8')).version,
    catalogue: { revision, total: catalogue.length },
    campaign: {
      id: folder.split('/').at(-1) ?? folder,
      startedAt: state.startedAt,
      finishedAt: new Date().toISOString(),
      seed: order.seed,
      selection: selectionOf(order),
      interrupted,
    },
    faults: results,
    ...attributionOf(whole.length > 0 ? drawn : [], whole),
    silentRuns: Math.floor(silent.length / Math.max(1, sound.length)),
    falseAlarms,
    network,
    seconds: state.seconds,
    verdict: verdictOf({
      faults: results,
      falseAlarms,
      network,
      interrupted,
      played: runs.size + whole.length + silent.length + network.length,
    }),
  };
  await writeFaultsReport(folder, report);
  process.stdout.write(`\n${faultsOutline(report)}\n`);
  if (interrupted) process.stdout.write(`Reprendre : npx guichet prove --resume ${report.campaign.id}\n`);
  process.stdout.write(`Rapport : ${join(proof.shown, 'report.html')}\n`);
  return report.verdict.exitCode;
}

/** The faults that an order asks for. */
function choose(faults: readonly KnownFault[], { only, requirements, sample, seed }: Order): KnownFault[] {
  const chosen = faults.filter(
    ({ name, breaks }) =>
      (only.length === 0 || only.includes(name)) &&
      (requirements.length === 0 || requirements.some((id) => breaks.includes(id))),
  );
  if (!sample) return chosen;
  return stratified(chosen, { seed, each: sample, nameOf: ({ name }) => name, groupOf: surfaceOf });
}

async function deadAmong(faults: readonly KnownFault[], { isLive, signal }: Proof): Promise<string[]> {
  const dead: string[] = [];
  for (const { name } of faults) {
    if (signal.aborted) break;
    if (!(await isLive(name))) {
      dead.push(name);
      process.stdout.write(`sans effet : ${name}\n`);
    }
  }
  process.stdout.write(`un usager voit l’effet de ${faults.length - dead.length} sur ${faults.length}\n`);
  return dead;
}

/** The sound runs with the rules they read: those of the journal when it holds them all. */
async function sounded(stage: Stage, state: State): Promise<PlayedRun[]> {
  if (state.sounded)
    return [
      ...new Map(
        findings(stage, readRuns(stage.folder))
          .filter(({ rules }) => rules)
          .map((run) => [run.scenario, run]),
      ).values(),
    ];
  const played = await soundOut(stage);
  state.sounded = !stage.signal.aborted;
  return played;
}

/** First the scenarios that check what a fault breaks; the others that read the changed rule where those saw nothing. */
async function playMatrix(
  stage: Stage,
  faults: readonly KnownFault[],
  { sound, order, runs }: { sound: readonly PlayedRun[]; order: Order; runs: Map<string, PlayedRun[]> },
): Promise<void> {
  const note = (played: readonly PlayedRun[]) => {
    for (const run of played) runs.set(run.fault ?? '', [...(runs.get(run.fault ?? '') ?? []), run]);
  };
  const chosen = faults.map((fault) => ({ fault, ...runsOf(fault, sound) }));
  note(
    await playRuns(
      stage,
      chosen.flatMap(({ first, others }) => (order.everyReader ? [...first, ...others] : first)),
    ),
  );
  if (order.everyReader) return;
  const unseen = chosen.filter(
    ({ fault }) => !runs.get(fault.name)?.some(({ red }) => red.some(({ id }) => fault.breaks.includes(id))),
  );
  if (!stage.signal.aborted)
    note(
      await playRuns(
        stage,
        unseen.flatMap(({ others }) => others),
      ),
    );
}

/** One round of the whole suite: its own seed, order and number of workers. */
async function playSilently(stage: Stage, round: number, sound: readonly PlayedRun[]): Promise<PlayedRun[]> {
  const seed = (stage.seed + round) % 2 ** 31;
  const order = shuffled(sound, seed, ({ scenario }) => scenario);
  const workers = 1 + (round % 3);
  process.stdout.write(`silence ${round} : graine ${seed}, ${workers} en même temps\n`);
  return await playRuns(
    { ...stage, seed, workers },
    order.map((run) => unbroken('silence', round, run)),
  );
}

function selectionOf({ only, requirements, sample, shard, parts, everyReader, skin }: Order): string[] {
  return [
    ...(only.length > 0 ? [`--only ${only.join(',')}`] : []),
    ...(requirements.length > 0 ? [`--requirement ${requirements.join(',')}`] : []),
    ...(sample ? [`--sample ${sample}`] : []),
    ...(shard ? [`--shard ${shard.index}/${shard.count}`] : []),
    ...(parts.length < 4 ? [`--part ${parts.join(',')}`] : []),
    ...(everyReader ? ['--every-reader'] : []),
    ...(skin ? [`--skin ${skin}`] : []),
  ];
}

function defects(all: readonly unknown[]): string {
  return counted(all.length, ['défaut', 'défauts']);
}
