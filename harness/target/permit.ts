import { GuichetError } from '../errors.ts';
import { mailUrls } from './mail.ts';
import { assertMayContact, isLoopback, type Permit } from './origin.ts';
import type { TargetProfile } from './profile.ts';

/** Keys whose values are words for people, and the proxy, which is the operator's own and no target. */
const silent: readonly string[] = ['$schema', 'access', 'inapplicable', 'locators', 'texts'];

/**
 * Every address in a profile, by its key. Found by what values look like: a key added later is guarded without being
 * told. Throws nothing.
 */
export function addressesOf(value: unknown, key = ''): [key: string, url: URL][] {
  if (typeof value === 'string') {
    return /^[a-z][a-z0-9+.-]*:\/\//i.test(value) && URL.canParse(value) ? [[key, new URL(value)]] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([name]) => key !== '' || !silent.includes(name))
    .flatMap(([name, each]) => addressesOf(each, key === '' ? name : `${key}.${name}`));
}

/**
 * The interlock: throws `GUICHET_ORIGIN_REFUSED` unless each address of the profile is on loopback or in the permit, and
 * `GUICHET_PROFILE_INVALID` when a target elsewhere is to be sent invented SIRETs, which may be somebody's, or demandes
 * without a limit.
 */
export function assertPermitted(profile: TargetProfile, permit: Permit): void {
  for (const url of mailUrls(profile.mail)) assertMayContact(new URL(url), permit, `mail: ${url}`);
  for (const [key, url] of addressesOf(profile)) assertMayContact(url, permit, `${key}: ${url.href}`);
  const { origin } = new URL(profile.baseUrl);
  if (isLoopback(new URL(profile.baseUrl))) return;
  if (profile.sirets.kind === 'generated') {
    throw new GuichetError(
      'GUICHET_PROFILE_INVALID',
      `sirets.kind: "generated" on ${origin}, where an invented SIRET may be a real establishment's.`,
      'Name the SIRETs that its owner gave you: {"kind": "list", "available": […]}, or a range of them.',
    );
  }
  if (profile.maxSubmissions === undefined) {
    throw new GuichetError(
      'GUICHET_PROFILE_INVALID',
      `maxSubmissions: missing, and ${origin} is not on loopback.`,
      'Say how many demandes one campaign may send there at most.',
    );
  }
}
