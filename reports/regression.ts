import type { Change, Regression, Results, Slower } from './results.ts';

/** Slower counts from so many times the former duration, and so many ms more: below, it is the machine's noise. */
const slowerBy = { factor: 1.5, ms: 1000 };

/** Requirements that one campaign did not judge at all are left out where the other did not either. */
export function regressionOf(before: Results, after: Results): Regression {
  const former = new Map(before.requirements.map((entry) => [entry.id, entry]));
  const changes = after.requirements.flatMap(({ id, level, outcome, inScope }): Change[] => {
    const was = former.get(id);
    // Another selection is no regression.
    if (!was?.inScope || !inScope || was.outcome === outcome) return [];
    return [{ id, level, before: was.outcome, after: outcome }];
  });
  const durations = new Map(before.scenarios.map(({ title, durationMs }) => [title, durationMs]));
  const slower = after.scenarios.flatMap(({ title, durationMs }): Slower[] => {
    const was = durations.get(title);
    const isSlower =
      was !== undefined && durationMs > was * slowerBy.factor && durationMs > was + slowerBy.ms;
    return isSlower ? [{ scenario: title, before: was, after: durationMs }] : [];
  });
  return {
    red: changes.filter((change) => change.after === 'failed'),
    green: changes.filter((change) => change.after === 'passed'),
    untested: changes.filter(({ after }) => after === 'untested' || after === 'cantTell'),
    slower,
  };
}
