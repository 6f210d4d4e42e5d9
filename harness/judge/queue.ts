import type { WorkCurve } from './office.ts';

/**
 * The two queues of the forecast. Both are first come, first served by `agents` who together follow a work curve; an
 * agent takes the same work for every demande, which lasts `agents` divided by the capacity. Instants are hours.
 */

/**
 * Fluid queue with time-varying capacity (Liu and Whitt 2012, without abandonment): demand is a liquid of which
 * `mass[i]` demandes have flowed in between entry i − 1 and entry i. Answers when the drop of each entry is done.
 */
export function fluidQueue(
  entries: ArrayLike<number>,
  mass: ArrayLike<number>,
  agents: number,
  curve: WorkCurve,
): Float64Array {
  const done = new Float64Array(entries.length);
  let position = 0;
  for (let index = 0; index < entries.length; index++) {
    // Nobody waits: done once one agent has worked through. Somebody does: once all before it are done.
    position = Math.max(position + (mass[index] ?? 0), curve.doneBy(entries[index] ?? 0) + agents);
    done[index] = curve.reaches(position);
  }
  return done;
}

/** The same queue demande by demande, entries in their order: an exact simulation, M/D/c when entries are Poisson. */
export function eventQueue(entries: ArrayLike<number>, agents: number, curve: WorkCurve): Float64Array {
  const positions = new Float64Array(entries.length);
  const done = new Float64Array(entries.length);
  for (let index = 0; index < entries.length; index++) {
    // All take the same work, so the agent who is free next is the one who took the demande `agents` before.
    const free = index >= agents ? (positions[index - agents] ?? 0) : 0;
    positions[index] = Math.max(free, curve.doneBy(entries[index] ?? 0)) + agents;
    done[index] = curve.reaches(positions[index] ?? 0);
  }
  return done;
}
