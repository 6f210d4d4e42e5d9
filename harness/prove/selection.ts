import type { Run } from '../campaign/plan.ts';
import { touches } from '../target/rules.ts';
import type { PlayedRun } from './journal.ts';

/** A fault as the matrix needs it; `changed` are the paths of the rules that it changes. */
export type KnownFault = { name: string; breaks: readonly string[]; changed: readonly string[] };

/**
 * The runs of one fault, in two passes: the scenarios that read a rule which it changed and check a requirement which
 * it breaks, then the other scenarios that read such a rule. `sound` are the runs that recorded the reading.
 */
export function runsOf(fault: KnownFault, sound: readonly PlayedRun[]): { first: Run[]; others: Run[] } {
  const readers = sound.filter(({ rules = [] }) => touches(fault.changed, rules));
  const judges = ({ checked }: PlayedRun) => checked.some((id) => fault.breaks.includes(id));
  return {
    first: readers.filter(judges).map((reader) => underFault('matrice', fault.name, reader)),
    others: readers
      .filter((reader) => !judges(reader))
      .map((reader) => underFault('matrice', fault.name, reader)),
  };
}

/** One scenario under one fault, in one part of the campaign. */
export function underFault(part: string, fault: string, { scenario, durationMs }: PlayedRun): Run {
  return { key: `${part} › ${fault} › ${scenario}`, scenario, fault, expectedMs: durationMs };
}

/** One scenario on the sound extranet, in one of many rounds. */
export function unbroken(part: string, round: number, { scenario, durationMs }: PlayedRun): Run {
  return { key: `${part} › ${round} › ${scenario}`, scenario, expectedMs: durationMs };
}
