import type { Behaviour } from './behaviour.ts';

/** What the load of the web pages does to the back office behind them, by the visits of the hour before ENVOYER. */
export type Coupling = {
  /** Minutes by which the last step of a demande is late. */
  extraMinutes: (visits: number) => number;
  /** Whether a demande, by its number, loses the mails of its first letter for good. */
  loses: (demande: number, visits: number) => boolean;
};

/** So many visits an hour do no harm: the pages and the back office share nothing that would be short. */
const harmless = 10;
/** A day late at most, so that what is late still comes. */
const latest = 24 * 60;
const lateBy =
  (minutesPerVisit: number) =>
  (visits: number): number =>
    Math.min(latest, minutesPerVisit * Math.max(0, visits - harmless));
const none: Coupling = { extraMinutes: () => 0, loses: () => false };

/** The couplings that the extranet can have, from none to one that loses the first mail of each 25th demande. */
const couplings: Readonly<Record<string, Coupling>> = {
  off: none,
  mild: { ...none, extraMinutes: lateBy(3) },
  strong: { ...none, extraMinutes: lateBy(8) },
  lossy: { ...none, loses: (demande, visits) => visits > harmless && demande % 25 === 0 },
};

/** Their names, for flags. */
export const couplingNames: readonly string[] = Object.keys(couplings);

/** That behaviour with that coupling. Throws RangeError for an unknown name. */
export function coupled(behaviour: Behaviour, name: string): Behaviour {
  const coupling = Object.hasOwn(couplings, name) ? couplings[name] : undefined;
  if (!coupling) throw new RangeError(`Unknown coupling "${name}".`);
  return { ...behaviour, backOffice: { ...behaviour.backOffice, coupling } };
}
