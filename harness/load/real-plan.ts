import { z } from 'zod';
import { demandeForLoad } from '../../fixtures/demande.ts';
import type { Stage } from '../../fixtures/stages.ts';
import type { openSirets } from '../ledger/records.ts';
import { measure, planRun, type Sizing, type Visit } from './plan.ts';
import { workloadSchema } from './workload.ts';

/** A workload, or so many demandes at one rate (`perMinute`). */
export const realWorkload = z.union([
  z.strictObject({ smoke: z.int().positive(), perMinute: z.number().positive() }),
  workloadSchema,
]);
export type RealWorkload = z.infer<typeof realWorkload>;

/** Who comes when on a clock that nobody moves; `minute` counts from `from`. Ids begin with the tag. */
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
    return { visits, from: 0, to: Math.max(1 / 60, smoke / perMinute), factor: 1 };
  }
  // The target has agents of its own.
  const demand = { ...workload, agents: Number.MAX_SAFE_INTEGER };
  const { from, to, factor } = measure(demand, sizing);
  const visits = planRun(demand, sizing, { run: 1, arm: 'load' });
  return { visits: visits.map((visit) => ({ ...visit, id: `${tag}-${visit.id}` })), from, to, factor };
}

/** How long a step of the arrivals may be, in seconds: each gives whole numbers of arrivals an hour, as k6 takes them. */
const steps = [600, 300, 60, 30, 10, 5, 1];
const fewestSteps = 12;

/**
 * The arrivals that bring these visits, in the order of their minutes, between two minutes in real time: in steps of ten
 * minutes, or finer for what is over sooner. More at the end, since k6 may lose a part of an arrival at each change of its
 * rate; they find no persona.
 */
export function realStages(visits: readonly Visit[], { from, to }: Pick<RealPlan, 'from' | 'to'>): Stage[] {
  const seconds = 60 * (to - from);
  const step = steps.find((each) => seconds / each >= fewestSteps) ?? 1;
  const count = Math.max(1, Math.ceil(seconds / step - 1e-9));
  const byPlace = Map.groupBy(visits, ({ minute }) =>
    Math.min(count - 1, Math.max(0, Math.floor((60 * (minute - from)) / step + 1e-9))),
  );
  const stages: Stage[] = [];
  for (let at = 0; at < count; at++) {
    const perMinute = (60 * (byPlace.get(at)?.length ?? 0)) / step;
    const last = stages.at(-1);
    if (last?.toPerMinute === perMinute) last.seconds += step;
    else stages.push({ fromPerMinute: perMinute, toPerMinute: perMinute, seconds: step });
  }
  return [...stages, { fromPerMinute: 60, toPerMinute: 60, seconds: 2 + Math.ceil(stages.length / 2) }];
}

/** Gives each visit a SIRET of the profile; invented ones stay. Throws `GUICHET_SIRETS_EXHAUSTED`, and then keeps none. */
export function withSirets(
  visits: readonly Visit[],
  store: ReturnType<typeof openSirets>,
  campaign: string,
): Visit[] {
  if (!store) return [...visits];
  try {
    return visits.map((visit) => ({ ...visit, demande: { ...visit.demande, siret: store.take(campaign) } }));
  } catch (error) {
    store.release({ campaign });
    throw error;
  }
}
