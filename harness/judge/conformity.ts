import type { Check, Counts, Outcome, RequirementResult, Results } from '../../reports/results.ts';
import { isWaived, sayWaiver } from '../../reports/waiver.ts';
import { catalogue, type Requirement } from '../../requirements/catalogue.ts';
import type { TargetProfile } from '../target/profile.ts';
import type { Waiver } from './waivers.ts';

type Verdict = Results['verdict'];
type Standing = NonNullable<RequirementResult['waiver']>;

/** What the judge needs to know besides the checks. */
export type Terms = {
  /** The requirements that this campaign judges. */
  scope: ReadonlySet<string>;
  inapplicable: TargetProfile['inapplicable'];
  /** A failed SHOULD makes the target non-conform too. */
  strict: boolean;
  /** Exceptions for this target, the day they are judged on (YYYY-MM-DD), and whether expired and stale ones fail. */
  waivers?: readonly Waiver[];
  today?: string;
  gate?: 'release' | undefined;
  /** Why the run itself cannot be trusted (French): an unreachable target, an interruption, an aborted scenario. */
  faults: readonly string[];
};

/** One result per requirement of the catalogue, in its order. */
export function resultsOf(
  checks: ReadonlyMap<string, Check[]>,
  { scope, inapplicable, waivers = [], today = '' }: Terms,
): RequirementResult[] {
  return catalogue.map((requirement) => {
    const own = checks.get(requirement.id) ?? [];
    const reason = inapplicable[requirement.id];
    const inScope = scope.has(requirement.id);
    const outcome = reason === undefined ? worst(own) : 'inapplicable';
    const waiver = waivers.find((each) => each.requirement === requirement.id);
    return {
      ...textOf(requirement),
      inScope,
      outcome,
      ...(reason === undefined ? {} : { reason }),
      ...(waiver ? { waiver: standingOf(waiver, outcome, today) } : {}),
      checks: own,
    };
  });
}

function standingOf({ reason, owner, expires }: Waiver, outcome: Outcome, today: string): Standing {
  const standing = outcome === 'passed' ? 'stale' : expires < today ? 'expired' : 'valid';
  return { reason, owner, expires, standing };
}

function textOf(requirement: Requirement) {
  const { id, source, level, surface, check, note } = requirement;
  const origin = source === 'seed' ? { quote: requirement.quote } : { reference: requirement.reference };
  return { id, source, level, surface, ...origin, check, ...(note === undefined ? {} : { note }) };
}

function worst(checks: readonly Check[]): Outcome {
  for (const outcome of ['failed', 'cantTell', 'passed'] as const) {
    if (checks.some((check) => check.outcome === outcome)) return outcome;
  }
  return 'untested';
}

/** The verdict, in the order of DESIGN: a failed MUST, then whatever prevents a conclusion, then conform. */
export function verdictOf(
  requirements: readonly RequirementResult[],
  { strict, faults, gate, today = '' }: Terms,
): Verdict {
  const judged = requirements.filter(({ inScope }) => inScope);
  const counts = {
    MUST: countsOf(judged, 'MUST'),
    SHOULD: countsOf(judged, 'SHOULD'),
    INFO: countsOf(judged, 'INFO'),
  };
  const failing = (level: string) =>
    judged.filter((entry) => entry.level === level && entry.outcome === 'failed' && !isWaived(entry, gate));
  const failed = [...failing('MUST'), ...(strict ? failing('SHOULD') : [])];
  const overdue =
    gate === 'release' ? judged.filter(({ waiver }) => waiver && waiver.standing !== 'valid') : [];
  const missing = judged.filter(
    ({ level, outcome }) => (level === 'MUST' || (strict && level === 'SHOULD')) && isMissing(outcome),
  );
  const reasons = [
    ...failed.map(({ id, level }) => `${id} (${level}) n’est pas respectée`),
    ...overdue.map((entry) => sayWaiver(entry, today)),
    ...faults,
    ...(missing.length > 0 ? [`exigences sans résultat : ${missing.map(({ id }) => id).join(', ')}`] : []),
    ...(judged.some(({ outcome }) => outcome === 'passed' || outcome === 'failed')
      ? []
      : ['aucune exigence du périmètre n’a été jugée']),
  ];
  // A waived failure stays visible whatever the verdict.
  const waived = judged
    .filter((entry) => entry.waiver && !overdue.includes(entry))
    .map((entry) => `avertissement : ${sayWaiver(entry, today)}`);
  if (failed.length + overdue.length > 0)
    return { outcome: 'not-conform', exitCode: 1, reasons: [...reasons, ...waived], counts };
  if (reasons.length > 0)
    return { outcome: 'inconclusive', exitCode: 3, reasons: [...reasons, ...waived], counts };
  return { outcome: 'conform', exitCode: 0, reasons: [...warnings(failing('SHOULD')), ...waived], counts };
}

function isMissing(outcome: Outcome): boolean {
  return outcome === 'untested' || outcome === 'cantTell';
}

function warnings(shoulds: readonly RequirementResult[]): string[] {
  return shoulds.map(({ id }) => `avertissement : ${id} (SHOULD) n’est pas respectée`);
}

function countsOf(requirements: readonly RequirementResult[], level: string): Counts {
  const counts: Counts = { passed: 0, failed: 0, cantTell: 0, inapplicable: 0, untested: 0 };
  for (const entry of requirements) if (entry.level === level) counts[entry.outcome]++;
  return counts;
}
