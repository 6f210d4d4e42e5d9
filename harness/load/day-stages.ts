import type { Stage } from '../../fixtures/stages.ts';
import { type Slice, sliceMinutes } from './slices.ts';

/** The arrivals of slices in real time: each slice takes as long as it says. Two more at the end find no persona. */
export function dayStages(slices: readonly Slice[]): Stage[] {
  const stages = slices.map(({ visits }) => {
    const perMinute = visits.length / sliceMinutes;
    return { fromPerMinute: perMinute, toPerMinute: perMinute, seconds: 60 * sliceMinutes };
  });
  return [...stages, { fromPerMinute: 60, toPerMinute: 60, seconds: 2 }];
}
