import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** The database of the extranet; instants are ms since 1970. */
export type Store = {
  database: DatabaseSync;
  /** Runs `work` as one transaction: all of it is kept, or nothing. */
  together<T>(work: () => T): T;
  /** Key of the HMAC that secret answers are kept as. */
  answerKey: Buffer;
  close(): void;
};

const schema = `
CREATE TABLE IF NOT EXISTS reglages (nom TEXT PRIMARY KEY, valeur BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
  id TEXT PRIMARY KEY, expire INTEGER NOT NULL,
  code TEXT, ancien_code TEXT, code_expire INTEGER,
  siret TEXT, demande INTEGER, compte INTEGER, site TEXT NOT NULL, oubli TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS sessions_expire ON sessions (expire);
CREATE TABLE IF NOT EXISTS demandes (
  id INTEGER PRIMARY KEY, session TEXT NOT NULL, jeton TEXT NOT NULL,
  siret TEXT NOT NULL, exclusif TEXT, etat TEXT NOT NULL, recue INTEGER NOT NULL, compte INTEGER, acces_existant INTEGER,
  courriel TEXT NOT NULL, courriel_utilisateur TEXT NOT NULL, champs TEXT NOT NULL, reponse BLOB NOT NULL,
  UNIQUE (session, jeton)
) STRICT;
CREATE INDEX IF NOT EXISTS demandes_siret ON demandes (siret);
CREATE UNIQUE INDEX IF NOT EXISTS demandes_exclusif ON demandes (exclusif) WHERE etat <> 'refusée';
CREATE TABLE IF NOT EXISTS etapes (
  id INTEGER PRIMARY KEY, demande INTEGER NOT NULL REFERENCES demandes (id),
  etape TEXT NOT NULL, echeance INTEGER NOT NULL, UNIQUE (demande, etape)
) STRICT;
CREATE INDEX IF NOT EXISTS etapes_echeance ON etapes (echeance);
CREATE TABLE IF NOT EXISTS agents (id INTEGER PRIMARY KEY, libre INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS comptes (
  id INTEGER PRIMARY KEY, identifiant TEXT NOT NULL UNIQUE, courriel TEXT NOT NULL, siret TEXT NOT NULL,
  sel BLOB, temporaire BLOB, definitif BLOB, question TEXT, reponse BLOB,
  ancien_sel BLOB, ancien_temporaire BLOB, ancien_definitif BLOB, change_sur TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS comptes_courriel ON comptes (courriel);
CREATE INDEX IF NOT EXISTS comptes_siret ON comptes (siret);
CREATE TABLE IF NOT EXISTS acces (
  compte INTEGER NOT NULL REFERENCES comptes (id), site TEXT NOT NULL, depuis INTEGER NOT NULL,
  PRIMARY KEY (compte, site)
) STRICT;
CREATE TABLE IF NOT EXISTS habilitations (
  siret TEXT PRIMARY KEY, compte INTEGER NOT NULL REFERENCES comptes (id),
  denomination TEXT NOT NULL, depuis INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS habilitations_compte ON habilitations (compte);
CREATE TABLE IF NOT EXISTS refus (siret TEXT PRIMARY KEY, motif TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS essais (cle TEXT PRIMARY KEY, nombre INTEGER NOT NULL, expire INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS rappels (
  compte INTEGER NOT NULL, genre TEXT NOT NULL, envoye INTEGER NOT NULL, PRIMARY KEY (compte, genre)
) STRICT;
CREATE TABLE IF NOT EXISTS courriers (
  id INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, destinataire TEXT NOT NULL,
  ecrit INTEGER NOT NULL, contenu TEXT, etat TEXT NOT NULL, essais INTEGER NOT NULL, prochain INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS courriers_prochain ON courriers (prochain) WHERE etat = 'à envoyer';
`;

/** Opens the database of that file, or one in memory for `:memory:`; makes its tables when they are missing. */
export function openStore(file: string): Store {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;');
  database.exec(schema);
  database.prepare("INSERT OR IGNORE INTO reglages VALUES ('clé des réponses', ?)").run(randomBytes(32));
  const key = database.prepare("SELECT valeur FROM reglages WHERE nom = 'clé des réponses'").get() as {
    valeur: Uint8Array;
  };
  return {
    database,
    together: (work) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    answerKey: Buffer.from(key.valeur),
    close: () => database.close(),
  };
}
