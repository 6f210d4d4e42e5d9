import { setTimeout } from 'node:timers/promises';
import type { Accounts } from './account.ts';
import type { Behaviour, Step } from './behaviour.ts';
import type { Clock } from './clock.ts';
import type { Demande, Demandes } from './demande.ts';
import type { Correspondents, MailFacts, MailKind } from './mails.ts';
import { workDone } from './opening-hours.ts';
import type { Outbox } from './outbox.ts';
import type { Store } from './store.ts';
import type { WebLoad } from './web-load.ts';

/** Takes demandes from ENVOYER to the habilitation. */
export type BackOffice = {
  /** Something new may be due: sets the alarm again. */
  notice(): void;
  /** Calls the alarm off, waits a moment for the work under way, and closes the outbox. */
  close(): Promise<void>;
};

type Task = { id: number; demande: number; etape: Step; echeance: number };
type Parts = {
  store: Store;
  behaviour: Behaviour;
  clock: Clock;
  accounts: Accounts;
  demandes: Demandes;
  outbox: Outbox;
  webLoad: WebLoad;
};

const minute = 60_000;
/** How long closing waits for mails that are being handed over, in ms. */
const patience = 2_000;
/** How many steps are done in one transaction. */
const batch = 200;

/** Starts with what the store holds: a restart goes on where the last run stopped. */
export function openBackOffice(parts: Parts): BackOffice {
  const { store, behaviour, clock, accounts, demandes, outbox, webLoad } = parts;
  const { database } = store;
  const dueTasks = database.prepare(
    `SELECT id, demande, etape, echeance FROM etapes WHERE echeance <= ? ORDER BY echeance, id LIMIT ${batch}`,
  );
  const firstTask = database.prepare('SELECT MIN(echeance) AS instant FROM etapes');
  const removeTask = database.prepare('DELETE FROM etapes WHERE id = ?');
  const addAgent = database.prepare('INSERT OR IGNORE INTO agents (id, libre) VALUES (?, 0)');
  const freeAgent = database.prepare('SELECT id, libre FROM agents WHERE id < ? ORDER BY libre, id LIMIT 1');
  const keepBusy = database.prepare('UPDATE agents SET libre = ? WHERE id = ?');
  for (let id = 0; id < behaviour.backOffice.agents; id++) addAgent.run(id);

  let closed = false;
  let armedFor: number | undefined;
  let pausedUntil = 0;
  let callOff = () => {};
  let working: Promise<void> | undefined;

  function notice(): void {
    if (closed || working) return;
    const { instant } = firstTask.get() as { instant: number | null };
    const first = Math.min(instant ?? Number.POSITIVE_INFINITY, outbox.nextDue() ?? Number.POSITIVE_INFINITY);
    const due = Math.max(first, pausedUntil);
    if (due === (armedFor ?? Number.POSITIVE_INFINITY)) return;
    callOff();
    armedFor = due === Number.POSITIVE_INFINITY ? undefined : due;
    if (armedFor !== undefined) callOff = clock.wake(new Date(armedFor), work);
  }

  async function work(): Promise<void> {
    armedFor = undefined;
    working = doDue();
    try {
      await working;
    } catch (error) {
      // Nothing is lost: the step is still in the store. Said without its data, which may be secret.
      console.error(`Back office: ${(error as Error).message}`);
      pausedUntil = clock.now().getTime() + minute;
    }
    working = undefined;
    notice();
  }

  async function doDue(): Promise<void> {
    for (;;) {
      const tasks = dueTasks.all(clock.now().getTime()) as Task[];
      if (tasks.length === 0) break;
      store.together(() => {
        for (const task of tasks) {
          doStep(task);
          removeTask.run(task.id);
        }
      });
    }
    await outbox.flush();
  }

  function doStep({ demande: id, etape, echeance }: Task): void {
    const demande = demandes.find(id);
    if (!demande) return;
    const decides = etape === 'validation' || etape === behaviour.backOffice.byAgent;
    const motif = decides ? demandes.takeRefusal(demande.siret) : undefined;
    if (motif !== undefined) {
      refuse(demande, motif);
      return;
    }
    if (etape === 'validation') validate(demande);
    const { firstAccess, existingAccess, mails, coupling } = behaviour.backOffice;
    const steps = demande.existingAccess ? existingAccess : firstAccess;
    const at = steps.indexOf(etape);
    const visits = webLoad.hourBefore(demande.recue);
    const facts = carryOut(etape, demande, echeance);
    if (at === 1 && coupling.loses(id, visits)) for (const _ of mails[etape]) outbox.lose(demande.recue);
    else writeLetters(parts, mails[etape], demande, facts);
    const next = steps[at + 1];
    if (!next) return;
    const late = at + 2 === steps.length ? coupling.extraMinutes(visits) * minute : 0;
    demandes.addStep(id, next, dueOf(next, echeance) + late);
  }

  /** Refuses a demande with its mail; the SIRET may be asked again, and the account made for it goes. */
  function refuse(demande: Demande, motif: string): void {
    const { id, compte } = demande;
    demandes.setRefused(id);
    if (compte !== null && !demandes.hasOther(compte, id)) accounts.remove(compte);
    writeLetters(parts, behaviour.backOffice.mailsOfRefusedDemande, demande, { motif });
  }

  /** Finds or makes the account; an existing one keeps its identifier and password. */
  function validate(demande: Demande): void {
    const { siret, courrielUtilisateur: courriel, entries, reponse } = demande;
    const existing = accounts.existing({ siret, courriel });
    demande.compte =
      existing ?? accounts.create({ courriel, siret, question: entries.questionSecrete, reponse });
    demande.existingAccess = existing !== undefined;
    demandes.setValidated(demande.id, demande.compte, demande.existingAccess);
  }

  /** Does what a step does to the account; answers what its mails tell. */
  function carryOut(etape: Step, { id, siret, compte, entries }: Demande, now: number): Partial<MailFacts> {
    if (compte === null) return {};
    const identifiant = behaviour.account.mailedIdentifiant(accounts.find(compte)?.identifiant ?? '');
    if (etape === 'motDePasse') {
      return { identifiant, motDePasse: behaviour.account.mailedPassword(accounts.drawPassword(compte)) };
    }
    if (etape === 'habilitation') {
      accounts.habilitate(compte, { siret, denomination: entries.denomination }, now);
      demandes.setHabilitated(id);
    }
    return { identifiant };
  }

  /** When a step that follows another at `after` (ms) is done. */
  function dueOf(step: Step, after: number): number {
    const start = after + behaviour.backOffice.minutes[step] * minute;
    const { byAgent, agents, minutesPerDemande, opening } = behaviour.backOffice;
    if (step !== byAgent) return start;
    const agent = freeAgent.get(agents) as { id: number; libre: number };
    const done = workDone(Math.max(start, agent.libre), minutesPerDemande, opening);
    keepBusy.run(done, agent.id);
    return done;
  }

  notice();
  return {
    notice,
    close: async () => {
      closed = true;
      callOff();
      await Promise.race([working, setTimeout(patience, undefined, { ref: false })]);
      outbox.close();
      await working?.catch(() => {});
    },
  };
}

/** Writes the mails of those kinds about a demande to the outbox, for who `recipients` says. */
export function writeLetters(
  { behaviour, clock, outbox }: Pick<Parts, 'behaviour' | 'clock' | 'outbox'>,
  kinds: readonly MailKind[],
  demande: Correspondents & {
    siret: string;
    entries: Pick<MailFacts, 'prenom' | 'nom' | 'denomination'>;
  },
  facts: Partial<MailFacts>,
): void {
  const { prenom, nom, denomination } = demande.entries;
  for (const kind of kinds) {
    const letter = behaviour.mails.letters[kind]({
      prenom,
      nom,
      denomination,
      siret: demande.siret,
      ...facts,
    });
    for (const recipient of behaviour.mails.recipients(demande, kind)) {
      outbox.write(letter, recipient, clock.now().getTime());
    }
  }
}
