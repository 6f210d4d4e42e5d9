import { afterAll, expect, test } from 'vitest';
import { contact, sirets, startTrial, textOfPage, token } from '../trial.ts';

const trial = await startTrial();
afterAll(() => trial.close());
const [siret] = sirets;
const connexion = '/aparts/connexion';

const applicant = trial.visitor();
await applicant.openForm(siret);
await applicant.send(siret);
await trial.advance(2.5);
const told = (label: string) =>
  trial.mails.map(({ text }) => new RegExp(`^${label} : (\\S+)$`, 'm').exec(text)?.[1]).find(Boolean) ?? '';
const identifiant = told('Identifiant');
const motDePasse = told('Mot de passe');
const own = 'cheval pile agrafe';

test('the account opens with the habilitation, not before', async () => {
  const own = await startTrial();
  const person = own.visitor();
  await person.openForm(siret);
  await person.send(siret);
  await own.advance(2.05);
  const texts = own.mails.map(({ text }) => text).join();
  const form = {
    identifiant: /Identifiant : (\S+)/.exec(texts)?.[1] ?? '',
    motDePasse: /Mot de passe : (\S+)/.exec(texts)?.[1] ?? '',
  };
  const early = await person.post(connexion, form);
  expect(early.statusCode).toBe(422);
  expect(textOfPage(early.body)).toContain('n’est pas encore habilité');
  await own.advance(48);
  expect((await person.post(connexion, form)).headers.location).toBe('/aparts/espace');
  await own.close();
});

test('unknown identifier and wrong password are told in the same words, which are escaped', async () => {
  const person = trial.visitor();
  const texts = [];
  for (const form of [
    { identifiant: 'inconnu', motDePasse },
    { identifiant, motDePasse: 'faux' },
    { identifiant, motDePasse: '' },
    { identifiant: '', motDePasse: '' },
  ]) {
    const answer = await person.post(connexion, form);
    expect(answer.statusCode).toBe(422);
    texts.push(textOfPage(answer.body));
  }
  expect(new Set(texts).size).toBe(1);
  expect((await person.post(connexion, { identifiant: '"><b>' })).body).not.toContain('"><b>');
  expect((await person.get('/aparts/espace')).headers.location).toBe('/aparts/');
});

test('the mailed identifier and password open the space, which shows the establishment', async () => {
  const person = trial.visitor();
  const answer = await person.post(connexion, { identifiant, motDePasse: ` ${motDePasse} ` });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/aparts/espace']);
  const space = textOfPage((await person.get('/aparts/espace')).body);
  expect(space).toContain(siret);
  expect(space).toContain('Dupont & Fils');
  expect(space).toContain('Votre mot de passe est temporaire');
  await person.post('/aparts/deconnexion', {});
  expect((await person.get('/aparts/espace')).headers.location).toBe('/aparts/');
});

test('a sign-in gives a session of its own', async () => {
  const person = trial.visitor();
  await person.get('/aparts/creation');
  const before = person.cookie();
  await person.post(connexion, { identifiant, motDePasse });
  expect(person.cookie()).not.toBe(before);
});

test('the temporary password is replaced by the user’s own', async () => {
  const person = trial.visitor();
  await person.post(connexion, { identifiant, motDePasse });
  const change = (nouveauMotDePasse: string, confirmerMotDePasse: string) =>
    person.post('/aparts/espace/mot-de-passe', { nouveauMotDePasse, confirmerMotDePasse });
  expect(textOfPage((await change('court', 'court')).body)).toContain('12 caractères au moins');
  expect(textOfPage((await change(own, `${own}s`)).body)).toContain('sont différents');
  expect((await change(own, own)).statusCode).toBe(303);
  expect((await person.post(connexion, { identifiant, motDePasse })).statusCode).toBe(422);
  expect((await person.post(connexion, { identifiant, motDePasse: own })).statusCode).toBe(303);
  expect((await person.get('/aparts/espace')).body).not.toContain('nouveauMotDePasse');
});

test.each(['siret', 'courriel'] as const)(
  'an access known by its %s opens with its own password',
  async (key) => {
    const own = await startTrial();
    const access = { identifiant: 'SY1234', motDePasse: 'le mien depuis longtemps', site: 'SYLAé' };
    const known = { siret: sirets[1], courriel: 'autre@guichet.test', ...access };
    await own.app.inject({
      method: 'POST',
      url: '/_test/acces',
      headers: { 'x-test-token': token },
      payload: { ...known, [key]: key === 'siret' ? siret : contact(siret) },
    });
    const person = own.visitor();
    expect((await person.post(connexion, access)).statusCode).toBe(422);
    await person.openForm(siret);
    await person.send(siret);
    await own.advance(48);
    expect(own.mails.map(({ subject, to }) => [subject, to])).toEqual([
      ["Habilitation à l'activité partielle", [contact(siret)]],
    ]);
    expect((await person.post(connexion, access)).headers.location).toBe('/aparts/espace');
    expect(textOfPage((await person.get('/aparts/espace')).body)).not.toContain('temporaire');
    await own.close();
  },
);

test('a password change without a sign-in changes nothing', async () => {
  const answer = await trial.visitor().post('/aparts/espace/mot-de-passe', { nouveauMotDePasse: own });
  expect(answer.headers.location).toBe('/aparts/');
});
