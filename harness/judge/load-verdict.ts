import { mean } from 'simple-statistics';
import type { LoadEstimate, LoadJudgement, LoadProtocol } from '../../reports/load.ts';
import { exitCode } from '../errors.ts';
import { alpha } from './load-power.ts';
import { protocolHash } from './load-protocol.ts';
import { type Arm, figuresOf, type Run, type RunFigures } from './load-runs.ts';
import { invalidities, type RunFacts } from './load-validity.ts';
import { jointP, tie } from './permutation.ts';
import { estimateShift, type Shift } from './shift.ts';

/**
 * Judges a campaign, in this order: invalid; both upper bounds below δ: no effect larger than δ; exact p of both
 * figures at most 0.05: an effect; else inconclusive. `runs` and `facts` tell of the same runs in the same order.
 */
export function judgeLoad(
  protocol: LoadProtocol,
  runs: readonly Run[],
  facts: readonly RunFacts[],
): LoadJudgement {
  const hash = protocolHash(protocol);
  const reasons = [...invalidities(facts, protocol), ...mismatches(protocol, runs, facts)];
  if (reasons.length > 0)
    return { verdict: 'invalid', exitCode: exitCode.inconclusive, protocol, hash, reasons };

  const of = (arm: Arm) =>
    runs.filter((run) => run.arm === arm).map((run) => figuresOf(run, protocol.tauHours));
  const baseline = of('baseline');
  const load = of('load');
  const shiftOf = (figure: keyof RunFigures) =>
    estimateShift(
      baseline.map((figures) => figures[figure]),
      load.map((figures) => figures[figure]),
      alpha,
      protocol.worstVariation,
    );
  const hours = shiftOf('hours');
  const missed = shiftOf('missed');
  // Each mean is rounded up by less than that, in one arm perhaps, and not in the other.
  hours.lower -= protocol.resolutionHours;
  hours.upper += protocol.resolutionHours;
  // Probes of which none went unserved still leave room for as many as would hide (the rule of three).
  const hidden = 1 - alpha ** (1 / (load.length * protocol.probesPerRun));
  missed.upper = Math.max(missed.upper, hidden);
  const p = jointP(hours.arrangements, missed.arrangements);
  const findings = {
    hours: estimate(hours, baseline, load, 'hours'),
    missed: estimate(missed, baseline, load, 'missed'),
    p,
    arrangements: hours.arrangements.differences.length,
  };
  const small = hours.upper < protocol.deltaHours - tie && missed.upper < protocol.deltaMissed - tie;
  const judged = { protocol, hash, reasons, findings };
  if (small) return { verdict: 'no-larger-effect', exitCode: exitCode.conform, ...judged };
  if (p <= alpha + tie) return { verdict: 'effect', exitCode: exitCode.notConform, ...judged };
  return { verdict: 'inconclusive', exitCode: exitCode.inconclusive, ...judged };
}

/** Where the runs are not those of the protocol, in French. */
function mismatches(
  { probesPerRun }: LoadProtocol,
  runs: readonly Run[],
  facts: readonly RunFacts[],
): string[] {
  if (runs.length !== facts.length || runs.some(({ arm }, index) => facts[index]?.arm !== arm))
    return ['Les passages jugés ne sont pas ceux qui ont été menés.'];
  return runs.flatMap(({ probes }, index) =>
    probes.length === probesPerRun
      ? []
      : [`Passage ${index + 1} : ${probes.length} sondes suivies pour ${probesPerRun} prévues.`],
  );
}

function estimate(
  { difference, lower, upper, p }: Shift,
  baseline: readonly RunFigures[],
  load: readonly RunFigures[],
  figure: keyof RunFigures,
): LoadEstimate {
  const meanOf = (arm: readonly RunFigures[]) => mean(arm.map((figures) => figures[figure]));
  return { baseline: meanOf(baseline), load: meanOf(load), difference, lower, upper, p };
}
