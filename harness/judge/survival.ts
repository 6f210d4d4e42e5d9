import { GuichetError } from '../errors.ts';

/** The normal quantile of a two-sided 95 %. */
const z = 1.959963984540054;

/** How long something was awaited, and whether it came then (else it was only watched until then: censored). */
export type Wait = { hours: number; came: boolean };

/** What is still awaited from `hours` on, until the next step: Kaplan and Meier's estimate with a pointwise band of 95 %. */
export type SurvivalStep = {
  hours: number;
  atRisk: number;
  came: number;
  awaited: number;
  /** Greenwood's, of `awaited`. */
  standardError: number;
  lower: number;
  upper: number;
};

/**
 * Kaplan and Meier's curve of what is still awaited, one step per instant at which something came. The band is
 * pointwise, on the log-log scale, so that it stays within 0 and 1 (R: `survfit(conf.type = "log-log")`). It takes
 * the waits for independent: waits that share a run are not, so it describes and never decides.
 */
export function survivalOf(waits: readonly Wait[]): SurvivalStep[] {
  if (!waits.every(({ hours }) => Number.isFinite(hours) && hours >= 0))
    throw new GuichetError('GUICHET_HARNESS', 'A wait is not a number of hours.');
  const sorted = waits.toSorted((a, b) => a.hours - b.hours);
  const came = new Map<number, number>();
  /** Who was watched through each instant: who is censored then, too. */
  const atRiskFrom = new Map<number, number>();
  for (const [at, wait] of sorted.entries()) {
    if (!atRiskFrom.has(wait.hours)) atRiskFrom.set(wait.hours, sorted.length - at);
    if (wait.came) came.set(wait.hours, (came.get(wait.hours) ?? 0) + 1);
  }
  let awaited = 1;
  let greenwood = 0;
  return [...came].map(([instant, came]) => {
    const atRisk = atRiskFrom.get(instant) ?? 0;
    awaited *= 1 - came / atRisk;
    greenwood += came / (atRisk * (atRisk - came));
    const step = { hours: instant, atRisk, came, awaited };
    if (awaited === 0) return { ...step, standardError: 0, lower: 0, upper: 0 };
    const spread = (z * Math.sqrt(greenwood)) / Math.log(awaited);
    return {
      ...step,
      standardError: awaited * Math.sqrt(greenwood),
      lower: awaited ** Math.exp(-spread),
      upper: awaited ** Math.exp(spread),
    };
  });
}

/**
 * The mean wait counted up to `tauHours`: the area under the curve until then, with its standard error (R:
 * `print(survfit(…), rmean = tau)`, the same as survRM2's). When all were watched until `tauHours` it is the plain mean.
 */
export function restrictedMean(
  steps: readonly SurvivalStep[],
  tauHours: number,
): { hours: number; standardError: number } {
  const within = steps.filter(({ hours }) => hours < tauHours);
  const edges = [0, ...within.map(({ hours }) => hours), tauHours];
  const areas = [1, ...within.map(({ awaited }) => awaited)].map(
    (height, index) => height * ((edges[index + 1] ?? 0) - (edges[index] ?? 0)),
  );
  let rest = areas.reduce((sum, area) => sum + area, 0);
  const hours = rest;
  let variance = 0;
  within.forEach(({ atRisk, came }, index) => {
    rest -= areas[index] ?? 0;
    // The last step to zero leaves no area to be unsure of.
    if (atRisk > came) variance += (rest ** 2 * came) / (atRisk * (atRisk - came));
  });
  return { hours, standardError: Math.sqrt(variance) };
}
