import { randomBytes } from 'node:crypto';
import type { Store } from './store.ts';

/** The name of the session's cookie. */
export const sessionCookie = 'guichet_session';

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
};

type Row = {
  id: string;
  code: string | null;
  code_expire: number | null;
  ancien_code: string | null;
  siret: string | null;
  demande: number | null;
  compte: number | null;
};

/** The sessions of a store. */
export type Sessions = {
  /** The live session of that id, or undefined. */
  find(id: string | undefined, now: number): Session | undefined;
  start(now: number, minutes: number): Session;
  save(session: Session): void;
  end(id: string): void;
};

export function openSessions({ database }: Store): Sessions {
  const find = database.prepare(
    'SELECT id, code, code_expire, ancien_code, siret, demande, compte FROM sessions WHERE id = ? AND expire > ?',
  );
  const insert = database.prepare('INSERT INTO sessions (id, expire) VALUES (?, ?)');
  const update = database.prepare(
    'UPDATE sessions SET code = ?, code_expire = ?, ancien_code = ?, siret = ?, demande = ?, compte = ? WHERE id = ?',
  );
  const remove = database.prepare('DELETE FROM sessions WHERE id = ?');
  const removeExpired = database.prepare('DELETE FROM sessions WHERE expire <= ?');
  return {
    find: (id, now) => {
      const row = id ? (find.get(id, now) as Row | undefined) : undefined;
      if (!row) return undefined;
      const { code_expire: codeExpires, ancien_code: formerCode, ...rest } = row;
      return { ...rest, codeExpires, formerCode };
    },
    start: (now, minutes) => {
      removeExpired.run(now);
      const id = randomBytes(18).toString('base64url');
      insert.run(id, now + minutes * 60_000);
      return {
        id,
        code: null,
        codeExpires: null,
        formerCode: null,
        siret: null,
        demande: null,
        compte: null,
      };
    },
    save: ({ id, code, codeExpires, formerCode, siret, demande, compte }) => {
      update.run(code, codeExpires, formerCode, siret, demande, compte, id);
    },
    end: (id) => void remove.run(id),
  };
}
