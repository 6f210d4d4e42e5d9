import { accessOf, headersTo } from './access.ts';
import { assertMayContact, parsePermit, permitVariable } from './origin.ts';
import { assertPermitted } from './permit.ts';
import type { TargetProfile } from './profile.ts';

const mostRedirects = 5;

/** As `fetch`, for one target. */
export type Send = (
  url: string,
  init?: RequestInit & { headers?: Record<string, string> },
) => Promise<Response>;

/**
 * A `fetch` that carries what `access` of the profile asks for, to the target alone, and goes nowhere else than the
 * permit says: a GET's redirects are followed one by one, another method's not at all. Throws what the interlock and
 * `accessOf` throw, at once, and `GUICHET_ORIGIN_REFUSED` when a redirect leads elsewhere.
 */
export function sendTo(profile: TargetProfile, environment: Record<string, string | undefined>): Send {
  const permit = parsePermit(environment[permitVariable]);
  assertPermitted(profile, permit);
  const access = accessOf(profile, environment);
  return async (given, init = {}) => {
    const first = new URL(given);
    for (let at = first, hops = 0; ; hops++) {
      assertMayContact(at, permit, hops > 0 ? `${given} redirects to ${at.href}, which` : at.href);
      // A door's token stays with the origin that it is for.
      const own = at.origin === first.origin ? init.headers : {};
      const answer = await fetch(at, {
        ...init,
        headers: { ...headersTo(at, access), ...own },
        redirect: 'manual',
      });
      const location = answer.headers.get('location');
      const follows = answer.status >= 300 && answer.status < 400 && (init.method ?? 'GET') === 'GET';
      if (!location || !follows || hops === mostRedirects) return answer;
      await answer.body?.cancel();
      at = new URL(location, at);
    }
  };
}
