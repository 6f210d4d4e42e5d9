import { openCanary } from '../mail/canary.ts';
import { type Doors, doorsOf, reach } from './doors.ts';
import { findOut, type Tell } from './finding.ts';
import { mailUrls, openMailbox } from './mail.ts';
import type { TargetProfile } from './profile.ts';
import { openRequests } from './request.ts';

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
  await using opened = new AsyncDisposableStack();
  const requests = await openRequests(profile, environment);
  opened.defer(() => requests.close());
  const home = await findOut(tell, 'baseUrl', async () => {
    const { status } = await reach(requests, profile.baseUrl);
    return `${profile.baseUrl} answers ${status}`;
  });
  await tryMailbox(profile, environment, tell);
  const doors = doorsOf(profile, requests, environment);
  await tryClock(doors, tell);
  for (const key of ['existingAccess', 'notification'] as const) await tryDoor(doors, key, tell);
  if (profile.reset)
    tell({ state: 'untried', key: 'reset', found: 'not tried: what it forgets, nobody gives back' });
  return home;
}

/** The mailbox, and, where the profile names the way to it, that way by mails of our own. */
async function tryMailbox(
  { mail, mailDomain }: TargetProfile,
  environment: Environment,
  tell: Tell,
): Promise<void> {
  await findOut(tell, 'mail', async () => {
    const mailbox = await openMailbox(mail, environment);
    try {
      const { smtp } = mail;
      const count = (await mailbox.all()).length;
      if (smtp) {
        await findOut(tell, 'mail.smtp', async () => {
          const canary = openCanary({ smtp, mailDomain, mailbox });
          try {
            await canary.fly();
            return `mails of our own come through ${smtp}, once and in order`;
          } finally {
            canary.close();
          }
        });
      } else {
        tell({
          state: 'untried',
          key: 'mail.smtp',
          found: 'not in the profile: a lost mail is not told from a broken mail path',
        });
      }
      return `${mail.kind} at ${mailUrls(mail).join()} answers, ${count} mails so far`;
    } finally {
      await mailbox.close();
    }
  });
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
