import { setGlobalProxyFromEnv } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Access, accessOf, headersTo } from './access.ts';
import { type Gate, openGate } from './gate.ts';
import { assertMayContact, direct, isLoopback, type Permit, parsePermit, permitVariable } from './origin.ts';
import { assertPermitted } from './permit.ts';
import type { TargetProfile } from './profile.ts';

/** As `fetch`, for one target. */
type Send = (url: string, init?: Asked) => Promise<Response>;
type Asked = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

/** What this process itself requests of a target. */
export type Requests = { send: Send; close(): Promise<void> };

const mostRedirects = 5;

/**
 * Opens the way for this process's own requests: `send` carries what `access` of the profile asks for, to the target
 * alone, and goes nowhere else than the permit says. A GET's redirects are followed one by one, another method's not at
 * all. A proxy or an authority of the profile holds for the whole process until `close`: one such target at a time.
 * Throws what the interlock and `accessOf` throw, and, of `send`, `GUICHET_ORIGIN_REFUSED` for a redirect elsewhere.
 */
export async function openRequests(
  profile: TargetProfile,
  environment: Record<string, string | undefined>,
): Promise<Requests> {
  const permit = parsePermit(environment[permitVariable]);
  assertPermitted(profile, permit);
  const access = accessOf(profile, environment);
  const gate = access.proxy && (await openGate({ permit, proxy: access.proxy, answers: true }));
  const leave = lead(gate, access);
  return {
    send: sendBy(access, permit, gate),
    close: async () => {
      leave();
      await gate?.close();
    },
  };
}

function sendBy(access: Access, permit: Permit, gate: Gate | undefined): Send {
  return async (given, init = {}) => {
    const first = new URL(given);
    for (let at = first, hops = 0; ; hops++) {
      assertMayContact(at, permit, hops > 0 ? `${given} redirects to ${at.href}, which` : at.href);
      // A door's token stays with the origin that it is for.
      const own = at.origin === first.origin ? init.headers : {};
      const headers = { ...headersTo(at, access), ...own };
      const answer = await fetch(at, { ...init, headers, redirect: 'manual' }).catch((error: Error) => {
        throw isLoopback(at) || !gate?.trouble() ? error : new Error(gate.trouble());
      });
      const location = answer.headers.get('location');
      const follows = answer.status >= 300 && answer.status < 400 && (init.method ?? 'GET') === 'GET';
      if (!location || !follows || hops === mostRedirects) return answer;
      await answer.body?.cancel();
      at = new URL(location, at);
    }
  };
}

/** Leads the process through the gate to the proxy and makes it trust the authority; answers how to undo both. */
function lead(gate: Gate | undefined, { ca }: Access): () => void {
  const restore =
    gate &&
    setGlobalProxyFromEnv({ HTTP_PROXY: gate.url, HTTPS_PROXY: gate.url, NO_PROXY: direct.join(',') });
  const before = ca ? getCACertificates('default') : [];
  if (ca) setDefaultCACertificates([...before, ca]);
  return () => {
    restore?.();
    if (ca) setDefaultCACertificates(before);
  };
}
