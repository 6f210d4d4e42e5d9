import type { Arm } from './load-runs.ts';

/** What is known of one run beside its mails. */
export type RunFacts = {
  arm: Arm;
  /** Submissions that were to be started, and that were. */
  arrivals: { planned: number; achieved: number };
  /** Planned submissions for which the generator had no journey free. */
  dropped: number;
  /** The highest rate of the plan, and the one that the generator reached against a no-op endpoint, per second. */
  generator: { planned: number; calibrated: number };
  /** Whether the catcher answered from the first mail to the last. */
  catcherKept: boolean;
  /** Whether the canary at the start and the one at the end came back. */
  canariesKept: boolean;
  /** Whether every probe was followed to τ. */
  finished: boolean;
};

/** Part of the planned arrivals that may be wanting or too many. */
const arrivalsOff = 0.05;
/** Part of its calibrated rate that a generator may be asked for: above, its own delays colour what is measured. */
const generatorShare = 0.5;

/** Why a campaign shows nothing, one French sentence a reason; none when it is valid. */
export function invalidities(runs: readonly RunFacts[], { runsPerArm }: { runsPerArm: number }): string[] {
  const arms = (['baseline', 'load'] as const).flatMap((arm) => {
    const done = runs.filter((run) => run.arm === arm && run.finished).length;
    if (done === runsPerArm) return [];
    return [`Bras ${armNames[arm]} : ${done} passages menés à terme sur ${runsPerArm} prévus.`];
  });
  const reasons = runs.flatMap((run, index) =>
    reasonsOf(run).map((reason) => `Passage ${index + 1} (${armNames[run.arm]}) : ${reason}.`),
  );
  return [...arms, ...reasons];
}

const armNames: Readonly<Record<Arm, string>> = { baseline: 'sans charge', load: 'sous charge' };

function reasonsOf(run: RunFacts): string[] {
  const { arrivals, dropped, generator, catcherKept, canariesKept, finished } = run;
  const off = Math.abs(arrivals.achieved - arrivals.planned) / arrivals.planned;
  const share = generator.planned / generator.calibrated;
  // Written so that a figure that is not a number is a reason too.
  return [
    ...(off <= arrivalsOff
      ? []
      : [
          `${arrivals.achieved} demandes lancées pour ${arrivals.planned} prévues, plus de ${percent(arrivalsOff)} d’écart`,
        ]),
    ...(dropped === 0 ? [] : [`le générateur a abandonné des demandes (${dropped})`]),
    ...(share <= generatorShare
      ? []
      : [
          `générateur saturé, ${rate(generator.planned)} prévues pour ${rate(generator.calibrated)} étalonnées (${percent(generatorShare)} au plus)`,
        ]),
    ...(catcherKept ? [] : ['la boîte de réception a cessé de répondre']),
    ...(canariesKept ? [] : ['un courriel témoin n’est pas revenu']),
    ...(finished ? [] : ['le passage n’est pas allé à son terme']),
  ];
}

function percent(part: number): string {
  return `${Math.round(100 * part)} %`;
}

function rate(perSecond: number): string {
  return `${perSecond.toFixed(1).replace('.', ',')}/s`;
}
