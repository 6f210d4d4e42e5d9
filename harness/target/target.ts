import { GuichetError } from '../errors.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import { openMailhog } from '../mail/mailhog.ts';
import { type Clock, openClock } from './clock.ts';
import type { Door } from './door.ts';
import type { TargetProfile } from './profile.ts';

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
  mailbox: Mailbox;
  /** The code that the security picture shows to the session whose cookies `cookie` carries, where a door tells it. */
  readCode(cookie: string): Promise<string>;
  /** Gives an establishment an access to another ASP site. */
  grantAccess(access: ExistingAccess): Promise<void>;
  /** Makes the target notify the contact person of an event after the habilitation. */
  notify(siret: string, kind: NotificationKind): Promise<void>;
  /** Makes the target forget these SIRETs. */
  forget(sirets: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

type Environment = Record<string, string | undefined>;

/**
 * Opens a target and proves that it and its mailbox answer. Throws `GUICHET_TARGET_UNREACHABLE` or
 * `GUICHET_MAILBOX_UNREACHABLE`. `environment` holds the secrets that the profile names.
 */
export async function openTarget(profile: TargetProfile, environment: Environment): Promise<Target> {
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
    const answer = await reach(door.url, {
      method: body ? 'POST' : 'GET',
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
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

  await reach(profile.baseUrl, {});
  const mailbox = await openMailhog(profile.mail.url);

  return {
    profile,
    mailbox,
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
    close: () => mailbox.close(),
  };
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  const method = init.method ?? 'GET';
  let answer: Response;
  try {
    answer = await fetch(url, init);
  } catch (error) {
    const cause = (error as Error).cause as { code?: string } | undefined;
    throw new GuichetError(
      'GUICHET_TARGET_UNREACHABLE',
      `${method} ${url} failed (${cause?.code ?? error}).`,
    );
  }
  if (!answer.ok) {
    throw new GuichetError('GUICHET_TARGET_UNREACHABLE', `${method} ${url} answered ${answer.status}.`);
  }
  return answer;
}
