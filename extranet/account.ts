import { createHash, createHmac, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { AccessKey, Behaviour } from './behaviour.ts';
import type { Store } from './store.ts';

/** The extranets of the ASP that share the accounts. */
export const sites = ['Activité Partielle', 'SYLAé', 'APEA'] as const;
export type Site = (typeof sites)[number];

/** An account; it opens the sites that it has an access to. */
export type Account = { id: number; identifiant: string; courriel: string; temporary: boolean };

/** An establishment for which an account is habilitated; instants in ms. */
export type Habilitation = { siret: string; denomination: string; depuis: number };

type Row = {
  id: number;
  identifiant: string;
  courriel: string;
  sel: Uint8Array | null;
  temporaire: Uint8Array | null;
  definitif: Uint8Array | null;
};

const signs = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const derive = promisify(scrypt) as (password: string, salt: Uint8Array, length: number) => Promise<Buffer>;

function draw(from: string, length: number): string {
  return Array.from({ length }, () => from[randomInt(from.length)]).join('');
}

/** The one account store of all ASP sites. */
export type Accounts = ReturnType<typeof openAccounts>;

export function openAccounts({ database, answerKey }: Store, behaviour: Behaviour) {
  const columns = 'id, identifiant, courriel, sel, temporaire, definitif';
  const byIdentifiant = database.prepare(`SELECT ${columns} FROM comptes WHERE identifiant = ?`);
  const byId = database.prepare(`SELECT ${columns} FROM comptes WHERE id = ?`);
  const byKey: Readonly<Record<AccessKey, ReturnType<typeof database.prepare>>> = {
    siret: database.prepare('SELECT id FROM comptes WHERE siret = ? ORDER BY id LIMIT 1'),
    courriel: database.prepare('SELECT id FROM comptes WHERE courriel = ? ORDER BY id LIMIT 1'),
  };
  const insert = database.prepare(
    'INSERT INTO comptes (identifiant, courriel, siret, question, reponse) VALUES (?, ?, ?, ?, ?)',
  );
  const setTemporary = database.prepare(
    'UPDATE comptes SET sel = ?, temporaire = ?, definitif = NULL WHERE id = ?',
  );
  const setOwn = database.prepare(
    'UPDATE comptes SET sel = ?, temporaire = NULL, definitif = ? WHERE id = ?',
  );
  const addAccess = database.prepare('INSERT OR IGNORE INTO acces (compte, site, depuis) VALUES (?, ?, ?)');
  const hasAccess = database.prepare('SELECT 1 FROM acces WHERE compte = ? AND site = ?');
  const addHabilitation = database.prepare(
    'INSERT OR IGNORE INTO habilitations (siret, compte, denomination, depuis) VALUES (?, ?, ?, ?)',
  );
  const habilitations = database.prepare(
    'SELECT siret, denomination, depuis FROM habilitations WHERE compte = ? ORDER BY depuis, siret',
  );
  const isHabilitated = database.prepare('SELECT 1 FROM habilitations WHERE siret = ?');
  const nobody = randomBytes(16);

  return {
    /** Makes an account without a password; answers its id. */
    create(person: { courriel: string; siret: string; question?: string; reponse?: Uint8Array }): number {
      const { courriel, siret, question = null, reponse = null } = person;
      return Number(insert.run(`AP${draw(capitals, 8)}`, courriel, siret, question, reponse).lastInsertRowid);
    },
    /** Gives an account a new temporary password; the answer is the only place where it stands in clear. */
    drawPassword(id: number): string {
      const drawn = draw(signs, 14);
      const salt = randomBytes(16);
      setTemporary.run(salt, digest(drawn, salt), id);
      return drawn;
    },
    /** Makes the user's own password that of all sites. */
    async changePassword(id: number, password: string): Promise<void> {
      const salt = randomBytes(16);
      setOwn.run(salt, await derive(asTyped(password), salt, 32), id);
    },
    /** An access that exists already elsewhere; its identifier and password are the holder's own. */
    async seed(access: {
      siret: string;
      courriel: string;
      identifiant: string;
      motDePasse: string;
      site: Site;
      now: number;
    }) {
      const salt = randomBytes(16);
      const own = await derive(asTyped(access.motDePasse), salt, 32);
      database
        .prepare('INSERT INTO comptes (identifiant, courriel, siret, sel, definitif) VALUES (?, ?, ?, ?, ?)')
        .run(access.identifiant, access.courriel, access.siret, salt, own);
      const { id } = byIdentifiant.get(access.identifiant) as Row;
      addAccess.run(id, access.site, access.now);
    },
    /** The account of a person or an establishment that already has one, by the keys of the behaviour in turn. */
    existing(demande: Readonly<Record<AccessKey, string>>): number | undefined {
      for (const key of behaviour.backOffice.accessKeys) {
        const row = byKey[key].get(demande[key]) as { id: number } | undefined;
        if (row) return row.id;
      }
      return undefined;
    },
    /** Habilitates an account for an establishment, and opens Activité Partielle to it. */
    habilitate(
      id: number,
      { siret, denomination }: { siret: string; denomination: string },
      now: number,
    ): void {
      addAccess.run(id, 'Activité Partielle', now);
      addHabilitation.run(siret, id, denomination, now);
    },
    /** Whether an identifier and a password belong together; takes as long for an unknown identifier. */
    async verify(identifiant: string, password: string): Promise<Account | 'unknown' | 'wrong'> {
      const row = byIdentifiant.get(identifiant) as Row | undefined;
      const salt = row?.sel ?? nobody;
      const own = await derive(asTyped(password), salt, 32);
      if (!row) return 'unknown';
      const kept = row.temporaire ?? row.definitif;
      const given = row.temporaire ? digest(asTyped(password), salt) : own;
      return kept && timingSafeEqual(kept, given) ? toAccount(row) : 'wrong';
    },
    isUsed: (identifiant: string): boolean => byIdentifiant.get(identifiant) !== undefined,
    find(id: number): Account | undefined {
      const row = byId.get(id) as Row | undefined;
      return row && toAccount(row);
    },
    opens: (id: number, site: Site): boolean => hasAccess.get(id, site) !== undefined,
    habilitationsOf: (id: number) => habilitations.all(id) as Habilitation[],
    isHabilitated: (siret: string): boolean => isHabilitated.get(siret) !== undefined,
    /** What is kept of a secret answer: case, accents' form and blanks around do not count. */
    keptAnswer: (answer: string): Uint8Array =>
      createHmac('sha256', answerKey).update(answer.normalize('NFC').trim().toLowerCase()).digest(),
  };
}

/** A password as it counts: blanks around come from copying it out of a mail. */
function asTyped(password: string): string {
  return password.normalize('NFC').trim();
}

function digest(password: string, salt: Uint8Array): Buffer {
  return createHash('sha256').update(salt).update(password).digest();
}

function toAccount({ id, identifiant, courriel, temporaire }: Row): Account {
  return { id, identifiant, courriel, temporary: temporaire !== null };
}
