import type { FaultResult, FaultsReport } from '../../reports/faults.ts';
import { findRequirement } from '../../requirements/catalogue.ts';
import type { PlayedRun } from './journal.ts';

/** What the matrix found of one fault; only a MUST or a SHOULD can turn red. */
export function faultResult(
  { name, breaks }: { name: string; breaks: readonly string[] },
  { dead, runs }: { dead: boolean; runs: readonly PlayedRun[] },
): FaultResult {
  const red = idsOf(runs, 'red');
  return {
    ...{ name, breaks: [...breaks], dead },
    scenarios: runs.map(({ scenario }) => scenario),
    red,
    cantTell: idsOf(runs, 'cantTell').filter((id) => !red.includes(id)),
    caught: !dead && red.some((id) => breaks.includes(id)),
  };
}

/** Each id once, in the order of the catalogue. */
function idsOf(runs: readonly PlayedRun[], kind: 'red' | 'cantTell'): string[] {
  return [...new Set(runs.flatMap((run) => run[kind].map(({ id }) => id)))].sort();
}

type Attribution = Pick<FaultsReport, 'attribution' | 'attributionOf' | 'strays'>;

/** The share of red requirements that their fault breaks, each counted once for its fault, and the others. */
export function attributionOf(
  faults: readonly { name: string; breaks: readonly string[] }[],
  runs: readonly PlayedRun[],
): Attribution {
  const strays: FaultsReport['strays'] = [];
  let named = 0;
  let all = 0;
  for (const { name, breaks } of faults) {
    const seen = new Set<string>();
    for (const { scenario, red } of runs.filter(({ fault }) => fault === name)) {
      for (const { id, observed } of red) {
        if (seen.has(id)) continue;
        seen.add(id);
        all++;
        if (breaks.includes(id)) named++;
        else strays.push({ fault: name, id, scenario, observed });
      }
    }
  }
  return {
    attribution: all === 0 ? null : named / all,
    attributionOf: faults.map(({ name }) => name),
    strays,
  };
}

/** Whatever did not pass on the sound extranet. */
export function falseAlarmsOf(runs: readonly PlayedRun[]): FaultsReport['falseAlarms'] {
  return runs.flatMap(({ scenario, red, cantTell, error }) => [
    ...[...red, ...cantTell].map(({ id, observed }) => ({ id, scenario, observed })),
    ...(error ? [{ id: '', scenario, observed: error }] : []),
  ]);
}

/**
 * The exit code and why: a survivor, a false alarm or a network fault taken for the target's first; then whatever
 * prevents a conclusion, a dead fault included.
 */
export function verdictOf({
  faults,
  falseAlarms,
  network,
  played,
  interrupted,
}: Pick<FaultsReport, 'faults' | 'falseAlarms' | 'network'> & {
  /** Runs of all parts. */
  played: number;
  interrupted: boolean;
}): FaultsReport['verdict'] {
  const survivors = faults.filter(
    ({ dead, caught, scenarios }) => !dead && !caught && (scenarios.length > 0 || !interrupted),
  );
  const dead = faults.filter((fault) => fault.dead);
  const wrong = network.filter(({ outcome }) => outcome === 'innocent' || outcome === 'unnoticed');
  const alarms = [
    ...survivors.map(({ name, breaks }) => `défaut non vu : ${name} (${breaks.join(', ')})`),
    ...falseAlarms.map(
      ({ id, scenario }) => `fausse alerte : ${id || 'scénario interrompu'} dans « ${scenario} »`,
    ),
    ...wrong.map(({ name, outcome, red }) =>
      outcome === 'unnoticed'
        ? `défaut du réseau passé inaperçu : ${name}`
        : `défaut du réseau imputé à la cible : ${name} (${red.join(', ')})`,
    ),
  ];
  const doubts = [
    ...dead.map(({ name }) => `défaut sans effet, à réparer : ${name}`),
    ...(interrupted ? ['la campagne a été interrompue : le résultat est partiel'] : []),
    ...(played === 0 ? ['rien n’a été joué'] : []),
  ];
  const reasons = [...alarms, ...doubts];
  return { exitCode: alarms.length > 0 ? 1 : doubts.length > 0 ? 3 : 0, reasons };
}

/** The surface of the first judged requirement that a fault breaks. */
export function surfaceOf({ breaks }: { breaks: readonly string[] }): string {
  return (
    breaks.map((id) => findRequirement(id)).find((found) => found && found.level !== 'INFO')?.surface ??
    'none'
  );
}
