import { GuichetError } from '../errors.ts';

/** The environment variable through which `guichet` hands the permit to Playwright; bare runs set it themselves. */
export const permitVariable = 'GUICHET_I_MAY';

/** Exact origins, besides those on loopback, that somebody has taken it upon himself to let Guichet contact. */
export type Permit = ReadonlySet<string>;

/** What is reached without a proxy, as Node, Chromium and Playwright all spell it. */
export const direct: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** Where the procedure is in production, with real employers behind it; `load/guard.ts` has the same list. */
const government = /(?:^|\.)(?:gouv\.fr|asp-public\.fr|service-public\.fr)$/;

/**
 * Reads a permit: exact origins, comma separated; nothing permits nothing. Throws `GUICHET_USAGE` for anything but an
 * origin (a path, a wildcard, a bare host), and `GUICHET_ORIGIN_REFUSED` for a government domain.
 */
export function parsePermit(text: string | undefined): Permit {
  const given = (text ?? '').split(',').map((part) => part.trim());
  return new Set(given.filter(Boolean).map(exactOrigin));
}

function exactOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:\/\/[^*]+$/i.test(text) || url.origin !== text.toLowerCase().replace(/\/$/, '')) {
    throw new GuichetError(
      'GUICHET_USAGE',
      `The permit names "${text}".`,
      'Give exact origins, comma separated, such as https://integration.example.',
    );
  }
  refuseGovernment(url);
  return url.origin;
}

/** Whether it is http(s), smtp or imap on this machine, by name: nothing is looked up. */
export function isLoopback({ protocol, hostname }: URL): boolean {
  return /^(https?|smtp|imap):$/.test(protocol) && loopback.test(hostname);
}

/** Whether requests may go there: loopback, or an origin of the permit; never a government domain. */
export function mayContact(url: URL, permit: Permit): boolean {
  return isLoopback(url) || (permit.has(url.origin) && !isGovernment(url));
}

/** Throws `GUICHET_ORIGIN_REFUSED` unless requests may go there; `what` says what the address is. */
export function assertMayContact(url: URL, permit: Permit, what: string = url.href): void {
  if (mayContact(url, permit)) return;
  refuseGovernment(url);
  const found = `${what} is neither on loopback nor permitted.`;
  if (!/^https?:$/.test(url.protocol)) throw new GuichetError('GUICHET_ORIGIN_REFUSED', found);
  throw new GuichetError(
    'GUICHET_ORIGIN_REFUSED',
    found,
    `If its owner agrees, repeat its exact origin: --i-may ${url.origin} (bare Playwright: ${permitVariable}=${url.origin}).`,
  );
}

function refuseGovernment(url: URL): void {
  if (!isGovernment(url)) return;
  throw new GuichetError(
    'GUICHET_ORIGIN_REFUSED',
    `${url.origin} is a government domain, which is refused whatever else is said.`,
    'Point the target profile at an integration environment under another domain.',
  );
}

function isGovernment({ hostname }: URL): boolean {
  return government.test(hostname.replace(/\.+$/, ''));
}
