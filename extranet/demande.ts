import { randomUUID } from 'node:crypto';
import type { Accounts } from './account.ts';
import type { Behaviour, Step } from './behaviour.ts';
import { type FieldName, fieldNames } from './fields.ts';
import { asPosted, characters, type Posted, type Problem, textOf } from './input.ts';
import type { Store } from './store.ts';

/** The values of the account form, cleaned. */
export type Entries = Readonly<Record<FieldName, string>>;

/** A demande of account creation as it is kept; the answer as HMAC. */
export type Demande = {
  id: number;
  siret: string;
  /** When ENVOYER was accepted, in ms. */
  recue: number;
  /** Its account, once it is validated, and whether that existed before. */
  compte: number | null;
  existingAccess: boolean;
  courriel: string;
  courrielUtilisateur: string;
  entries: Omit<Entries, 'reponse'>;
  reponse: Uint8Array;
};

/** What a posted form holds, cleaned by the rules of each field. */
export function readEntries(behaviour: Behaviour, body: unknown): Entries {
  const posted: Posted = asPosted(body);
  return Object.fromEntries(
    fieldNames.map((name) => [name, behaviour.form.fields[name].clean(textOf(posted, name))]),
  ) as Entries;
}

/** What is wrong with a form, field by field in the order of the page. */
export function problemsOf(
  behaviour: Behaviour,
  entries: Entries,
  postedSiret: string,
  siret: string,
): Problem[] {
  const { form } = behaviour;
  const problems: Problem[] = [];
  const untouched = form.rules.siretUntouched(postedSiret, siret);
  if (untouched) problems.push({ field: 'siret', label: form.siretLabel, text: untouched });
  for (const name of fieldNames) {
    const text = problemOf(behaviour, name, entries);
    if (text) problems.push({ field: name, label: form.named(form.fields[name].label), text });
  }
  return problems;
}

function problemOf(behaviour: Behaviour, name: FieldName, entries: Entries): string | undefined {
  const { form } = behaviour;
  const value = entries[name];
  if (value === '') return form.fields[name].mandatory ? form.empty : undefined;
  const { limit } = form.fields[name];
  const length = characters(value);
  if (length > limit) return form.tooLong(limit, length);
  return form.fields[name].problem(value) ?? crossProblem(behaviour, name, entries);
}

/** Rules over two fields; they need both, so that an empty one is only told to be empty. */
function crossProblem({ form }: Behaviour, name: FieldName, entries: Entries): string | undefined {
  const { codePostal, courriel, courrielUtilisateur } = entries;
  const value = entries[name];
  if (name === 'codePostal') return form.rules.postalCodeKnown(form.towns.of(codePostal).length > 0);
  if (name === 'ville' && codePostal) return form.rules.townBelongs(value, form.towns.of(codePostal));
  if (name === 'confirmerCourriel' && courriel) return form.rules.courrielsEqual(courriel, value);
  if (name === 'confirmerCourrielUtilisateur' && courrielUtilisateur) {
    return form.rules.courrielsUtilisateurEqual(courrielUtilisateur, value);
  }
  return undefined;
}

/** Whether a mandatory field is empty. */
export function lacksMandatory(behaviour: Behaviour, entries: Entries): boolean {
  return fieldNames.some((name) => entries[name] === '' && behaviour.form.fields[name].mandatory);
}

type Row = {
  id: number;
  siret: string;
  recue: number;
  compte: number | null;
  acces_existant: number | null;
  courriel: string;
  courriel_utilisateur: string;
  champs: string;
  reponse: Uint8Array;
};

/** The demandes of a store. */
export type Demandes = ReturnType<typeof openDemandes>;

export function openDemandes(store: Store, behaviour: Behaviour, accounts: Accounts) {
  const { database } = store;
  const insert = database.prepare(
    `INSERT INTO demandes
     (session, jeton, siret, exclusif, etat, recue, courriel, courriel_utilisateur, champs, reponse)
     VALUES (?, ?, ?, ?, 'reçue', ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const insertStep = database.prepare(
    'INSERT OR IGNORE INTO etapes (demande, etape, echeance) VALUES (?, ?, ?)',
  );
  const sent = database.prepare('SELECT id FROM demandes WHERE session = ? AND jeton = ?');
  const pending = database.prepare("SELECT 1 FROM demandes WHERE siret = ? AND etat <> 'refusée'");
  const find = database.prepare('SELECT * FROM demandes WHERE id = ?');
  const setValidated = database.prepare(
    "UPDATE demandes SET etat = 'validée', compte = ?, acces_existant = ? WHERE id = ?",
  );
  const setRefused = database.prepare("UPDATE demandes SET etat = 'refusée' WHERE id = ?");
  const habilitated = database.prepare(
    "SELECT id FROM demandes WHERE siret = ? AND etat = 'habilitée' ORDER BY id DESC LIMIT 1",
  );
  const planRefusal = database.prepare('INSERT OR REPLACE INTO refus (siret, motif) VALUES (?, ?)');
  const takeRefusal = database.prepare('DELETE FROM refus WHERE siret = ? RETURNING motif');
  const otherOf = database.prepare(
    "SELECT 1 FROM demandes WHERE compte = ? AND id <> ? AND etat <> 'refusée'",
  );
  const setHabilitated = database.prepare("UPDATE demandes SET etat = 'habilitée' WHERE id = ?");

  return {
    /**
     * Keeps a demande and its first step in one transaction. The same session's same `jeton` answers the demande
     * that it made; `taken` when another demande has the SIRET.
     */
    keep(form: {
      session: string;
      jeton: string;
      siret: string;
      entries: Entries;
      now: number;
    }): number | 'taken' {
      const { session, jeton, siret, entries, now } = form;
      const { reponse, ...kept } = entries;
      const answer = accounts.keptAnswer(reponse);
      const { courriel, courrielUtilisateur } = entries;
      const { perForm, perSiret } = behaviour.form.once;
      return store.together(() => {
        const row = [
          session,
          perForm ? jeton : randomUUID(),
          siret,
          perSiret ? siret : null,
          now,
          courriel,
          courrielUtilisateur,
          JSON.stringify(kept),
          answer,
        ] as const;
        const { changes, lastInsertRowid } = insert.run(...row);
        if (changes === 0) return (sent.get(session, jeton) as { id: number } | undefined)?.id ?? 'taken';
        const id = Number(lastInsertRowid);
        this.addStep(id, 'validation', now + behaviour.backOffice.minutes.validation * 60_000);
        return id;
      });
    },
    addStep: (id: number, step: Step, due: number) => void insertStep.run(id, step, due),
    /** The demande that this form has already made. */
    sentBefore: (session: string, jeton: string) =>
      (sent.get(session, jeton) as { id: number } | undefined)?.id,
    /** Whether an establishment has a demande under way, or an account. */
    isTaken: (siret: string) => pending.get(siret) !== undefined || accounts.isHabilitated(siret),
    find(id: number): Demande | undefined {
      const row = find.get(id) as Row | undefined;
      if (!row) return undefined;
      const { champs, courriel_utilisateur: courrielUtilisateur, acces_existant: existing, ...rest } = row;
      return { ...rest, courrielUtilisateur, existingAccess: existing === 1, entries: JSON.parse(champs) };
    },
    setValidated: (id: number, compte: number, existingAccess: boolean) =>
      void setValidated.run(compte, existingAccess ? 1 : 0, id),
    setHabilitated: (id: number) => void setHabilitated.run(id),
    setRefused: (id: number) => void setRefused.run(id),
    /** The demande that habilitated an establishment. */
    habilitated(siret: string): Demande | undefined {
      const row = habilitated.get(siret) as { id: number } | undefined;
      return row && this.find(row.id);
    },
    /** Makes the next decision on an establishment a refusal for that reason; `takeRefusal` uses it up. */
    planRefusal: (siret: string, motif: string) => void planRefusal.run(siret, motif),
    takeRefusal: (siret: string): string | undefined =>
      (takeRefusal.get(siret) as { motif: string } | undefined)?.motif,
    /** Whether an account has another demande than that one. */
    hasOther: (compte: number, id: number): boolean => otherOf.get(compte, id) !== undefined,
  };
}
