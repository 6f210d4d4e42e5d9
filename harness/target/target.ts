import { type ErrorCode, GuichetError } from '../errors.ts';
import { isCanary, openCanary } from '../mail/canary.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import { type Clock, openClock } from './clock.ts';
import type { Door } from './door.ts';
import { openMailbox } from './mail.ts';
import type { TargetProfile } from './profile.ts';
import { openRequests, type Requests } from './request.ts';

/** An access to another ASP site that the establishment already holds. */
type ExistingAccess = {
  siret: string;
  courriel: string;
  identifiant: string;
  motDePasse: string;
  site: 'SYLAé' | 'APEA' | 'autre site';
};

/** What the extranet tells the contact person of after the account is there (MAIL-10 to MAIL-12). */
type NotificationKind = 'instruction' | 'invalidation' | 'decision';

/** A target in use: what a profile describes, opened. */
export type Target = Clock & {
  profile: TargetProfile;
  /** Without the mails that we send ourselves to prove the way to it. */
  mailbox: Mailbox;
  /** The code that the security picture shows to the session whose cookies `cookie` carries, where a door tells it. */
  readCode(cookie: string): Promise<string>;
  /** Gives an establishment an access to another ASP site. */
  grantAccess(access: ExistingAccess): Promise<void>;
  /** Makes the target notify the contact person of an event after the habilitation. */
  notify(siret: string, kind: NotificationKind): Promise<void>;
  /** Makes the target forget these SIRETs. */
  forget(sirets: readonly string[]): Promise<void>;
  /**
   * Proves, by mails of our own, that what the target hands over reaches the mailbox, once and in order; false when the
   * profile names no `mail.smtp` and nothing can be proved. Throws `GUICHET_MAIL_PATH`.
   */
  proveMailPath(): Promise<boolean>;
  close(): Promise<void>;
};

type Environment = Record<string, string | undefined>;

/** How long the home page may take to answer, in ms. */
const patienceMs = 15_000;
/** Said by what stands between a target and us when it cannot be reached. */
const gatewayStatuses = [502, 503, 504];

/**
 * Opens a target and proves that it and its mailbox answer. Throws `GUICHET_TARGET_UNREACHABLE` or
 * `GUICHET_MAILBOX_UNREACHABLE`; its doors, `GUICHET_DOOR_REFUSED` too. `environment` holds the secrets that the
 * profile names.
 */
export async function openTarget(profile: TargetProfile, environment: Environment): Promise<Target> {
  await using opening = new AsyncDisposableStack();
  const requests = await openRequests(profile, environment);
  opening.defer(() => requests.close());

  async function ask<T>(door: Door, body?: unknown, cookie?: string): Promise<T> {
    const token = environment[door.tokenEnv];
    if (!token) {
      throw new GuichetError(
        'GUICHET_PROFILE_INVALID',
        `The environment variable ${door.tokenEnv}, named by the profile "${profile.name}", is empty.`,
        'Set it to the token that the target was started with.',
      );
    }
    const headers: Record<string, string> = { [door.tokenHeader]: token };
    if (cookie) headers.cookie = cookie;
    if (body) headers['content-type'] = 'application/json';
    const init = {
      method: body ? 'POST' : 'GET',
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    };
    const answer = await reach(requests, door.url, init, 'GUICHET_DOOR_REFUSED');
    return (await answer.json()) as T;
  }

  function declared(key: 'existingAccess' | 'notification' | 'reset'): Door {
    const given = profile[key];
    if (given) return given;
    throw new GuichetError(
      'GUICHET_PROFILE_INVALID',
      `The profile "${profile.name}" has no ${key}.`,
      'Add it, or declare the requirements that need it inapplicable.',
    );
  }

  await reach(
    requests,
    profile.baseUrl,
    { signal: AbortSignal.timeout(patienceMs) },
    'GUICHET_TARGET_UNREACHABLE',
  );
  const mailbox = await openMailbox(profile.mail, environment);
  opening.defer(() => mailbox.close());
  const { mailDomain } = profile;
  const { smtp } = profile.mail;
  const canary = smtp ? openCanary({ smtp, mailDomain, mailbox }) : undefined;
  opening.defer(() => canary?.close());
  const opened = opening.move();

  return {
    profile,
    mailbox: { ...mailbox, all: async () => (await mailbox.all()).filter((mail) => !isCanary(mail)) },
    ...openClock(profile.clock, ask),
    readCode: async (cookie) => {
      const { captcha } = profile;
      if (captcha.kind === 'fixed') return captcha.answer;
      if (captcha.kind === 'oracle') return (await ask<{ code: string }>(captcha, undefined, cookie)).code;
      throw new GuichetError(
        'GUICHET_HARNESS',
        `Nobody but a person can read a code of kind ${captcha.kind}.`,
      );
    },
    grantAccess: async (access) => {
      await ask(declared('existingAccess'), access);
    },
    notify: async (siret, kind) => {
      await ask(declared('notification'), { siret, kind });
    },
    forget: async (sirets) => {
      await ask(declared('reset'), { sirets });
    },
    proveMailPath: async () => {
      await canary?.fly();
      return canary !== undefined;
    },
    close: () => opened.disposeAsync(),
  };
}

/** `refused`: the code when the target itself says no, not what stands before it. */
async function reach(
  { send }: Requests,
  url: string,
  init: Parameters<Requests['send']>[1] & object,
  refused: ErrorCode,
): Promise<Response> {
  const method = init.method ?? 'GET';
  let answer: Response;
  try {
    answer = await send(url, init);
  } catch (error) {
    if (error instanceof GuichetError) throw error;
    const cause = (error as Error).cause as { code?: string } | undefined;
    throw new GuichetError(
      'GUICHET_TARGET_UNREACHABLE',
      `${method} ${url} failed (${cause?.code ?? (error as Error).message}).`,
    );
  }
  if (!answer.ok) {
    const said = (await answer.text()).trim();
    const code = gatewayStatuses.includes(answer.status) ? 'GUICHET_TARGET_UNREACHABLE' : refused;
    // A page that says so says no more than its status; a door says why in a line.
    const why = /^[{"]/.test(said) && said.length < 200 ? ` ${said}` : '';
    throw new GuichetError(code, `${method} ${url} answered ${answer.status}${why}.`);
  }
  return answer;
}
