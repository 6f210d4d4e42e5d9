import { wilcoxonRankSum } from 'simple-statistics';
import type { Arm, Run } from '../harness/judge/load-runs.ts';

/** One-sided 5 % of the normal. */
const z = 1.6449;

/**
 * What a load tool would do: Mann and Whitney's test on all the probes at once, as if each were an experiment of its
 * own. Whether it sees load delay them, at 5 %.
 */
export function naiveAlarm(runs: readonly Run[], tauHours: number): boolean {
  const waits = (arm: Arm) =>
    runs
      .filter((run) => run.arm === arm)
      .flatMap(({ probes }) => probes.map(({ hours }) => Math.min(hours ?? tauHours, tauHours)));
  const load = waits('load');
  const baseline = waits('baseline');
  const total = load.length + baseline.length;
  const expected = (load.length * (total + 1)) / 2;
  const groups = Object.values(Object.groupBy([...load, ...baseline], String));
  const ties = groups.reduce((sum, group = []) => sum + group.length ** 3 - group.length, 0);
  const variance = ((load.length * baseline.length) / 12) * (total + 1 - ties / (total * (total - 1)));
  return wilcoxonRankSum(load, baseline) - expected > z * Math.sqrt(variance);
}
