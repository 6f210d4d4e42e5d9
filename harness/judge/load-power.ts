import { GuichetError } from '../errors.ts';
import { arrange, firstShare, mostRuns, pOf, tie } from './permutation.ts';
import { randomOf } from './random.ts';
import { upperEnd } from './shift.ts';

/** One-sided level of the test, and of each end of the interval of 90 %. */
export const alpha = 0.05;
/** The chance that an effect of δ is found. */
const wantedPower = 0.8;
/** Three runs an arm are the fewest whose 20 arrangements can show p = 0.05. */
export const fewestRunsPerArm = 3;
const mostRunsPerArm = mostRuns / 2;
/** Simulated campaigns: 80 % is known to 1.3 points. */
const campaigns = 1_000;

/** What the number of runs is reckoned from. */
export type Assumptions = {
  deltaHours: number;
  /** Standard deviation, between runs without load, of the restricted mean, in hours. */
  spreadHours: number;
  /** Standard deviation of the hours that load adds to a run, as part of their mean. */
  effectVariation: number;
  /** The variation that the upper end of the interval guards against. */
  worstVariation: number;
  /** Whether probes go unserved without load too: then they take a part of the level. */
  missedVary: boolean;
};

/**
 * The simulated chance that the judge finds an effect of δ with so many runs in each arm; a figure below `least` once
 * that is out of reach.
 */
export function powerOf(runsPerArm: number, assumptions: Assumptions, seed: number, least = 0): number {
  const { deltaHours, spreadHours, effectVariation, worstVariation, missedVary } = assumptions;
  const random = randomOf(seed);
  const level = missedVary ? alpha * firstShare : alpha;
  let found = 0;
  for (let left = campaigns; left > 0 && found + left >= least * campaigns; left--) {
    const baseline = Array.from({ length: runsPerArm }, () => spreadHours * random.normal());
    const load = baseline.map(
      () => spreadHours * random.normal() + deltaHours * random.positive(effectVariation),
    );
    const arrangements = arrange(baseline, load);
    // « No larger effect » comes before « effect ».
    if (pOf(arrangements) <= level + tie && upperEnd(arrangements, alpha, worstVariation) >= deltaHours)
      found++;
  }
  return found / campaigns;
}

/** The fewest runs an arm that find an effect of δ often enough, and how often they do. */
export function runsPerArmFor(assumptions: Assumptions, seed: number): { runsPerArm: number; power: number } {
  for (let runsPerArm = fewestRunsPerArm; runsPerArm <= mostRunsPerArm; runsPerArm++) {
    const power = powerOf(runsPerArm, assumptions, seed, wantedPower);
    if (power >= wantedPower) return { runsPerArm, power };
  }
  const { deltaHours, spreadHours } = assumptions;
  throw new GuichetError(
    'GUICHET_LOAD_INVALID',
    `${mostRunsPerArm} runs an arm do not find an effect of ${deltaHours} h when runs differ by ${spreadHours.toFixed(2)} h.`,
    'Choose a larger δ, or longer runs with more probes.',
  );
}
