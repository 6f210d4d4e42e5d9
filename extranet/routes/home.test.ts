import { afterAll, expect, test } from 'vitest';
import { startTrial, textOfPage } from '../trial.ts';

const trial = await startTrial();
afterAll(() => trial.close());

const seed = [
  'ACTIVITÉ PARTIELLE',
  '?',
  "BESOIN D'AIDE ?",
  'Consultez notre base de connaissances ou contactez le support technique .',
  'MA PREMIÈRE CONNEXION',
  "Pour accéder à vos services en ligne, vous devez d'abord créer un espace pour l'entreprise que vous représentez. Pour cela, munissez-vous au préalable de votre SIRET avant de commencer la procédure.",
  'CRÉER MON ESPACE',
  'Vous êtes EXPERT-COMPTABLE et vous représentez un établissement ?',
  'CONTRAT DE PRESTATION',
  'MON ESPACE PERSONNEL',
  'Utilisateur :',
  'Mot de passe :',
  'Annuler Connexion',
  "J'ai oublié mon identifiant",
  "J'ai oublié mon mot de passe",
  "Simulation de l'indemnisation de l'employeur en cas d'activité partielle",
  'Mentions légales',
  "Conditions générales d'utilisation",
  'Contactez le support technique',
];

test('the home page says what the procedure shows, in its order', async () => {
  const answer = await trial.app.inject('/aparts/');
  expect(answer.statusCode).toBe(200);
  const text = textOfPage(answer.body);
  let from = text.indexOf('Aller au contenu');
  for (const sentence of seed) {
    const at = text.indexOf(sentence, from);
    expect(at, sentence).toBeGreaterThanOrEqual(0);
    from = at + sentence.length;
  }
});

test('every link of the home page answers with a page that has a text', async () => {
  const home = await trial.app.inject('/aparts/');
  const links = [...home.body.matchAll(/href="(\/[^"]*)"/g)].map(([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(10);
  for (const link of new Set(links)) {
    const answer = await trial.app.inject(link);
    expect(answer.statusCode, link).toBe(200);
    expect(answer.body.length, link).toBeGreaterThan(100);
  }
});

test('the root leads to the home page', async () => {
  const answer = await trial.app.inject('/');
  expect([answer.statusCode, answer.headers.location]).toEqual([302, '/aparts/']);
  expect((await trial.app.inject('/aparts')).statusCode).toBe(200);
});

test('the support page gives the spam advice, then each means with its territory and price', async () => {
  const text = textOfPage((await trial.app.inject('/aparts/support')).body);
  const sentences = [
    'vérifier le dossier « SPAM » ou « courrier indésirable »',
    'contact-ap@asp-public.fr',
    '0820 722 111 Service 0,15 € / appel + prix appel pour la Métropole.',
    '0821 401 400 Service 0,15 € / appel + prix appel pour les DOM.',
  ];
  const places = sentences.map((sentence) => text.indexOf(sentence));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});
