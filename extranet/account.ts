import { createHmac } from 'node:crypto';
import type { AccessKey, Behaviour } from './behaviour.ts';
import { draw, isPassword, type KeptPassword, keepDrawn, keepOwn } from './password.ts';
import type { Site } from './sites.ts';
import type { Store } from './store.ts';

/** An account; it opens the sites that it has an access to. */
export type Account = { id: number; identifiant: string; courriel: string; temporary: boolean };

/** An establishment for which an account is habilitated; instants in ms. */
export type Habilitation = { siret: string; denomination: string; depuis: number };

/** An account as its recovery needs it; `reponse` as `keptAnswer` answers it. */
type Holder = {
  id: number;
  identifiant: string;
  courriel: string;
  question: string | null;
  reponse: Uint8Array | null;
};

/** An access to seed; empty texts for a holder without a secret question. */
type SeededAccess = {
  siret: string;
  courriel: string;
  identifiant: string;
  motDePasse: string;
  site: Site;
  question: string;
  reponse: string;
};

type Row = KeptPassword & {
  id: number;
  identifiant: string;
  courriel: string;
  ancien_sel: Uint8Array | null;
  ancien_temporaire: Uint8Array | null;
  ancien_definitif: Uint8Array | null;
  change_sur: Site | null;
};

const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The one account store of all ASP sites. */
export type Accounts = ReturnType<typeof openAccounts>;

export function openAccounts({ database, answerKey }: Store, behaviour: Behaviour) {
  const columns = `id, identifiant, courriel, sel, temporaire, definitif,
    ancien_sel, ancien_temporaire, ancien_definitif, change_sur`;
  const byIdentifiant = database.prepare(`SELECT ${columns} FROM comptes WHERE identifiant = ?`);
  const byId = database.prepare(`SELECT ${columns} FROM comptes WHERE id = ?`);
  const byKey: Readonly<Record<AccessKey, ReturnType<typeof database.prepare>>> = {
    siret: database.prepare('SELECT id FROM comptes WHERE siret = ? ORDER BY id LIMIT 1'),
    courriel: database.prepare('SELECT id FROM comptes WHERE courriel = ? ORDER BY id LIMIT 1'),
  };
  const insert = database.prepare(
    'INSERT INTO comptes (identifiant, courriel, siret, question, reponse) VALUES (?, ?, ?, ?, ?)',
  );
  const holders = `SELECT id, identifiant, courriel, question, reponse FROM comptes
    WHERE EXISTS (SELECT 1 FROM acces WHERE compte = id)`;
  const holder = database.prepare(`${holders} AND identifiant = ?`);
  const holdersOf = database.prepare(
    `${holders} AND (siret = ? OR id IN (SELECT compte FROM habilitations WHERE siret = ?))`,
  );
  const remove = database.prepare(
    'DELETE FROM comptes WHERE id = ? AND NOT EXISTS (SELECT 1 FROM acces WHERE compte = id)',
  );
  const insertSeeded = database.prepare(
    `INSERT INTO comptes (identifiant, courriel, siret, sel, definitif, question, reponse)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const setPassword = database.prepare(
    `UPDATE comptes SET ancien_sel = sel, ancien_temporaire = temporaire, ancien_definitif = definitif,
     sel = ?, temporaire = ?, definitif = ?, change_sur = ? WHERE id = ?`,
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

  return {
    /** Makes an account without a password; answers its id. */
    create(person: { courriel: string; siret: string; question?: string; reponse?: Uint8Array }): number {
      const { courriel, siret, question = null, reponse = null } = person;
      return Number(insert.run(`AP${draw(8, capitals)}`, courriel, siret, question, reponse).lastInsertRowid);
    },
    /**
     * Gives an account a new temporary password; the answer is the only place where it stands in clear. `site` is
     * where the password was forgotten.
     */
    drawPassword(id: number, site: Site | null = null): string {
      const drawn = draw(14);
      const { sel, temporaire } = keepDrawn(drawn);
      setPassword.run(sel, temporaire, null, site, id);
      return drawn;
    },
    /** Makes the user's own password, chosen on `site`, that of all sites. */
    async changePassword(id: number, password: string, site: Site): Promise<void> {
      const { sel, definitif } = await keepOwn(password);
      setPassword.run(sel, null, definitif, site, id);
    },
    /** Whether that is the account's password. */
    isPassword: (id: number, password: string): Promise<boolean> =>
      isPassword(password, byId.get(id) as Row | undefined),
    /** Whether that is the account's password, or was before the last change. */
    async hadPassword(id: number, password: string): Promise<boolean> {
      const row = byId.get(id) as Row | undefined;
      return (
        row !== undefined && ((await isPassword(password, row)) || (await isPassword(password, former(row))))
      );
    },
    /**
     * An access that exists already elsewhere; its identifier and password are the holder's own. A known
     * identifier with its password gets one more site; answers false for any other known identifier.
     */
    async seed(access: SeededAccess, now: number): Promise<boolean> {
      const { siret, courriel, identifiant, motDePasse, site, question, reponse } = access;
      const known = byIdentifiant.get(identifiant) as Row | undefined;
      if (known) {
        if (hasAccess.get(known.id, site) || !(await isPassword(motDePasse, known))) return false;
        addAccess.run(known.id, site, now);
        return true;
      }
      const { sel, definitif } = await keepOwn(motDePasse);
      const answer = reponse ? this.keptAnswer(reponse) : null;
      const { changes, lastInsertRowid } = insertSeeded.run(
        ...[identifiant, courriel, siret, sel, definitif, question || null, answer],
      );
      if (changes > 0) addAccess.run(lastInsertRowid, site, now);
      return changes > 0;
    },
    /** The account of a person or an establishment that already has one, by the keys of the behaviour in turn. */
    existing(demande: Readonly<Record<AccessKey, string>>): number | undefined {
      for (const key of behaviour.backOffice.accessKeys) {
        const row = byKey[key].get(demande[key]) as { id: number } | undefined;
        if (row) return row.id;
      }
      return undefined;
    },
    /** Removes an account that opens no site. */
    remove: (id: number) => void remove.run(id),
    /** Habilitates an account for an establishment, and opens Activité Partielle to it. */
    habilitate(
      id: number,
      { siret, denomination }: { siret: string; denomination: string },
      now: number,
    ): void {
      addAccess.run(id, 'Activité Partielle', now);
      addHabilitation.run(siret, id, denomination, now);
    },
    /** Whether an identifier and a password open a site; takes as long for an unknown identifier. */
    async verify(identifiant: string, password: string, site: Site): Promise<Account | 'unknown' | 'wrong'> {
      const row = byIdentifiant.get(identifiant) as Row | undefined;
      const { accepts, currentOpens, formerOpens } = behaviour.account;
      const right = accepts(await isPassword(password, row));
      if (!row) return 'unknown';
      if (right && currentOpens(site, row.change_sur, row.temporaire !== null)) return toAccount(row);
      const stillOpen = formerOpens(site, row.change_sur) && (await isPassword(password, former(row)));
      return stillOpen ? toAccount(row) : 'wrong';
    },
    find(id: number): Account | undefined {
      const row = byId.get(id) as Row | undefined;
      return row && toAccount(row);
    },
    /** The account of that identifier once it opens a site, with what its recovery needs. */
    holder: (identifiant: string) => holder.get(identifiant) as Holder | undefined,
    /** The accounts of an establishment that open a site. */
    holdersOf: (siret: string) => holdersOf.all(siret, siret) as Holder[],
    opens: (id: number, site: Site): boolean => hasAccess.get(id, site) !== undefined,
    habilitationsOf: (id: number) => habilitations.all(id) as Habilitation[],
    isHabilitated: (siret: string): boolean => isHabilitated.get(siret) !== undefined,
    /** What is kept of a secret answer. */
    keptAnswer: (answer: string): Uint8Array =>
      createHmac('sha256', answerKey).update(asRemembered(answer)).digest(),
  };
}

function former({ ancien_sel, ancien_temporaire, ancien_definitif }: Row): KeptPassword {
  return { sel: ancien_sel, temporaire: ancien_temporaire, definitif: ancien_definitif };
}

/** An answer as it counts: without case, accents, blanks and the form of apostrophes. */
function asRemembered(answer: string): string {
  return answer
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\s]/gu, '')
    .replaceAll('’', "'");
}

function toAccount({ id, identifiant, courriel, temporaire }: Row): Account {
  return { id, identifiant, courriel, temporary: temporaire !== null };
}
