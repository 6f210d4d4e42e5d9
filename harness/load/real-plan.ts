import { z } from 'zod';
import { demandeForLoad } from '../../fixtures/demande.ts';
import { demandOf, type Stage } from '../../fixtures/stages.ts';
import type { openSirets } from '../ledger/records.ts';
import { measure, planRun, type Sizing, type Visit } from './plan.ts';
import { workloadSchema } from './workload.ts';

/** A workload, or so many demandes at one rate (`perMinute`). */
export const realWorkload = z.union([
  z.strictObject({ smoke: z.int().positive(), perMinute: z.number().positive() }),
  workloadSchema,
]);
export type RealWorkload = z.infer<typeof realWorkload>;

export function nameOfWorkload(workload: RealWorkload): string {
  return 'smoke' in workload ? 'smoke' : workload.name;
}

/**
 * Who comes when on a clock that nobody moves; `minute` counts from `from`. Ids begin with the tag, and the addresses have
 * it: in a mailbox that keeps everything, an earlier campaign of the same seed has mails of its own.
 */
export type RealPlan = {
  visits: Visit[];
  /** From when to when visits come, in minutes. */
  from: number;
  to: number;
  /** By how much the demand is divided. */
  factor: number;
};

/** Plans one run of a workload under load, the same for the same arguments. Throws `GUICHET_USAGE` and `GUICHET_CAP_EXCEEDED`. */
export function planReal({
  workload,
  sizing,
  tag,
}: {
  workload: RealWorkload;
  sizing: Sizing;
  tag: string;
}): RealPlan {
  if ('smoke' in workload) {
    const { smoke, perMinute } = workload;
    const { seed, mailDomain } = sizing;
    const visits = Array.from(
      { length: smoke },
      (_, index): Visit => ({
        ...{ id: `${tag}-${index + 1}`, kind: 'background', minute: index / perMinute },
        demande: demandeForLoad({ seed, index, mailDomain }),
      }),
    );
    return {
      visits: visits.map((visit) => tagged(visit, tag)),
      ...{ from: 0, to: Math.max(1 / 60, smoke / perMinute), factor: 1 },
    };
  }
  // The target has agents of its own.
  const demand = { ...workload, agents: Number.MAX_SAFE_INTEGER };
  const { from, to, factor } = measure(demand, sizing);
  const visits = planRun(demand, sizing, { run: 1, arm: 'load' });
  return {
    visits: visits.map((visit) => tagged({ ...visit, id: `${tag}-${visit.id}` }, tag)),
    ...{ from, to, factor },
  };
}

function tagged(visit: Visit, tag: string): Visit {
  const courrielUtilisateur = visit.demande.courrielUtilisateur.replace('@', `.${tag}@`);
  return { ...visit, demande: { ...visit.demande, courrielUtilisateur } };
}

/** How long a step of the arrivals may be, in seconds: each gives whole numbers of arrivals an hour, as k6 takes them. */
const steps = [600, 300, 60, 30, 10, 5, 1];
const fewestSteps = 12;

/**
 * The arrivals that bring the visits of a plan in real time: in steps of ten minutes, or finer for what is over sooner.
 * `left`: those alone that are still to come from a minute on; who is late comes as soon as there is room, so that no step
 * has more than the fullest one of the whole plan.
 */
export function realStages(plan: RealPlan, left: Pick<RealPlan, 'visits' | 'from'> = plan): Stage[] {
  const seconds = 60 * (plan.to - plan.from);
  const step = steps.find((each) => seconds / each >= fewestSteps) ?? 1;
  const most = countsOf(plan, step).reduce((a, b) => Math.max(a, b));
  const stages: Stage[] = [];
  const counts = countsOf({ ...left, to: plan.to }, step);
  for (let [at, waiting] = [0, 0]; at < counts.length || waiting > 0; at++) {
    waiting += counts[at] ?? 0;
    const coming = Math.min(waiting, most);
    waiting -= coming;
    const perMinute = (60 * coming) / step;
    const last = stages.at(-1);
    if (last?.toPerMinute === perMinute) last.seconds += step;
    else stages.push({ fromPerMinute: perMinute, toPerMinute: perMinute, seconds: step });
  }
  return stages;
}

/** How many visits each step has; who is late is in the first one. */
function countsOf({ visits, from, to }: Pick<RealPlan, 'visits' | 'from' | 'to'>, step: number): number[] {
  const counts = new Array<number>(Math.max(1, Math.ceil((60 * (to - from)) / step - 1e-9))).fill(0);
  for (const { minute } of visits) {
    const place = Math.floor((60 * (minute - from)) / step + 1e-9);
    const at = Math.min(counts.length - 1, Math.max(0, place));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** Two arrivals more, no faster than the others: rounding may lose k6 the last one. They find no persona. */
export function withSpare(stages: readonly Stage[]): Stage[] {
  const { perMinute } = demandOf(stages);
  const rate = Math.min(60, perMinute);
  return [...stages, { fromPerMinute: rate, toPerMinute: rate, seconds: Math.ceil(120 / rate) }];
}

/** Gives each visit a SIRET of the profile; invented ones stay. Throws `GUICHET_SIRETS_EXHAUSTED`, and then keeps none. */
export function withSirets(
  visits: readonly Visit[],
  store: ReturnType<typeof openSirets>,
  campaign: string,
): Visit[] {
  if (!store) return [...visits];
  const taken = store.takeAll(campaign, visits.length);
  return visits.map((visit, at) => ({
    ...visit,
    demande: { ...visit.demande, siret: taken[at] ?? visit.demande.siret },
  }));
}
