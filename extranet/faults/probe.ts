import type { LightMyRequestResponse } from 'fastify';
import type { FieldName } from '../fields.ts';
import { contact, sirets, type startTrial, token } from '../trial.ts';

/** An extranet under observation; sound or broken, the probe does not know. */
export type Trial = Awaited<ReturnType<typeof startTrial>>;

/**
 * What a user would see of the extranet, as a value that JSON can hold. The same acts against a sound extranet give the
 * same value, apart from what is drawn at random (`withoutDraws` removes it); against one with the fault, another.
 */
export type Probe = (trial: Trial) => Promise<unknown>;

const [siret, other] = sirets;

/** The markup of a page. */
export function page(url: string): Probe {
  return async (trial) => seen(await trial.visitor().get(url));
}

/** The answer to a form sent to `url` by someone who opened that page. */
export function posted(url: string, form: Record<string, string>): Probe {
  return async (trial) => {
    const person = trial.visitor();
    await person.get(url);
    return seen(await person.post(url, form));
  };
}

/** The answer to the SIRET step, valid but for `changes`. */
export function siretStep(changes: Record<string, string> = {}): Probe {
  return async (trial) => {
    const person = trial.visitor();
    await person.get('/aparts/creation');
    const valid = { siret, code: await person.code(), cgu: 'oui' };
    return seen(await person.post('/aparts/creation', { ...valid, ...changes }));
  };
}

/** The form's page, after the SIRET step. */
export const form: Probe = async (trial) => seen(await trial.visitor().openForm(siret));

/** The markup of one field of the form, its label and hint included; null when it is not there. */
export function formField(name: FieldName): Probe {
  return async (trial) => {
    const { body } = await trial.visitor().openForm(siret);
    return body.split('<div class="field ').find((part) => part.includes(`name="${name}"`)) ?? null;
  };
}

/** The towns that the page's script is given for a postal code. */
export function towns(codePostal: string): Probe {
  return async (trial) => (await trial.visitor().get(`/aparts/communes?codePostal=${codePostal}`)).json();
}

/** The home page, and the style sheet of all pages. */
export const home: Probe = page('/aparts/');
export const styles: Probe = page('/aparts/assets/style.css');

/** The mails after one person has sent a demande twice: the same form, or that of a second tab. */
export function sentAgain(how: 'same form' | 'second tab'): Probe {
  return async (trial) => {
    const person = trial.visitor();
    await person.openForm(siret);
    const jeton = 'one';
    await person.send(siret, { jeton });
    await person.send(siret, { jeton: how === 'same form' ? jeton : 'two' });
    return await mailsBy(trial, 96);
  };
}

/** What two people are answered who ask for the same SIRET, both forms open before the first is sent; and their mails. */
export const rivals: Probe = async (trial) => {
  const people = [trial.visitor(), trial.visitor()];
  const own = { courrielUtilisateur: 'b@guichet.test', confirmerCourrielUtilisateur: 'b@guichet.test' };
  for (const person of people) await person.openForm(siret);
  const answers: number[] = [];
  for (const [at, person] of people.entries())
    answers.push((await person.send(siret, at === 0 ? {} : own)).statusCode);
  return [answers, await mailsBy(trial, 96)];
};

async function mailsBy(trial: Trial, hours: number): Promise<string[]> {
  await trial.advance(hours);
  return trial.mails.map(({ to, subject }) => `${to.join()} ${subject}`).sort();
}

/** The answer to ENVOYER, valid but for `changes`, and the page after it. */
export function envoyer(changes: Record<string, string> = {}): Probe {
  return async (trial) => {
    const person = trial.visitor();
    await person.openForm(siret);
    const answer = await person.send(siret, changes);
    const next = answer.headers.location;
    return [seen(answer), next ? seen(await person.get(String(next))) : null];
  };
}

/** The mails that have come so many hours after a valid demande, to whom, from whom and what they say. */
export function mailsAfter(hours: number, changes: Record<string, string> = {}): Probe {
  return async (trial) => {
    const person = trial.visitor();
    await person.openForm(siret);
    await person.send(siret, changes);
    await trial.advance(hours);
    return received(trial);
  };
}

/** The mails of two people who send their demandes at the same instant. */
export function mailsOfTwo(hours: number): Probe {
  return async (trial) => {
    for (const one of [siret, other]) {
      const person = trial.visitor();
      await person.openForm(one);
      await person.send(one);
    }
    await trial.advance(hours);
    return received(trial);
  };
}

/** The mails in an order of their own, since those of an instant come in any; and how many Message-IDs they share. */
function received({ mails }: Trial): unknown {
  const seenMails = mails.map(({ to, from, subject, text, raw }) => {
    const headers = raw.slice(0, raw.indexOf('\r\n\r\n'));
    return JSON.stringify([to, from, subject, withoutDraws(text), withoutDraws(headers)]);
  });
  return [seenMails.sort(), new Set(mails.map(({ messageId }) => messageId)).size];
}

/** The mails of a demande for an establishment that has an access to another site. */
export function mailsOfExisting(hours: number): Probe {
  return async (trial) => {
    const access = { siret, courriel: contact(siret), identifiant: 'SY1', motDePasse: 'x', site: 'SYLAé' };
    const headers = { 'x-test-token': token };
    await trial.app.inject({ method: 'POST', url: '/_test/acces', headers, payload: access });
    return mailsAfter(hours)(trial);
  };
}

/** Status, place and content of an answer; what is drawn at random is removed. */
export function seen(answer: LightMyRequestResponse): unknown {
  return [answer.statusCode, answer.headers.location ?? null, withoutDraws(answer.body)];
}

/** A text without one-time tokens, pictures of codes, drawn identifiers and passwords, message ids and boundaries. */
function withoutDraws(text: string): string {
  return text
    .replace(/(name="jeton" value=")[^"]*/g, '$1')
    .replace(/data:image\/[^"')]*/g, 'data:')
    .replace(/(Identifiant|Mot de passe) : \S+/g, '$1 : …')
    .replace(/<[^<>@\s]+@/g, '<…@')
    .replace(/(boundary="?|_Part_|--_NmP-)[^"\s;]*/g, '$1…');
}
