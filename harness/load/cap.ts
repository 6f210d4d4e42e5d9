import { type Demand, demandOf, type Stage } from '../../fixtures/stages.ts';
import { GuichetError } from '../errors.ts';
import { isLoopback } from '../target/origin.ts';
import type { TargetProfile } from '../target/profile.ts';
import type { Consent } from './consent.ts';

/** How much a target may be given, submissions a minute and in all, and who says so. */
export type Cap = { perMinute: number; total: number; by: string };

/**
 * Integrates the stages of a plan. Throws `GUICHET_USAGE` for a rate or a duration that is negative or no number: what
 * cannot be integrated cannot be held to a cap.
 */
export function integrate(stages: readonly Stage[]): Demand {
  for (const [key, value] of stages.flatMap(Object.entries<number>)) {
    if (!Number.isFinite(value) || value < 0)
      throw new GuichetError('GUICHET_USAGE', `A stage has ${key} ${value}.`, 'Give numbers from 0 on.');
  }
  return demandOf(stages);
}

/**
 * The cap of a target: the lower of the profile's and the consent's; none on loopback where the profile has none. Throws
 * `GUICHET_PROFILE_INVALID` where one is needed and missing.
 */
export function capOf(
  { baseUrl, load, maxSubmissions }: Pick<TargetProfile, 'baseUrl' | 'load' | 'maxSubmissions'>,
  consent: Consent | undefined,
): Cap | undefined {
  if (!load && !isLoopback(new URL(baseUrl))) {
    throw new GuichetError(
      'GUICHET_PROFILE_INVALID',
      `load: missing, and ${new URL(baseUrl).origin} is not on loopback.`,
      'Write "load": {"rate": submissions a minute, "total": of a campaign}.',
    );
  }
  const limits = [
    ...(load ? [{ ...load, by: 'load of the profile' }] : []),
    ...(maxSubmissions === undefined
      ? []
      : [{ rate: Number.POSITIVE_INFINITY, total: maxSubmissions, by: 'maxSubmissions of the profile' }]),
    ...(consent ? [{ ...consent, by: 'the consent file' }] : []),
  ];
  if (limits.length === 0) return undefined;
  return {
    perMinute: Math.min(...limits.map(({ rate }) => rate)),
    total: Math.min(...limits.map(({ total }) => total)),
    by: limits.map(({ by }) => by).join(', '),
  };
}

/**
 * Holds a plan to a cap. `planned`: how many personas there are, where more are planned than the stages bring. Throws
 * `GUICHET_CAP_EXCEEDED` when its rate at any time or its total is above.
 */
export function assertWithin(cap: Cap | undefined, demand: Demand, planned = 0): void {
  if (!cap) return;
  const total = Math.max(demand.total, planned);
  const over = [
    ...(demand.perMinute > cap.perMinute
      ? [`${round(demand.perMinute)} submissions a minute, ${round(cap.perMinute)} allowed`]
      : []),
    ...(total > cap.total ? [`${total} in all, ${cap.total} allowed`] : []),
  ];
  if (over.length > 0)
    throw new GuichetError('GUICHET_CAP_EXCEEDED', `The plan has ${over.join('; ')} (by ${cap.by}).`);
}

function round(rate: number): number {
  return Math.round(rate * 100) / 100;
}
