import type { NetworkResult } from '../../reports/faults.ts';
import { type NetworkFault, networkFaults } from '../network/catalogue.ts';
import { stratified } from './draw.ts';
import type { PlayedRun } from './journal.ts';
import type { Order } from './order.ts';
import { underFault } from './selection.ts';
import { playRuns, type Stage } from './stage.ts';

type Known = Pick<NetworkFault, 'name' | 'what' | 'named'>;

/** What a scenario must check to meet the faults of the network: the mails all the way, and the form to its end. */
const meeting: readonly string[] = ['MAIL-02', 'FORM-71'];

/** The faults of the network that an order asks for; a sample takes as many of each place. */
export function chooseNetwork({ only, requirements, sample, seed }: Order): NetworkFault[] {
  const chosen = networkFaults.filter(
    ({ name, named = [] }) =>
      (only.length === 0 || only.includes(name)) &&
      (requirements.length === 0 || requirements.some((id) => named.includes(id))),
  );
  if (!sample) return chosen;
  return stratified(chosen, { seed, each: sample, nameOf: ({ name }) => name, groupOf: ({ at }) => at });
}

/** Plays the scenarios that meet the network's faults under each of them. `sound`: the runs of the whole suite. */
export async function playNetwork(
  stage: Stage,
  faults: readonly Known[],
  sound: readonly PlayedRun[],
): Promise<NetworkResult[]> {
  const scenarios = sound.filter(({ checked }) => meeting.some((id) => checked.includes(id)));
  const planned = faults.flatMap(({ name }) => scenarios.map((run) => underFault('réseau', name, run)));
  const played = Map.groupBy(await playRuns(stage, planned), ({ fault }) => fault);
  return faults.flatMap((fault) => {
    const runs = played.get(fault.name) ?? [];
    // After Ctrl+C, what was not met whole says nothing.
    return runs.length < scenarios.length ? [] : [networkResult(fault, runs)];
  });
}

/** What the runs under one fault of the network make of it; the most serious comes first. */
export function networkResult({ name, what, named = [] }: Known, runs: readonly PlayedRun[]): NetworkResult {
  const red = [...new Set(runs.flatMap(({ red }) => red.map(({ id }) => id)))].sort();
  const words = runs.flatMap(({ error, cantTell }) => [
    ...(error ? [error] : []),
    ...cantTell.map(({ observed }) => observed),
  ]);
  // Each run has ports of its own: what differs by them alone is the same.
  const said = new Map(words.map((each) => [each.replace(/:\d+\b/g, ''), each]));
  const outcome = red.some((id) => !named.includes(id))
    ? 'innocent'
    : red.length > 0
      ? 'named'
      : said.size > 0
        ? 'inconclusive'
        : 'unnoticed';
  return { name, what, outcome, red, said: [...said.values()] };
}
