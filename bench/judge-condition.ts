// One condition of the bench, in a thread of its own: chooses the runs, then judges campaigns whose truth is known.
import { parentPort, workerData } from 'node:worker_threads';
import { fixProtocol, runOrder, spreadOf } from '../harness/judge/load-protocol.ts';
import { type Arm, figuresOf, type Run } from '../harness/judge/load-runs.ts';
import { judgeLoad } from '../harness/judge/load-verdict.ts';
import { type Random, randomOf } from '../harness/judge/random.ts';
import { estimateShift } from '../harness/judge/shift.ts';
import { naiveAlarm } from './judge-naive.ts';
import { type Condition, probesPerRun, simulateRun, type Weather } from './judge-simulator.ts';

export type Task = { condition: Condition; campaigns: number; seed: number };

/** Parts of the campaigns, at no effect and at an effect of about δ. */
export type Figures = {
  runsPerArm: number;
  /** The effect, from many runs, in hours, and its standard deviation between runs as part of it. */
  effect: number;
  variation: number;
  falseAlarms: number;
  naiveAlarms: number;
  noneAtNull: number;
  coverageAtNull: number;
  power: number;
  coverage: number;
  /** No effect larger than δ was said of an effect of δ. */
  falseNone: number;
  /** The inverted test alone, without the bound for uneven additions, ended below the effect. */
  invertedShort: number;
};

const deltaHours = 2;
const tauHours = 48;
/** Enough to know the spread and the truth: what is tested is the judge, not the luck of a pilot. */
const pilotRuns = 4_000;

function measure({ condition, campaigns, seed }: Task): Figures {
  const random = randomOf(seed);
  const pilot = manyRuns('baseline', 0, pilotRuns, condition, random);
  const protocol = fixProtocol({
    deltaHours,
    tauHours,
    probesPerRun,
    ...spreadOf(pilot, tauHours),
    seed,
    workload: 'simulated',
  });
  const added = addedFor(deltaHours, condition, seed);
  const baseline = hoursOf(pilot);
  const load = hoursOf(manyRuns('load', added, pilotRuns, condition, random));
  const effect = mean(load) - mean(baseline);
  const counts = { falseAlarms: 0, naiveAlarms: 0, noneAtNull: 0, coverageAtNull: 0 };
  const atDelta = { power: 0, coverage: 0, falseNone: 0, invertedShort: 0 };
  const facts = (arm: Arm) => ({
    arm,
    arrivals: { planned: 1, achieved: 1 },
    dropped: 0,
    generator: { planned: 1, calibrated: 2 },
    catcherKept: true,
    canariesKept: true,
    finished: true,
  });
  for (let campaign = 0; campaign < campaigns; campaign++) {
    const order = runOrder({ ...protocol, seed: Math.floor(random.uniform() * 2 ** 32) });
    for (const truth of [0, effect]) {
      const weather = newWeather(random);
      const runs = order.map((arm) => simulateRun(arm, truth === 0 ? 0 : added, condition, weather, random));
      const { verdict, findings } = judgeLoad(protocol, runs, order.map(facts));
      if (!findings) throw new Error(`A campaign of the bench is ${verdict}.`);
      const { lower, upper } = findings.hours;
      const covered = lower <= truth && truth <= upper;
      if (truth === 0) {
        // An alarm is a p that would lead to « effect », whatever is said before.
        if (findings.p <= 0.05) counts.falseAlarms++;
        if (verdict === 'no-larger-effect') counts.noneAtNull++;
        if (covered) counts.coverageAtNull++;
        if (naiveAlarm(runs, tauHours)) counts.naiveAlarms++;
      } else {
        if (verdict === 'effect') atDelta.power++;
        if (verdict === 'no-larger-effect') atDelta.falseNone++;
        if (covered) atDelta.coverage++;
        if (invertedUpper(runs) < effect) atDelta.invertedShort++;
      }
    }
  }
  const parts = Object.fromEntries(
    Object.entries({ ...counts, ...atDelta }).map(([name, count]) => [name, count / campaigns]),
  ) as typeof counts & typeof atDelta;
  const variation = Math.sqrt(Math.max(0, variance(load) - variance(baseline))) / effect;
  return { runsPerArm: protocol.runsPerArm, effect, variation, ...parts };
}

function invertedUpper(runs: readonly Run[]): number {
  const of = (arm: Arm) => hoursOf(runs.filter((run) => run.arm === arm));
  return estimateShift(of('baseline'), of('load'), 0.05, 0).upper;
}

/** How much load makes the restricted mean `hours` longer, by halving; the same days are simulated each time. */
function addedFor(hours: number, condition: Condition, seed: number): number {
  const meanWith = (added: number) =>
    mean(hoursOf(manyRuns('load', added, 1_000, condition, randomOf(seed + 1))));
  const without = meanWith(0);
  let [least, most] = [0, 1.5];
  for (let step = 0; step < 8; step++) {
    const added = (least + most) / 2;
    if (meanWith(added) - without < hours) least = added;
    else most = added;
  }
  return (least + most) / 2;
}

function manyRuns(arm: Arm, added: number, count: number, condition: Condition, random: Random): Run[] {
  const weather = newWeather(random);
  return Array.from({ length: count }, () => simulateRun(arm, added, condition, weather, random));
}

function newWeather(random: Random): Weather {
  return { demand: random.normal(), capacity: random.normal() };
}

function hoursOf(runs: readonly Run[]): number[] {
  return runs.map((run) => figuresOf(run, tauHours).hours);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

parentPort?.postMessage(measure(workerData));
