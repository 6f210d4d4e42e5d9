import { afterAll, expect, test } from 'vitest';
import { contact, errorsOf, sirets, startTrial, textOfPage, token } from '../trial.ts';

const trial = await startTrial();
afterAll(() => trial.close());
const [siret] = sirets;
const paths = ['/aparts', '/sylae', '/apea'] as const;
const first = 'cheval pile agrafe';

async function seed(access: Record<string, string>) {
  const payload = { courriel: contact(siret), motDePasse: first, siret, ...access };
  const headers = { 'x-test-token': token };
  return (await trial.app.inject({ method: 'POST', url: '/_test/acces', headers, payload })).statusCode;
}

async function signIn(path: string, identifiant: string, motDePasse: string) {
  const person = trial.visitor();
  const answer = await person.post(`${path}/connexion`, { identifiant, motDePasse });
  return { ...person, answer };
}

const change = (path: string, form: Record<string, string>) => [`${path}/espace/mot-de-passe`, form] as const;

test('a sibling shows its own name and sign-in; an account opens it only with an access to it', async () => {
  expect(await seed({ identifiant: 'SY-seul', site: 'SYLAé', siret: sirets[1], courriel: 'a@e.fr' })).toBe(
    201,
  );
  for (const [path, name] of [
    ['/sylae', 'SYLAé'],
    ['/apea', 'APEA'],
  ] as const) {
    const page = await trial.app.inject(`${path}/`);
    expect(page.body).toContain(`<h1>${name}</h1>`);
    for (const word of ['Utilisateur :', 'Mot de passe :', 'Connexion', 'Annuler', 'Site de démonstration'])
      expect(textOfPage(page.body)).toContain(word);
    expect((await trial.app.inject(`${path}/espace`)).headers.location).toBe(`${path}/`);
  }
  const opened = await signIn('/sylae', 'SY-seul', first);
  expect(opened.answer.headers.location).toBe('/sylae/espace');
  expect(textOfPage((await opened.get('/sylae/espace')).body)).toContain('Votre accès à SYLAé est ouvert.');
  const elsewhere = await signIn('/apea', 'SY-seul', first);
  expect(elsewhere.answer.statusCode).toBe(422);
  expect(textOfPage(elsewhere.answer.body)).toContain('Ce compte n’a pas d’accès à APEA.');
});

test('a session of a sibling opens no other site, whatever cookie carries it', async () => {
  const { cookie } = await signIn('/sylae', 'SY-seul', first);
  const value = cookie().split('=')[1];
  for (const name of ['guichet_session', 'guichet_apea']) {
    const path = name === 'guichet_apea' ? '/apea' : '/aparts';
    const answer = await trial.app.inject({ url: `${path}/espace`, headers: { cookie: `${name}=${value}` } });
    expect(answer.headers.location).toBe(`${path}/`);
  }
});

test('an access seeded twice is refused, another site with the same password is added', async () => {
  expect(await seed({ identifiant: 'TOUS', site: 'SYLAé' })).toBe(201);
  expect(await seed({ identifiant: 'TOUS', site: 'SYLAé' })).toBe(409);
  expect(await seed({ identifiant: 'TOUS', site: 'APEA', motDePasse: 'un autre mot' })).toBe(409);
  expect(await seed({ identifiant: 'TOUS', site: 'APEA' })).toBe(201);
  expect(await seed({ identifiant: 'TOUS', site: 'autre site' })).toBe(201);
});

test('a change on any site goes for all: the new password opens each, the old one none', async () => {
  const person = trial.visitor();
  await person.openForm(siret);
  await person.send(siret);
  await trial.advance(48);
  let password = first;
  for (const path of paths) {
    const next = `${password} ${path}`;
    const signedIn = await signIn(path, 'TOUS', password);
    const form = { motDePasseActuel: password, nouveauMotDePasse: next, confirmerMotDePasse: next };
    const answer = await signedIn.post(...change(path, form));
    expect(answer.headers.location).toBe(`${path}/espace?enregistre=oui`);
    expect(textOfPage((await signedIn.get(`${path}/espace?enregistre=oui`)).body)).toContain(
      'est enregistré',
    );
    for (const site of paths) {
      expect((await signIn(site, 'TOUS', password)).answer.statusCode, site).toBe(422);
      expect((await signIn(site, 'TOUS', next)).answer.statusCode, site).toBe(303);
    }
    password = next;
  }
});

test('a change asks for the current password, a long one, twice the same, that is new', async () => {
  await seed({ identifiant: 'EXIGEANT', site: 'APEA' });
  const person = await signIn('/apea', 'EXIGEANT', first);
  const ask = async (motDePasseActuel: string, nouveauMotDePasse: string, confirmerMotDePasse: string) =>
    errorsOf(
      await person.post(...change('/apea', { motDePasseActuel, nouveauMotDePasse, confirmerMotDePasse })),
    );
  const next = 'nuage tambour lampe';
  expect((await ask('', next, next))[0]).toContain('ce champ est obligatoire.');
  expect((await ask('faux', next, next))[0]).toContain('ce n’est pas votre mot de passe actuel.');
  expect((await ask(first, 'court', 'court'))[0]).toContain('12 caractères au moins');
  expect((await ask(first, next, `${next}s`))[0]).toContain('sont différents');
  expect((await ask(first, first, first))[0]).toContain('que vous n’aviez pas déjà');
  expect(await ask(first, next, next)).toEqual([]);
  expect((await ask(next, first, first))[0]).toContain('que vous n’aviez pas déjà');
});

test('a change ends the other sessions of the account, not its own', async () => {
  await seed({ identifiant: 'DEUX', site: 'SYLAé' });
  const [one, other] = [await signIn('/sylae', 'DEUX', first), await signIn('/sylae', 'DEUX', first)];
  const next = 'nuage tambour lampe';
  const form = { motDePasseActuel: first, nouveauMotDePasse: next, confirmerMotDePasse: next };
  await one.post(...change('/sylae', form));
  expect((await one.get('/sylae/espace')).statusCode).toBe(200);
  expect((await other.get('/sylae/espace')).headers.location).toBe('/sylae/');
});
