const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const loopback = new RegExp(`^(?:localhost|\\[::1\\]|127(?:\\.${octet}){3})$`);
/** As in `harness/target/origin.ts`, whose test holds the two together. */
const government = /(?:^|\.)(?:gouv\.fr|asp-public\.fr|service-public\.fr)$/;

/** Government domains, as k6's own `blockHostnames` takes them: a second fence behind this one. */
export const blockedHostnames = ['*.gouv.fr', '*.asp-public.fr', '*.service-public.fr'];

/** Where a run goes; `foreign`: not on loopback, where the target's consent is needed too. */
type Allowed = { origin: string; foreign: boolean };

/**
 * The origin of `url`, path left out. Throws `GUICHET_ORIGIN_REFUSED` for all but http(s) on loopback and the exact
 * origins of `permit` (comma separated, as GUICHET_I_MAY has them); called in the init context, so that k6 ends (exit 107)
 * before it sends anything. k6 has no URL class, hence the pattern.
 */
export function allowedOrigin(url: string, permit = ''): Allowed {
  const [, scheme, host, port = ''] =
    /^(https?):\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?(?:\/[^\\]*)?$/i.exec(url) ?? [];
  const name = host?.toLowerCase().replace(/\.$/, '');
  const isGovernment = name !== undefined && government.test(name);
  if (scheme && name && !isGovernment) {
    const ours = scheme.toLowerCase();
    const origin = `${ours}://${name}${port === (ours === 'https' ? ':443' : ':80') ? '' : port}`;
    if (loopback.test(name)) return { origin, foreign: false };
    const permitted = permit.split(',').map((one) => one.trim().toLowerCase().replace(/\/$/, ''));
    if (permitted.includes(origin)) return { origin, foreign: true };
  }
  const why = isGovernment
    ? 'is a government domain, which is refused whatever else is said.'
    : 'is not http(s) on loopback.';
  throw new Error(
    `GUICHET_ORIGIN_REFUSED: BASE_URL "${url}" ${why} Point it at the extranet of "npx guichet serve", http://127.0.0.1:8120.`,
  );
}
