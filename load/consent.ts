/** Where an origin says that it agrees to be loaded, and how much. `harness/load/consent.ts` has the same rules. */
export const consentPath = '/.well-known/guichet-consent.json';

/** What a run asks for. */
export type Asked = {
  origin: string;
  mailDomain: string;
  /** Submissions: at most a minute, and in all. */
  perMinute: number;
  total: number;
  /** How long it takes. */
  seconds: number;
};

/** Why a consent file does not cover what is asked at `now` (ms); undefined when it does. */
export function consentProblem(text: string, asked: Asked, now: number): string | undefined {
  let consent: Record<string, unknown>;
  try {
    consent = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (typeof consent !== 'object' || consent === null) return 'it is not an object';
  const window = (consent.window ?? {}) as Record<string, unknown>;
  const instant = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : Number.NaN);
  const [from, to, expires] = [window.from, window.to, consent.expires].map(instant) as [
    number,
    number,
    number,
  ];
  const end = now + asked.seconds * 1000;
  if (consent.origin !== asked.origin) return `it is of ${String(consent.origin)}, not of ${asked.origin}`;
  if (consent.mailDomain !== asked.mailDomain)
    return `its mailDomain is ${String(consent.mailDomain)}, ours ${asked.mailDomain}`;
  for (const [name, given] of [
    ['rate', consent.rate],
    ['total', consent.total],
  ]) {
    if (!(typeof given === 'number' && given > 0 && Number.isFinite(given)))
      return `its ${name} is ${String(given)}`;
  }
  if (!(from <= now)) return `its window begins at ${String(window.from)}`;
  if (!(end <= to)) return `its window ends at ${String(window.to)}`;
  if (!(end < expires)) return `it expires at ${String(consent.expires)}`;
  if (asked.perMinute > (consent.rate as number))
    return `${asked.perMinute} a minute are asked, ${consent.rate} allowed`;
  if (asked.total > (consent.total as number))
    return `${asked.total} in all are asked, ${consent.total} allowed`;
  return undefined;
}
