import { createHash } from 'node:crypto';
import { sampleStandardDeviation } from 'simple-statistics';
import { z } from 'zod';
import type { LoadProtocol } from '../../reports/load.ts';
import { GuichetError } from '../errors.ts';
import { alpha, fewestRunsPerArm, powerOf, runsPerArmFor } from './load-power.ts';
import { type Arm, figuresOf, type Run } from './load-runs.ts';
import { mostRuns } from './permutation.ts';
import { randomOf, shuffled } from './random.ts';

const positive = z.number().positive();
const asked = z.strictObject({
  /** The least shift of the restricted mean that matters, in hours. */
  deltaHours: positive.default(2),
  /** The least shift that matters of the part of probes without their three mails within τ. */
  deltaMissed: z.number().gt(0).lt(1).default(0.02),
  tauHours: positive.default(48),
  probesPerRun: z.int().positive(),
  /** Runs an arm, when they are not to be reckoned from the spread. */
  runsPerArm: z
    .int()
    .min(fewestRunsPerArm)
    .max(mostRuns / 2)
    .optional(),
  /** Standard deviation of the restricted mean between runs without load, in hours (see `spreadOf`). */
  spreadHours: z.number().nonnegative(),
  missedVary: z.boolean().default(false),
  /** Of what load adds to a run; 1 is an exponential. Queues near saturation show 1.0 to 1.4 (`npm run bench:judge`). */
  effectVariation: z.number().nonnegative().max(3).default(1.4),
  worstVariation: z.number().nonnegative().max(3).default(1.6),
  /** Hours by which the clock of the target moves at a time, so that no mail is seen to come any finer; 0: continuously. */
  resolutionHours: z.number().nonnegative().default(0),
  seed: z.int().min(0).max(0xffff_ffff),
  /** What is run, in a word or a digest: it is hashed with the rest. */
  workload: z.string().min(1),
});

/** What is asked of a campaign; the number of runs follows from it. */
export type Asked = z.input<typeof asked>;

/**
 * Fixes what is judged and how, before the first run. The number of runs is the least that finds an effect of δ in
 * four campaigns of five, by simulation; so many probes are needed that none of them unserved shows less than δ.
 */
export function fixProtocol(question: Asked): LoadProtocol {
  const parsed = asked.safeParse(question);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unusable(`${issue?.path.join('.')}: ${issue?.message}.`);
  }
  const { runsPerArm: wanted, ...rest } = parsed.data;
  if (rest.deltaHours >= rest.tauHours)
    throw unusable(`δ is ${rest.deltaHours} h, and only ${rest.tauHours} h are watched.`);
  const { runsPerArm, power } =
    wanted === undefined
      ? runsPerArmFor(rest, rest.seed)
      : { runsPerArm: wanted, power: powerOf(wanted, rest, rest.seed) };
  const fewest = Math.floor(Math.log(alpha) / Math.log(1 - rest.deltaMissed) / runsPerArm) + 1;
  if (rest.probesPerRun < fewest)
    throw unusable(
      `${rest.probesPerRun} probes a run are too few: ${fewest} at least for ${runsPerArm} runs.`,
    );
  return { ...rest, runsPerArm, power };
}

/** The digest of a protocol: sha256 of its JSON with sorted keys. */
export function protocolHash(protocol: LoadProtocol): string {
  const sorted = Object.fromEntries(Object.entries(protocol).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/** The arms in the order in which they are run, drawn by the seed: what drifts meanwhile then favours none. */
export function runOrder({ runsPerArm, seed }: Pick<LoadProtocol, 'runsPerArm' | 'seed'>): Arm[] {
  const arms = (['baseline', 'load'] as const).flatMap((arm) => new Array<Arm>(runsPerArm).fill(arm));
  return shuffled(arms, randomOf(seed));
}

/** What pilot runs without load tell about the spread; they are not judged afterwards. */
export function spreadOf(
  pilot: readonly Run[],
  tauHours: number,
): { spreadHours: number; missedVary: boolean } {
  if (pilot.length < 2) throw unusable(`${pilot.length} pilot runs do not show a spread.`);
  const figures = pilot.map((run) => figuresOf(run, tauHours));
  return {
    spreadHours: sampleStandardDeviation(figures.map(({ hours }) => hours)),
    missedVary: new Set(figures.map(({ missed }) => missed)).size > 1,
  };
}

function unusable(what: string): GuichetError {
  return new GuichetError('GUICHET_USAGE', `The load protocol is unusable. ${what}`, 'Correct that figure.');
}
