import { expect, it } from 'vitest';
import { procedure } from '../../extranet/behaviour.ts';
import { workDone } from '../../extranet/opening-hours.ts';
import { madeCalibration } from './calibration.test-data.ts';
import type { CalibrationRun } from './calibration-runs.ts';
import { breakingRate } from './forecast.ts';
import { modelOf, usualDay } from './forecast-model.ts';
import { type Random, randomOf } from './random.ts';

// The rules by which the extranet's own back office takes demandes, in place of the whole extranet.
const { minutes, minutesPerDemande, opening } = procedure.backOffice;
const minute = 60_000;
const tuesday = Date.parse('2026-03-03T00:00:00+01:00');
/** The hours of the workloads of `guichet load`, from 8 on. */
const shape = [0.06, 0.1, 0.12, 0.115, 0.07, 0.08, 0.115, 0.12, 0.12, 0.1];
const sums = shape.map((_, hour) => shape.slice(0, hour + 1).reduce((sum, part) => sum + part, 0));

/** A run as `guichet load` makes it: a Tuesday, then 48 h in which the mails are followed. */
function run(arm: string, count: number, agents: number, random: Random): CalibrationRun {
  const planned = Array.from({ length: count }, () => {
    const draw = random.uniform();
    const hour = sums.findIndex((sum) => draw < sum);
    return tuesday + (8 + (hour < 0 ? 9 : hour) + random.uniform()) * 60 * minute;
  }).sort((a, b) => a - b);
  const free = new Array<number>(agents).fill(0);
  const lag = minutes.validation + minutes.identifiant + minutes.motDePasse + minutes.habilitation;
  const end = tuesday + 66 * 60 * minute;
  return {
    ...{ arm, start: new Date(tuesday).toISOString(), end: new Date(end).toISOString() },
    submissions: planned.map((instant) => {
      const agent = free.indexOf(Math.min(...free));
      const done = workDone(Math.max(instant + lag * minute, free[agent] ?? 0), minutesPerDemande, opening);
      free[agent] = done;
      const since = (instant - tuesday) / 1000;
      return [since, since, done > end ? null : (done - tuesday) / 1000];
    }),
  };
}

it('finds the agents of the extranet again from a campaign of guichet load', () => {
  const random = randomOf(11);
  const agents = 17;
  const runs = [1, 2, 3].flatMap(() => [
    run('baseline', 60, agents, random),
    run('load', 560, agents, random),
  ]);
  const model = modelOf(madeCalibration(runs, 2));
  expect(model.office).toMatchObject({ from: 8, to: 18 });
  // 17 agents of 12 minutes do 850 demandes in 10 hours; compression has halved them.
  expect(Math.abs(usualDay(model) / (2 * 850) - 1)).toBeLessThan(0.05);
  expect(Math.abs(model.lagHours - 2)).toBeLessThan(0.25);
  expect(model.replayHours).toBeLessThan(0.25);
  expect(Math.exp(model.demand.mean)).toBeCloseTo(120, 6);
  // Of one day of peak the last demande, at 18 h, has two whole days before it: about 2.8 usual days, less the lag.
  const { median } = breakingRate(model, 1, { draws: 50, seed: 1 });
  expect(median / usualDay(model)).toBeGreaterThan(2.4);
  expect(median / usualDay(model)).toBeLessThan(3.1);
});
