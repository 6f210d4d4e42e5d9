import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { GuichetError } from '../errors.ts';
import { type Ask, door } from './door.ts';

const now = door.describe('GET answers {"now": ISO 8601}');

/** How the target's time is told and moved. */
export const clock = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('advance').describe('Moved by hand, through a door'),
    now,
    advance: door.describe('POST {"to": ISO 8601} answers {"now"} when all work due by then is done'),
  }),
  z.strictObject({
    kind: z.literal('scaled').describe('Runs faster than real time, by itself'),
    now,
    factor: z.number().positive().max(1e6).describe('Seconds of the target in one real second'),
    graceSeconds: z
      .number()
      .nonnegative()
      .default(5)
      .describe('Real seconds that a mail may need from the target to the mailbox'),
  }),
  z.strictObject({
    kind: z.literal('real').describe('The time of day: mails are judged by "guichet follow", days later'),
    graceMinutes: z
      .number()
      .nonnegative()
      .default(30)
      .describe('Minutes after the deadline before a mail counts as missing'),
  }),
]);
type ClockProfile = z.infer<typeof clock>;

/** The target's clock, in use. */
export type Clock = {
  now(): Promise<Date>;
  /**
   * Resolves when the target has done all that was due by `to` and handed over its mails. `onWait` is told the real
   * milliseconds that it takes. Throws `TooEarly` on a real clock that has not come so far.
   */
  advanceTo(to: Date, onWait?: (ms: number) => void): Promise<void>;
  /** How long a scenario looks for mails that should not come any more, in hours after the deadline. */
  hoursBeyond: number;
};

/** The instant that is waited for has not come on a real clock: no fault of anybody's. */
export class TooEarly extends GuichetError {
  readonly due: Date;

  constructor(due: Date) {
    super('GUICHET_TOO_EARLY', `The clock is real, and ${due.toISOString()} has not come.`);
    this.due = due;
  }
}

/** How long after a deadline a mail that has not come is awaited, in ms; none where the clock is no real one, which is asked. */
export function graceMsOf(clock: ClockProfile): number {
  return clock.kind === 'real' ? clock.graceMinutes * 60_000 : 0;
}

/** A weekend and two days: later than any back office that would still send. */
const virtualHoursBeyond = 96;

/** Opens the clock of a profile; `time` is the machine's. */
export function openClock(profile: ClockProfile, ask: Ask, time: () => number = Date.now): Clock {
  if (profile.kind === 'real') {
    const grace = graceMsOf(profile);
    return {
      now: async () => new Date(time()),
      advanceTo: async (to) => {
        const due = new Date(to.getTime() + grace);
        if (time() < due.getTime()) throw new TooEarly(due);
      },
      // What is late shows by when it came; nobody waits four days more for what should not come.
      hoursBeyond: 0,
    };
  }
  const told = async () => new Date((await ask<{ now: string }>(profile.now)).now);
  if (profile.kind === 'advance') {
    return {
      now: told,
      advanceTo: async (to) => {
        await ask(profile.advance, { to: to.toISOString() });
      },
      hoursBeyond: virtualHoursBeyond,
    };
  }
  return {
    now: told,
    advanceTo: async (to, onWait) => {
      const left = async () => (to.getTime() - (await told()).getTime()) / profile.factor;
      for (let ms = await left(); ms > 0; ms = await left()) {
        onWait?.(ms + profile.graceSeconds * 1000);
        await wait(Math.min(ms, longestTimer));
      }
      await wait(profile.graceSeconds * 1000);
    },
    hoursBeyond: virtualHoursBeyond,
  };
}

/** The longest delay that a Node timer takes, in ms. */
const longestTimer = 2 ** 31 - 1;
