import { afterAll, expect, test } from 'vitest';
import { contact, errorsOf, opening, sirets, startTrial, textOfPage, token, validForm } from '../trial.ts';

const trial = await startTrial();
afterAll(() => trial.close());
const [siret] = sirets;
const applicant = trial.visitor();
await applicant.openForm(siret);
await applicant.send(siret, { reponse: 'L’Été à Nîmes' });
await trial.advance(2.05);
const told = (label: string) =>
  trial.mails.map(({ text }) => new RegExp(`^${label} : (\\S+)$`, 'm').exec(text)?.[1]).findLast(Boolean) ??
  '';
const identifiant = told('Identifiant');
const question = validForm(siret).questionSecrete ?? '';
let hours = 2.05;
const at = (instant: number) => {
  hours = instant;
  return trial.advance(instant);
};
const soon = () => at(hours + 1.5);
const unanswered = 'zzz';

async function ask(identifiant: string) {
  const person = trial.visitor();
  await person.post('/aparts/mot-de-passe-oublie', { identifiant });
  const page = await person.get('/aparts/mot-de-passe-oublie/question');
  return {
    ...person,
    question: /<strong id="question">([^<]*)</.exec(page.body)?.[1],
    answer: (reponse: string) => person.post('/aparts/mot-de-passe-oublie/question', { reponse }),
  };
}

test('before the habilitation there is nothing to recover', async () => {
  const before = trial.mails.length;
  await trial.visitor().post('/aparts/identifiant-oublie', { siret, courriel: contact(siret) });
  const answer = await (await ask(identifiant)).answer('L’Été à Nîmes');
  expect(answer.statusCode).toBe(422);
  await at(2.1);
  expect(trial.mails).toHaveLength(before);
  await at(48);
});

test('the forgotten identifier goes to the account’s address only, once, with one answer for everybody', async () => {
  const before = trial.mails.length;
  const pages = [];
  for (const form of [
    { siret, courriel: contact(siret) },
    { siret, courriel: contact(siret) },
    { siret: siret.replace(/(\d{3})/g, '$1 '), courriel: contact(siret).toUpperCase() },
    { siret, courriel: `accueil.${siret}@guichet.test` },
    { siret: sirets[1], courriel: contact(siret) },
  ]) {
    const person = trial.visitor();
    const answer = await person.post('/aparts/identifiant-oublie', form);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/aparts/identifiant-oublie/envoye']);
    pages.push((await person.get('/aparts/identifiant-oublie/envoye')).body);
  }
  expect(new Set(pages).size).toBe(1);
  await soon();
  const [mail, ...others] = trial.mails.slice(before);
  expect(others).toEqual([]);
  expect(mail?.to).toEqual([contact(siret)]);
  expect(mail?.text).toMatch(new RegExp(`^Identifiant : ${identifiant}$`, 'm'));
  expect(mail?.text).not.toMatch(/mot de passe[^\n]* : /i);
});

test('the form of the forgotten identifier says what is wrong with what was typed', async () => {
  const answer = await trial.visitor().post('/aparts/identifiant-oublie', { siret: '12', courriel: 'a@@b' });
  expect(answer.statusCode).toBe(422);
  expect(errorsOf(answer)).toHaveLength(2);
  expect(errorsOf(await trial.visitor().post('/aparts/identifiant-oublie', {}))).toHaveLength(2);
});

test('an unknown identifier is asked a question of the list, always the same', async () => {
  expect((await ask(identifiant)).question).toBe(question);
  const asked = await Promise.all(['INCONNU', 'INCONNU', 'A', 'B', 'C', 'D', 'E', 'F'].map(ask));
  const questions = asked.map((one) => one.question);
  expect(questions[0]).toBe(questions[1]);
  expect(questions.every(Boolean)).toBe(true);
  expect(new Set(questions).size).toBeGreaterThan(1);
  const wrong = [await asked[0]?.answer(unanswered), await (await ask(identifiant)).answer(unanswered)];
  const [unknown, known] = wrong.map((one) =>
    textOfPage(one?.body ?? '').replace(/question secrète [^*]*/, ''),
  );
  expect(unknown).toBe(known);
});

test('the right answer mails a temporary password; the one before opens nothing, nor its sessions', async () => {
  const before = { mails: trial.mails.length, password: told('Mot de passe') };
  const signedIn = trial.visitor();
  const signIn = (motDePasse: string) =>
    trial.visitor().post('/aparts/connexion', { identifiant, motDePasse });
  await signedIn.post('/aparts/connexion', { identifiant, motDePasse: before.password });
  const person = await ask(identifiant);
  const answer = await person.answer("  l'ete a  NIMES ");
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/aparts/mot-de-passe-oublie/envoye']);
  expect((await person.get('/aparts/mot-de-passe-oublie/question')).statusCode).toBe(303);
  expect((await (await ask(identifiant)).answer('l’été à nîmes')).statusCode).toBe(303);
  await soon();
  const [mail, ...others] = trial.mails.slice(before.mails);
  expect(others).toEqual([]);
  expect(mail?.to).toEqual([contact(siret)]);
  expect(mail?.text).not.toContain(identifiant);
  expect((await signedIn.get('/aparts/espace')).statusCode).toBe(303);
  expect((await signIn(before.password)).statusCode).toBe(422);
  expect((await signIn(told('Mot de passe'))).headers.location).toBe('/aparts/espace');
});

test.each([
  ['known', () => identifiant],
  ['unknown', () => 'PERSONNE'],
])('a %s identifier may be tried five times an hour, in whatever session', async (_, who) => {
  const sessions = [await ask(who()), await ask(who())];
  for (let count = 0; count < 5; count++) {
    const answer = await sessions[count % 2]?.answer(unanswered);
    expect(textOfPage(answer?.body ?? '')).toContain('ce n’est pas la réponse attendue');
  }
  const blocked = await sessions[0]?.answer('L’Été à Nîmes');
  expect(textOfPage(blocked?.body ?? '')).toContain('Trop d’essais');
  await soon();
  const again = await (await ask(who())).answer('L’Été à Nîmes');
  expect(again.statusCode).toBe(who() === identifiant ? 303 : 422);
});

test('a session may try five times, whatever the identifier', async () => {
  const person = trial.visitor();
  const answers = [];
  for (const one of ['a', 'b', 'c', 'd', 'e', 'f']) {
    await person.post('/aparts/mot-de-passe-oublie', { identifiant: one });
    const page = await person.post('/aparts/mot-de-passe-oublie/question', { reponse: unanswered });
    answers.push(textOfPage(page.body).includes('Trop d’essais'));
  }
  expect(answers).toEqual([false, false, false, false, false, true]);
});

test('an account seeded with a question is recovered, one without is not', async () => {
  const headers = { 'x-test-token': token };
  const access = { siret: sirets[2], motDePasse: 'le mien', site: 'SYLAé' };
  const asked = { questionSecrete: question, reponse: 'Rouge' };
  for (const payload of [
    { ...access, ...asked, identifiant: 'SY-A', courriel: 'a@guichet.test' },
    { ...access, identifiant: 'SY-B', courriel: 'b@guichet.test' },
  ])
    await trial.app.inject({ method: 'POST', url: '/_test/acces', headers, payload });
  expect((await (await ask('SY-A')).answer('rouge')).statusCode).toBe(303);
  expect((await (await ask('SY-B')).answer('rouge')).statusCode).toBe(422);
  await soon();
  const last = trial.mails.at(-1);
  expect(last?.to).toEqual(['a@guichet.test']);
  expect(last?.date.getTime()).toBeGreaterThan(opening.getTime());
  const form = { identifiant: 'SY-A', motDePasse: told('Mot de passe') };
  expect((await trial.visitor().post('/sylae/connexion', form)).headers.location).toBe('/sylae/espace');
});
