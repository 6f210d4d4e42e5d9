import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Accounts } from './account.ts';
import type { Behaviour } from './behaviour.ts';
import type { Letter } from './mails.ts';
import type { Outbox } from './outbox.ts';
import type { Sessions } from './session.ts';
import type { Store } from './store.ts';

type Parts = {
  store: Store;
  behaviour: Behaviour;
  accounts: Accounts;
  sessions: Sessions;
  outbox: Outbox;
};
const minute = 60_000;

/** Gives back identifiers and passwords, by mail to the address of the account and to no other. */
export type Recovery = ReturnType<typeof openRecovery>;

export function openRecovery({ store, behaviour, accounts, sessions, outbox }: Parts) {
  const { database, answerKey } = store;
  const lastMail = database.prepare('SELECT envoye FROM rappels WHERE compte = ? AND genre = ?');
  const noteMail = database.prepare(
    'INSERT OR REPLACE INTO rappels (compte, genre, envoye) VALUES (?, ?, ?)',
  );
  const tries = database.prepare('SELECT nombre FROM essais WHERE cle = ? AND expire > ?');
  const addTry = database.prepare(
    `INSERT INTO essais (cle, nombre, expire) VALUES (?, 1, ?)
     ON CONFLICT DO UPDATE SET nombre = nombre + 1`,
  );
  const forgetTries = database.prepare('DELETE FROM essais WHERE cle = ?');
  const forgetExpired = database.prepare('DELETE FROM essais WHERE expire <= ?');
  // What people type as an identifier is not kept in clear: some type their password.
  const keyed = (text: string) => createHmac('sha256', answerKey).update(text).digest();

  /** Writes a mail unless the same was asked for a moment ago; `compose` runs only then. */
  function remind(
    account: { id: number; courriel: string },
    kind: 'identifiant' | 'motDePasse',
    now: number,
    compose: () => Letter,
  ) {
    const last = lastMail.get(account.id, kind) as { envoye: number } | undefined;
    if (last && now < last.envoye + behaviour.recovery.minutesBetweenMails * minute) return;
    noteMail.run(account.id, kind, now);
    outbox.write(compose(), account.courriel, now);
  }

  /** Counts a try; false once that key has had its share. */
  function mayTry(key: string, now: number): boolean {
    const { tries: most, triesMinutes } = behaviour.recovery.motDePasse;
    forgetExpired.run(now);
    const made = (tries.get(key, now) as { nombre: number } | undefined)?.nombre ?? 0;
    if (made >= most) return false;
    addTry.run(key, now + triesMinutes * minute);
    return true;
  }

  return {
    /** Mails the identifier to the accounts of that SIRET with that address; answers whether there was one. */
    sendIdentifiant(siret: string, courriel: string, now: number): boolean {
      const typed = courriel.toLowerCase();
      const found = accounts.holdersOf(siret).filter((one) => one.courriel.toLowerCase() === typed);
      store.together(() => {
        for (const account of found) {
          const compose = () => behaviour.mails.reminders.identifiant(account.identifiant);
          remind(account, 'identifiant', now, compose);
        }
      });
      return found.length > 0;
    },
    isKnown: (identifiant: string): boolean => accounts.holder(identifiant) !== undefined,
    /** The secret question of an identifier; for an unknown one always the same of the list. */
    questionOf(identifiant: string): string {
      const { choices } = behaviour.form.fields.questionSecrete;
      const plausible = choices[keyed(`question ${identifiant}`).readUInt32BE() % choices.length] ?? '';
      return accounts.holder(identifiant)?.question ?? plausible;
    },
    /**
     * Mails a new temporary password when the answer is right; the one before opens nothing from then on, and the
     * account is signed out everywhere.
     */
    answer(
      given: { session: string; identifiant: string; reponse: string },
      now: number,
    ): 'sent' | 'wrong' | 'blocked' {
      const keys = [`session ${given.session}`, `identifiant ${given.identifiant}`].map((text) =>
        keyed(text).toString('base64'),
      );
      return store.together(() => {
        if (!keys.map((key) => mayTry(key, now)).every(Boolean)) return 'blocked';
        const account = accounts.holder(given.identifiant);
        const expected = account?.reponse;
        if (!account || !expected) return 'wrong';
        if (!timingSafeEqual(expected, accounts.keptAnswer(given.reponse))) return 'wrong';
        for (const key of keys) forgetTries.run(key);
        sessions.endOf(account.id);
        remind(account, 'motDePasse', now, () => {
          const drawn = accounts.drawPassword(account.id, 'Activité Partielle');
          return behaviour.mails.reminders.motDePasse(drawn);
        });
        return 'sent';
      });
    },
  };
}
