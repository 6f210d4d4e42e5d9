import type { Demand, Stage } from '../../fixtures/stages.ts';
import type { TargetProfile } from '../target/profile.ts';
import type { Requests } from '../target/request.ts';
import { assertWithin, type Cap, capOf, integrate } from './cap.ts';
import { type Consent, readConsent } from './consent.ts';

/** A plan that may run, by the leave of whom, and how much of it. */
export type Leave = { demand: Demand; cap: Cap | undefined; consent: Consent | undefined };

/**
 * The interlock of load, before anything is sent: the plan integrated, the consent read, both caps held. `requests` are
 * those of `openRequests`, which has refused every origin that is neither on loopback nor permitted. `planned`: how many
 * personas there are. Throws `GUICHET_USAGE`, `GUICHET_PROFILE_INVALID`, `GUICHET_CONSENT_REFUSED` and
 * `GUICHET_CAP_EXCEEDED`, all of exit 2.
 */
export async function assertMayLoad(
  profile: TargetProfile,
  requests: Pick<Requests, 'send'>,
  stages: readonly Stage[],
  planned = 0,
): Promise<Leave> {
  const demand = integrate(stages);
  const consent = await readConsent(profile, requests, demand);
  const cap = capOf(profile, consent);
  assertWithin(cap, demand, planned);
  return { demand, cap, consent };
}
