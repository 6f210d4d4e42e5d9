import { type ErrorCode, GuichetError } from '../errors.ts';
import { type Clock, openClock } from './clock.ts';
import type { Door } from './door.ts';
import type { TargetProfile } from './profile.ts';
import type { Requests } from './request.ts';

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

/** The doors that a target opens to tests, its clock, and its profile. */
export type Doors = Clock & {
  profile: TargetProfile;
  /** The code that the security picture shows to the session whose cookies `cookie` carries, where a door tells it. */
  readCode(cookie: string): Promise<string>;
  /** Gives an establishment an access to another ASP site. */
  grantAccess(access: ExistingAccess): Promise<void>;
  /** Makes the target notify the contact person of an event after the habilitation. */
  notify(siret: string, kind: NotificationKind): Promise<void>;
  /** Makes the target forget these SIRETs. */
  forget(sirets: readonly string[]): Promise<void>;
  /** HTTP status that a door answers to an order that says nothing. */
  knock(door: Door): Promise<number>;
};

type Init = NonNullable<Parameters<Requests['send']>[1]>;

/** How long the home page may take to answer, in ms. */
const patienceMs = 15_000;
/** Said by what stands between a target and us when it cannot be reached. */
const gatewayStatuses = [502, 503, 504];

/**
 * The doors of a target, none of them tried yet. They throw `GUICHET_TARGET_UNREACHABLE` and `GUICHET_DOOR_REFUSED`;
 * `environment` holds the secrets that the profile names.
 */
export function doorsOf(
  profile: TargetProfile,
  requests: Requests,
  environment: Record<string, string | undefined>,
): Doors {
  function order(door: Door, body?: unknown, cookie?: string): Init {
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
    return { method: body ? 'POST' : 'GET', headers, ...(body ? { body: JSON.stringify(body) } : {}) };
  }

  async function ask<T>(door: Door, body?: unknown, cookie?: string): Promise<T> {
    const init = order(door, body, cookie);
    const answer = await accepted(await send(requests, door.url, init), init, 'GUICHET_DOOR_REFUSED');
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

  return {
    profile,
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
    knock: async (door) => (await send(requests, door.url, order(door, {}))).status,
  };
}

/** The answer of the home page. Throws `GUICHET_TARGET_UNREACHABLE` when there is none in time, or one that is no success. */
export async function reach(requests: Requests, url: string): Promise<Response> {
  const init = { signal: AbortSignal.timeout(patienceMs) };
  return await accepted(await send(requests, url, init), init, 'GUICHET_TARGET_UNREACHABLE');
}

type Answer = { url: string; response: Response; status: number };

async function send({ send: request }: Requests, url: string, init: Init): Promise<Answer> {
  try {
    const response = await request(url, init);
    return { url, response, status: response.status };
  } catch (error) {
    if (error instanceof GuichetError) throw error;
    const cause = (error as Error).cause as { code?: string } | undefined;
    throw new GuichetError(
      'GUICHET_TARGET_UNREACHABLE',
      `${init.method ?? 'GET'} ${url} failed (${cause?.code ?? (error as Error).message}).`,
    );
  }
}

/** `refused`: the code when the target itself says no, not what stands before it. */
async function accepted(
  { url, response, status }: Answer,
  init: Init,
  refused: ErrorCode,
): Promise<Response> {
  if (response.ok) return response;
  const said = (await response.text()).trim();
  const code = gatewayStatuses.includes(status) ? 'GUICHET_TARGET_UNREACHABLE' : refused;
  // A page that says so says no more than its status; a door says why in a line.
  const why = /^[{"]/.test(said) && said.length < 200 ? ` ${said}` : '';
  throw new GuichetError(code, `${init.method ?? 'GET'} ${url} answered ${status}${why}.`);
}
