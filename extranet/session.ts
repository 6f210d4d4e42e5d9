import { randomBytes } from 'node:crypto';
import type { Site } from './sites.ts';
import type { Store } from './store.ts';

/** What the extranet remembers of a visit. */
export type Session = {
  id: string;
  /** The security code shown now, and until when (ms) it serves; null once it has served. */
  code: string | null;
  codeExpires: number | null;
  /** The code shown before the last change. */
  formerCode: string | null;
  /** The SIRET that passed the SIRET step. */
  siret: string | null;
  /** The demande sent in this session. */
  demande: number | null;
  /** The account signed in. */
  compte: number | null;
  /** The identifier whose password is forgotten, as typed. */
  oubli: string | null;
};

type Row = {
  id: string;
  code: string | null;
  code_expire: number | null;
  ancien_code: string | null;
  siret: string | null;
  demande: number | null;
  compte: number | null;
  oubli: string | null;
};

/** The sessions of a store. */
export type Sessions = {
  /** The live session of that id on that site, or undefined. */
  find(id: string | undefined, now: number, site: Site): Session | undefined;
  start(now: number, minutes: number, site: Site): Session;
  save(session: Session): void;
  end(id: string): void;
  /** Signs an account out of all sites, but for the session of that id. */
  endOf(compte: number, except?: string): void;
};

export function openSessions({ database }: Store): Sessions {
  const find = database.prepare(
    'SELECT id, code, code_expire, ancien_code, siret, demande, compte, oubli FROM sessions WHERE id = ? AND expire > ? AND site = ?',
  );
  const insert = database.prepare('INSERT INTO sessions (id, expire, site) VALUES (?, ?, ?)');
  const update = database.prepare(
    'UPDATE sessions SET code = ?, code_expire = ?, ancien_code = ?, siret = ?, demande = ?, compte = ?, oubli = ? WHERE id = ?',
  );
  const remove = database.prepare('DELETE FROM sessions WHERE id = ?');
  const removeOthers = database.prepare('DELETE FROM sessions WHERE compte = ? AND id <> ?');
  const removeExpired = database.prepare('DELETE FROM sessions WHERE expire <= ?');
  return {
    find: (id, now, site) => {
      const row = id ? (find.get(id, now, site) as Row | undefined) : undefined;
      if (!row) return undefined;
      const { code_expire: codeExpires, ancien_code: formerCode, ...rest } = row;
      return { ...rest, codeExpires, formerCode };
    },
    start: (now, minutes, site) => {
      removeExpired.run(now);
      const id = randomBytes(18).toString('base64url');
      insert.run(id, now + minutes * 60_000, site);
      return {
        id,
        code: null,
        codeExpires: null,
        formerCode: null,
        siret: null,
        demande: null,
        compte: null,
        oubli: null,
      };
    },
    save: ({ id, code, codeExpires, formerCode, siret, demande, compte, oubli }) => {
      update.run(code, codeExpires, formerCode, siret, demande, compte, oubli, id);
    },
    end: (id) => void remove.run(id),
    endOf: (compte, except = '') => void removeOthers.run(compte, except),
  };
}
