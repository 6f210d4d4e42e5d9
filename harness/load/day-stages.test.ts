import { expect, it } from 'vitest';
import { demandOf } from '../../fixtures/stages.ts';
import { dayStages } from './day-stages.ts';
import { measure, planRun } from './plan.ts';
import { slicesOf } from './slices.ts';
import { workloads } from './workloads.ts';

it.each(workloads.map((workload) => [workload.name, workload] as const))(
  'brings every visit of %s within its ten minutes, and lasts as long as its day',
  (_, workload) => {
    const sizing = { seed: 3, probesPerRun: 20, mostPerRun: 300, mailDomain: 'guichet.test' };
    const measured = measure(workload, sizing);
    const visits = planRun(workload, sizing, { run: 1, arm: 'load' });
    const slices = slicesOf(visits, measured);
    const { total, seconds } = demandOf(dayStages(slices));
    expect(total).toBe(visits.length + 2);
    expect(seconds).toBe((measured.to - measured.from) * 60 + 2);
    // k6 takes rates by the hour, in whole numbers.
    for (const { fromPerMinute } of dayStages(slices))
      expect(Math.abs(fromPerMinute * 60 - Math.round(fromPerMinute * 60))).toBeLessThan(1e-6);
  },
);
