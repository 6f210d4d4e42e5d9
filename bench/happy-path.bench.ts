import { expect, test } from '@playwright/test';
import { demandeOf } from '../fixtures/people.ts';
import { startEmbedded } from '../harness/target/embedded.ts';

// Plain Playwright as anybody would write it: no requirement, no evidence, no verdict.
test('happy path, sign-in included', async ({ page }) => {
  const { profile, environment, mailUrl, close } = await startEmbedded();
  const headers = { 'x-test-token': environment.GUICHET_TEST_TOKEN ?? '' };
  const person = demandeOf(Date.now(), 'bench', profile.mailDomain);

  await page.goto(profile.baseUrl);
  await page.getByRole('link', { name: 'CRÉER MON ESPACE' }).click();
  await page.getByLabel('N° de Siret').fill(person.siret);
  const { code } = await (
    await page.request.get(new URL('/_test/code', profile.baseUrl).href, { headers })
  ).json();
  await page.getByLabel('Recopier le code ci-contre').fill(code);
  await page.getByLabel(/J.accepte/).check();
  await page.getByRole('button', { name: 'VALIDER' }).click();
  await page.getByLabel('Code postal').fill(person.codePostal);
  await page.getByLabel('Code postal').press('Tab');
  await page.getByLabel('Ville').selectOption({ label: person.ville });
  for (const [label, value] of [
    ["Dénomination de l'établissement *", person.denomination],
    ['Libellé de la voie *', person.libelleVoie],
    ['Téléphone fixe *', person.telephone],
    ['Courriel établissement *', person.courriel],
    ['Confirmer courriel établissement *', person.courriel],
    ['Nom *', person.nom],
    ['Prénom *', person.prenom],
    ['Téléphone *', person.telephoneUtilisateur],
    ['Courriel *', person.courrielUtilisateur],
    ['Confirmer courriel *', person.courrielUtilisateur],
    ['Réponse *', person.reponse],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.getByLabel('Question secrète').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'ENVOYER' }).click();
  await expect(page.getByRole('button', { name: 'ENVOYER' })).toBeHidden();

  const clock = new URL('/_test/clock', profile.baseUrl).href;
  const { now } = await (await page.request.get(clock, { headers })).json();
  const to = new Date(Date.parse(now) + 48 * 3_600_000).toISOString();
  await page.request.post(`${clock}/advance`, { headers, data: { to } });
  const { items } = await (await page.request.get(`${mailUrl}/api/v2/messages`)).json();
  const mails: string[] = items.map((item: { Raw: { Data: string } }) => item.Raw.Data);
  const find = (pattern: RegExp) => mails.map((mail) => pattern.exec(mail)?.[1]).find(Boolean) ?? '';
  await page.goto(profile.baseUrl);
  await page.getByLabel('Utilisateur').fill(find(/Identifiant : (\S+)/));
  await page.getByLabel('Mot de passe').fill(find(/Mot de passe : (\S+)/));
  await page.getByRole('button', { name: 'Connexion' }).click();
  await expect(page.getByRole('button', { name: 'Connexion' })).toBeHidden();
  await close();
});
