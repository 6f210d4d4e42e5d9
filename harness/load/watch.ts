import type { Demand } from '../../fixtures/stages.ts';
import { GuichetError } from '../errors.ts';
import type { TargetProfile } from '../target/profile.ts';
import type { Requests } from '../target/request.ts';
import { assertWithin, type Cap, capOf } from './cap.ts';
import { readConsent } from './consent.ts';

/** What is watched while a load runs. */
export type Watched = {
  profile: TargetProfile;
  requests: Pick<Requests, 'send'>;
  /** The plan as it was let through: a consent that no longer covers its rate and total is withdrawn. */
  demand: Demand;
  /** Proves the mail path by mails of our own, as `Target.proveMailPath`; not watched when absent. */
  proveMailPath?: () => Promise<unknown>;
  /** How long after a look the next one begins, and how long one may take, in ms; mails of our own fly less often. */
  everyMs?: number;
  mailEveryMs?: number;
  patienceMs?: number;
};

/** The watch; `signal` is aborted with a `GuichetError` as its reason when the load must stop. */
export type Watch = { signal: AbortSignal; close(): Promise<void> };

const maintenance =
  /maintenance|(?:service|site) (?:est )?(?:momentanément |temporairement |actuellement )?indisponible|site fermé/i;

/**
 * Looks after a load while it runs: whether the target still agrees, still opens, and its mails still arrive. What cannot
 * be found out counts as no. `signal` goes to `runK6`, together with the operator's own.
 */
export function watchLoad(watched: Watched): Watch {
  const { everyMs = 2_000, mailEveryMs = 60_000, patienceMs = 10_000, proveMailPath } = watched;
  const stop = new AbortController();
  const ended = new AbortController();
  const looks = [
    { look: () => lookAtConsent(watched), pauseMs: everyMs, withinMs: patienceMs },
    { look: () => lookAtTarget(watched), pauseMs: everyMs, withinMs: patienceMs },
    // It has a patience of its own, of as much.
    ...(proveMailPath ? [{ look: proveMailPath, pauseMs: mailEveryMs, withinMs: 2 * patienceMs }] : []),
  ];
  // Each on its own: a slow mail path does not keep a withdrawal waiting.
  const watching = looks.map(async ({ look, pauseMs, withinMs }) => {
    while (!ended.signal.aborted && !stop.signal.aborted) {
      try {
        await inTime(look(), withinMs, ended.signal);
      } catch (error) {
        if (!ended.signal.aborted) stop.abort(reasonOf(error));
        return;
      }
      await pause(pauseMs, ended.signal);
    }
  });
  return {
    signal: stop.signal,
    close: async () => {
      ended.abort();
      await Promise.all(watching);
    },
  };
}

async function lookAtConsent({ profile, requests, demand }: Watched): Promise<void> {
  const now = { ...demand, seconds: 0 };
  const consent = await readConsent(profile, requests, now);
  const cap: Cap | undefined = consent && capOf(profile, consent);
  assertWithin(cap, now);
}

/** The home page: what is down, closed or says that it is being mended is left alone. */
async function lookAtTarget({ profile: { baseUrl }, requests }: Watched): Promise<void> {
  let status: number;
  let text: string;
  try {
    const answer = await requests.send(baseUrl, {});
    status = answer.status;
    text = await answer.text();
  } catch (error) {
    if (error instanceof GuichetError) throw error;
    const { cause, message } = error as Error & { cause?: { code?: string } };
    throw stopped(`GET ${baseUrl} failed (${cause?.code ?? message})`);
  }
  if (status === 429 || status >= 500) throw stopped(`GET ${baseUrl} answered ${status}`);
  const title = /<title[^>]*>([^<]*)<\/title>|<h1[^>]*>([^<]*)<\/h1>/gi;
  const told = [...text.matchAll(title)].find((match) => maintenance.test(match[0]));
  if (told) throw stopped(`${baseUrl} says « ${(told[1] ?? told[2] ?? '').trim()} »`);
}

function stopped(what: string): GuichetError {
  return new GuichetError('GUICHET_LOAD_STOPPED', `${what}: the load is stopped.`);
}

function reasonOf(error: unknown): GuichetError {
  return error instanceof GuichetError ? error : stopped((error as Error).message);
}

async function inTime(look: Promise<unknown>, ms: number, ended: AbortSignal): Promise<void> {
  let give: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    await Promise.race([
      look,
      new Promise<void>((resolve, reject) => {
        timer = setTimeout(() => reject(stopped(`The watch has had no answer for ${ms / 1000} s`)), ms);
        give = () => resolve();
        ended.addEventListener('abort', give, { once: true });
      }),
    ]);
  } finally {
    clearTimeout(timer);
    if (give) ended.removeEventListener('abort', give);
    // What is given up may still fail, and nobody listens then.
    look.catch(() => {});
  }
}

async function pause(ms: number, ended: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      ended.removeEventListener('abort', done);
      resolve();
    }
    ended.addEventListener('abort', done);
    if (ended.aborted) done();
  });
}
