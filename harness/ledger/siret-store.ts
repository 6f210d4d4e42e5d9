import type { DatabaseSync } from 'node:sqlite';
import { GuichetError } from '../errors.ts';
import { openShared } from './shared-database.ts';

/** Which SIRETs of a target were given to whom, for good where a SIRET serves once. */
export type SiretStore = {
  /** Reserves the next free SIRET for a campaign. Throws `GUICHET_SIRETS_EXHAUSTED` when there is none. */
  take(campaign: string): string;
  /** Reserves so many free ones at once, or none. Throws as `take`. */
  takeAll(campaign: string, count: number): string[];
  /** Marks a SIRET as used up. */
  use(siret: string): void;
  /** Gives back what was reserved and not used: one SIRET, or all of a campaign. */
  release(what: { siret: string } | { campaign: string }): void;
  /** Frees SIRETs that the target has forgotten. */
  forget(sirets: readonly string[]): void;
  /** The SIRETs that are used up: all, or those of one campaign. */
  used(campaign?: string): string[];
  /** How many are free, of how many. */
  count(): { free: number; all: number };
  close(): void;
};

const schema = `
  CREATE TABLE IF NOT EXISTS sirets (
    siret TEXT PRIMARY KEY, campaign TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL
  ) STRICT`;

/**
 * Opens the store of that file over the target's SIRETs, in their order; campaigns at the same time may share it.
 * Throws `GUICHET_HARNESS` when the file cannot be used.
 */
export function openSiretStore(path: string, sirets: readonly string[]): SiretStore {
  let database: DatabaseSync;
  try {
    database = openShared(path, schema);
  } catch (error) {
    throw new GuichetError(
      'GUICHET_HARNESS',
      `The SIRET ledger ${path} cannot be opened: ${(error as Error).message}.`,
      'Check that its folder is writable.',
    );
  }
  const given = () =>
    new Set(
      database
        .prepare('SELECT siret FROM sirets')
        .all()
        .map(({ siret }) => String(siret)),
    );
  const insert = database.prepare(
    'INSERT INTO sirets (siret, campaign, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const use = database.prepare('UPDATE sirets SET used = 1 WHERE siret = ?');
  const releaseOne = database.prepare('DELETE FROM sirets WHERE siret = ? AND used = 0');
  const releaseAll = database.prepare('DELETE FROM sirets WHERE campaign = ? AND used = 0');
  const forget = database.prepare('DELETE FROM sirets WHERE siret = ?');
  const used = database.prepare(
    'SELECT siret FROM sirets WHERE used = 1 AND (?1 IS NULL OR campaign = ?1) ORDER BY siret',
  );

  const exhausted = (what: string) =>
    new GuichetError('GUICHET_SIRETS_EXHAUSTED', `${what} of the profile are used or reserved (${path}).`);

  /** Where the search goes on: whoever takes all of a range passes each SIRET once, not all of them each time. */
  let place = 0;
  let known = new Set<string>();

  /** The next free one from there on; undefined when there is none up to the end. */
  function takeFrom(start: number, campaign: string): string | undefined {
    const at = new Date().toISOString();
    for (place = start; place < sirets.length; ) {
      const siret = sirets[place++] as string;
      // Another campaign may have taken it since: then the insertion changes nothing.
      if (!known.has(siret) && insert.run(siret, campaign, at).changes > 0) return siret;
    }
    return undefined;
  }

  return {
    take: (campaign) => {
      const next = place > 0 ? takeFrom(place, campaign) : undefined;
      if (next) return next;
      // From the beginning: some may have been given back.
      known = given();
      const free = takeFrom(0, campaign);
      if (free) return free;
      throw exhausted(`All ${sirets.length} SIRETs`);
    },
    takeAll: (campaign, count) => {
      // Nobody else takes one meanwhile.
      database.exec('BEGIN IMMEDIATE');
      try {
        const taken = given();
        const free = sirets.filter((siret) => !taken.has(siret)).slice(0, count);
        if (free.length < count)
          throw exhausted(`${count} are needed; all but ${free.length} of ${sirets.length} SIRETs`);
        const at = new Date().toISOString();
        for (const siret of free) insert.run(siret, campaign, at);
        database.exec('COMMIT');
        return free;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    use: (siret) => void use.run(siret),
    release: (what) => {
      place = 0;
      if ('siret' in what) releaseOne.run(what.siret);
      else releaseAll.run(what.campaign);
    },
    forget: (forgotten) => {
      place = 0;
      for (const siret of forgotten) forget.run(siret);
    },
    used: (campaign) => used.all(campaign ?? null).map(({ siret }) => String(siret)),
    count: () => {
      const taken = given();
      return { free: sirets.filter((siret) => !taken.has(siret)).length, all: sirets.length };
    },
    close: () => database.close(),
  };
}
