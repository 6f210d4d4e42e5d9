import { z } from 'zod';
import type { Demand } from '../../fixtures/stages.ts';
import { GuichetError } from '../errors.ts';
import { isLoopback } from '../target/origin.ts';
import type { TargetProfile } from '../target/profile.ts';
import type { Requests } from '../target/request.ts';

/** Where an origin says that it agrees to be loaded. */
export const consentPath = '/.well-known/guichet-consent.json';

/** How long the file may take, in ms, and how large it may be, in characters. */
const patienceMs = 5_000;
const mostCharacters = 10_000;

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
/** `load/consent.ts` has the same rules, for bare k6; the test of this file holds the two together. */
const consent = z.looseObject({
  /** The very origin that serves it: a copy elsewhere is no consent. */
  origin: z.string(),
  /** Submissions: at most a minute, and of one campaign. */
  rate: z.number().positive(),
  total: z.number().positive(),
  /** When load may run. */
  window: z.looseObject({ from: instant, to: instant }),
  /** The domain of the addresses that receive the mails. */
  mailDomain: z.string().min(1),
  expires: instant,
});
/** What the owner of a target agrees to. */
export type Consent = z.infer<typeof consent>;

/** What is about to run: where, whose mails, how long from `now` on. */
type Asked = { origin: string; mailDomain: string; seconds: number; now: Date };

/**
 * Reads a consent file, and holds it against what is asked, rate and total left out (`capOf` takes those). Throws
 * `GUICHET_CONSENT_REFUSED`.
 */
export function parseConsent(text: string, { origin, mailDomain, seconds, now }: Asked): Consent {
  const refused = (why: string) =>
    new GuichetError('GUICHET_CONSENT_REFUSED', `${origin}${consentPath}: ${why}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused('it is not JSON');
  }
  const parsed = consent.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refused(`${issue?.path.join('.') || 'its root'}: ${issue?.message}`);
  }
  const given = parsed.data;
  const end = new Date(now.getTime() + seconds * 1000);
  if (given.origin !== origin) throw refused(`it is of ${given.origin}`);
  if (given.mailDomain !== mailDomain)
    throw refused(`its mailDomain is ${given.mailDomain}, the profile’s ${mailDomain}`);
  if (given.window.from > now) throw refused(`its window begins at ${given.window.from.toISOString()}`);
  if (given.window.to < end) throw refused(`its window ends at ${given.window.to.toISOString()}`);
  if (given.expires <= end) throw refused(`it expires at ${given.expires.toISOString()}`);
  return given;
}

/**
 * The consent of a target to be loaded for so many seconds from `now` on, asked of the target itself, redirects not
 * followed; undefined on loopback, which needs none. Throws `GUICHET_CONSENT_REFUSED` for whatever else it answers.
 */
export async function readConsent(
  { baseUrl, mailDomain }: Pick<TargetProfile, 'baseUrl' | 'mailDomain'>,
  { send }: Pick<Requests, 'send'>,
  { seconds }: Pick<Demand, 'seconds'>,
  now = new Date(),
): Promise<Consent | undefined> {
  if (isLoopback(new URL(baseUrl))) return undefined;
  const { origin } = new URL(baseUrl);
  const url = origin + consentPath;
  const refused = (why: string) => new GuichetError('GUICHET_CONSENT_REFUSED', `${url}: ${why}.`);
  let answer: Response;
  let text: string;
  try {
    answer = await send(url, { signal: AbortSignal.timeout(patienceMs) });
    text = await answer.text();
  } catch (error) {
    if (error instanceof GuichetError) throw error;
    throw refused(`it cannot be read (${(error as Error).message})`);
  }
  if (answer.status !== 200) throw refused(`it answers ${answer.status}`);
  if (answer.url && answer.url !== url) throw refused(`it leads to ${answer.url}`);
  if (text.length > mostCharacters) throw refused(`it has ${text.length} characters`);
  return parseConsent(text, { origin, mailDomain, seconds, now });
}
