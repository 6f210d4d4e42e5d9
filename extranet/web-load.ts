import type { Clock } from './clock.ts';

/** How busy the pages are: visits of the SIRET step, counted by the minute, in memory. */
export type WebLoad = {
  /** Someone opens the SIRET step. */
  visited(): void;
  /** How many did in the hour before `instant` (ms), its own minute included. */
  hourBefore(instant: number): number;
};

const minute = 60_000;
/** Older minutes are forgotten: no step of a demande looks back further. */
const kept = 3 * 24 * 60;

export function openWebLoad(clock: Clock): WebLoad {
  const visits = new Map<number, number>();
  return {
    visited: () => {
      const now = Math.floor(clock.now().getTime() / minute);
      if (!visits.has(now)) for (const old of visits.keys()) if (old < now - kept) visits.delete(old);
      visits.set(now, (visits.get(now) ?? 0) + 1);
    },
    hourBefore: (instant) => {
      const last = Math.floor(instant / minute);
      let count = 0;
      for (let at = last - 59; at <= last; at++) count += visits.get(at) ?? 0;
      return count;
    },
  };
}
