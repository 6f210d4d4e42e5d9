import { openMailhog } from '../mail/mailhog.ts';
import { findOut, type Tell } from './finding.ts';
import type { TargetProfile } from './profile.ts';
import { type Doors, doorsOf, reach } from './target.ts';

type Environment = Record<string, string | undefined>;

/**
 * Tries all of a profile that needs no browser: the home page, the mailbox, the clock, the doors. Sends no demande; the
 * clock advances by a minute. Answers whether the home page is there, without which a browser finds nothing.
 */
export async function inspect(
  profile: TargetProfile,
  environment: Environment,
  tell: Tell,
): Promise<boolean> {
  const home = await findOut(tell, 'baseUrl', async () => {
    const { status } = await reach(profile.baseUrl);
    return `${profile.baseUrl} answers ${status}`;
  });
  await findOut(tell, 'mail', () => tryMailbox(profile));
  const doors = doorsOf(profile, environment);
  await tryClock(doors, tell);
  for (const key of ['existingAccess', 'notification'] as const) await tryDoor(doors, key, tell);
  if (profile.reset)
    tell({ state: 'untried', key: 'reset', found: 'not tried: what it forgets, nobody gives back' });
  return home;
}

async function tryMailbox({ mail }: TargetProfile): Promise<string> {
  const mailbox = await openMailhog(mail.url);
  try {
    return `${mail.kind} at ${mail.url} answers, ${(await mailbox.all()).length} mails so far`;
  } finally {
    await mailbox.close();
  }
}

const ofDoor = (key: string) => `Check url, tokenHeader and tokenEnv of "${key}", and the token itself.`;

async function tryClock({ profile: { clock }, now, advanceTo }: Doors, tell: Tell): Promise<void> {
  if (clock.kind === 'real') {
    tell({ state: 'found', key: 'clock', found: 'real: mails are judged by "guichet follow", days later' });
    return;
  }
  let before = new Date(Number.NaN);
  const look = async () => {
    before = await now();
    if (Number.isNaN(before.getTime())) throw new Error('answers no {"now": ISO 8601 instant}');
    return `it is ${before.toISOString()}`;
  };
  const answers = await findOut(tell, 'clock.now', look, ofDoor('clock.now'));
  if (clock.kind === 'scaled') return;
  if (!answers) {
    tell({ state: 'untried', key: 'clock.advance', found: 'not without clock.now' });
    return;
  }
  const advance = async () => {
    const to = new Date(before.getTime() + 60_000);
    await advanceTo(to);
    const after = await now();
    if (after < to)
      throw new Error(`asked for ${to.toISOString()}, clock.now answers ${after.toISOString()}`);
    return `advanced by a minute to ${after.toISOString()}`;
  };
  await findOut(tell, 'clock.advance', advance, ofDoor('clock.advance'));
}

/** An empty order does nothing, and tells an open door from one that is shut or is not there. */
async function tryDoor(doors: Doors, key: 'existingAccess' | 'notification', tell: Tell): Promise<void> {
  const door = doors.profile[key];
  if (!door) {
    tell({ state: 'untried', key, found: 'not in the profile: what needs it cannot be judged' });
    return;
  }
  const look = async () => {
    const status = await doors.knock(door);
    if (status >= 500 || [401, 403, 404, 405].includes(status))
      throw new Error(`an empty POST with the token answers ${status}, as if there were none`);
    return `open: an empty POST answers ${status}`;
  };
  await findOut(tell, key, look, ofDoor(key));
}
