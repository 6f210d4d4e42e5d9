import type { RequirementResult, Results } from './results.ts';
import { isWaived } from './waiver.ts';

/**
 * What a requirement is to a reader of test reports. `recorded` is an INFO entry: observed, never judged. What was promised
 * and is not known is never a silence: `untested` and `cantTell` are told apart from `skipped` by who reads them.
 */
export type Standing =
  | 'passed'
  | 'failed'
  | 'waived'
  | 'cantTell'
  | 'untested'
  | 'inapplicable'
  | 'recorded'
  | 'unrecorded';

export function standingOf(requirement: RequirementResult, gate: Results['campaign']['gate']): Standing {
  const { level, outcome } = requirement;
  if (outcome === 'inapplicable') return 'inapplicable';
  if (level === 'INFO') return outcome === 'untested' ? 'unrecorded' : 'recorded';
  return outcome === 'failed' && isWaived(requirement, gate) ? 'waived' : outcome;
}
