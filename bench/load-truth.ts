import type { LoadOrder } from '../harness/load/order.ts';
import { planRun, type Visit } from '../harness/load/plan.ts';
import { sliceMinutes } from '../harness/load/slices.ts';

/**
 * What the judge should find, reckoned beside it: the back office as a queue on paper, on the same plan, with no web, no
 * SMTP and no clock to move. In hours, for one coupling given as minutes by visits of the hour before.
 */
export function truthOf(order: LoadOrder, extraMinutes: (visits: number) => number) {
  const byRun = order.arms.map((arm, at) => ({ arm, hours: hoursOf(order, at + 1, extraMinutes) }));
  const meanOf = (arm: LoadOrder['arms'][number]) => {
    const all = byRun.flatMap((run) => (run.arm === arm ? [run.hours] : []));
    return all.reduce((sum, hours) => sum + hours, 0) / all.length;
  };
  return {
    baseline: meanOf('baseline'),
    load: meanOf('load'),
    difference: meanOf('load') - meanOf('baseline'),
  };
}

/** Minutes from ENVOYER to the agent's desk, an agent's minutes a demande, and when they work. */
const toDesk = 15 + 90 + 15;
const work = 12;
const [opens, closes] = [8 * 60, 18 * 60];
const day = 24 * 60;

/** Mean hours of the probes of a run to their third mail. */
function hoursOf(order: LoadOrder, run: number, extraMinutes: (visits: number) => number): number {
  const { workload, sizing, measure, arms, protocol } = order;
  const visits = planRun(workload, sizing, { run, arm: arms[run - 1] ?? 'baseline' });
  const received = (visit: Visit) =>
    measure.from + (Math.floor((visit.minute - measure.from) / sliceMinutes) + 1) * sliceMinutes;
  const opened = visits.filter(({ leaves }) => leaves !== 'home').map(received);
  const free = new Array<number>(measure.agents).fill(0);
  let [sum, probes] = [0, 0];
  for (const visit of visits.filter(({ leaves }) => !leaves)) {
    const at = received(visit);
    free.sort((a, b) => a - b);
    const done = doneAt(Math.max(at + toDesk, free[0] ?? 0));
    free[0] = done;
    if (visit.kind !== 'probe') continue;
    const hourBefore = opened.filter((one) => one > at - 60 && one <= at).length;
    probes++;
    sum += Math.min(protocol.tauHours, (done + extraMinutes(hourBefore) - visit.minute) / 60);
  }
  return sum / probes;
}

/** When an agent who begins at `start` (minutes from the first midnight) is through. */
function doneAt(start: number): number {
  let [at, left] = [start, work];
  for (;;) {
    const time = at % day;
    if (time < opens) at += opens - time;
    else if (time >= closes) at += day - time + opens;
    else if (left <= closes - time) return at + left;
    else {
      left -= closes - time;
      at += closes - time;
    }
  }
}
