import { press, visibleText } from '../fixtures/screens/act.ts';
import { allLabels, control, field, held, labels } from '../fixtures/screens/fields.ts';
import { fillForm, fillOptional, send } from '../fixtures/screens/form.ts';
import { createSpace, openHome } from '../fixtures/screens/home.ts';
import { fillSiretStep, isForm, isSiretStep } from '../fixtures/screens/siret.ts';
import { names, says } from '../fixtures/screens/words.ts';
import { expect, test } from '../fixtures/test.ts';

test('Un employeur demande son espace avec les seules informations obligatoires', async ({
  site,
  demande,
  verify,
  scene,
}) => {
  const { page } = site;
  // Only what the procedure lists as mandatory: the optional fields stay empty.
  const person = { ...demande(), numeroVoie: '' };

  const status = await openHome(site);
  await scene('Page d’accueil');
  await verify('HOME-01', 'la page d’accueil répond 200 et permet de créer un compte', async () => {
    expect(status, 'code HTTP de la page d’accueil').toBe(200);
    expect(await createSpace(site).isVisible(), 'CRÉER MON ESPACE est visible').toBe(true);
    return `HTTP ${status}`;
  });
  await verify('HOME-10', '« CRÉER MON ESPACE » est visible et actif', async () => {
    expect(await createSpace(site).isVisible(), 'CRÉER MON ESPACE est visible').toBe(true);
    expect(await createSpace(site).isEnabled(), 'CRÉER MON ESPACE est actif').toBe(true);
  });
  await press(page, createSpace(site));
  await scene('Étape SIRET');
  await verify('HOME-11', '« CRÉER MON ESPACE » mène à l’étape SIRET sans authentification', async () => {
    expect(await isSiretStep(site), 'l’étape SIRET est affichée').toBe(true);
    return new URL(page.url()).pathname;
  });

  await fillSiretStep(site, { siret: person.siret });
  const opened = await press(page, control(site, 'VALIDER'));
  const complaint = opened.said.join(' / ');
  await verify('SIRET-05', 'un SIRET de 14 chiffres non inscrit est accepté', async () => {
    const blamed = !(await isForm(site)) && names(opened.said, labels.siret, allLabels);
    expect(blamed, `message sur le SIRET : ${complaint}`).toBe(false);
    return `${person.siret} accepté`;
  });
  await verify('SIRET-13', 'le code affiché, recopié exactement, est accepté', async () => {
    const blamed = !(await isForm(site)) && says(opened.said, 'code');
    expect(blamed, `message sur le code : ${complaint}`).toBe(false);
  });
  await verify('SIRET-27', 'SIRET, code et CGU corrects : VALIDER mène au formulaire', async () => {
    expect(await isForm(site), `le formulaire est affiché (${complaint})`).toBe(true);
  });

  await verify('FORM-04', 'le formulaire affiche le SIRET saisi, inchangé', async () => {
    const shown = (await visibleText(page)).replace(/\s/g, '');
    const entered = await page
      .locator('input:visible')
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    expect(
      shown.includes(person.siret) || entered.includes(person.siret),
      `le SIRET ${person.siret} est affiché`,
    ).toBe(true);
  });
  await fillForm(site, person, { byHand: true });
  await scene('Formulaire rempli');
  await verify(
    'FORM-62',
    'les deux adresses de l’utilisateur se saisissent caractère par caractère',
    async () => {
      for (const name of ['courrielUtilisateur', 'confirmerCourrielUtilisateur'] as const) {
        expect(await held(field(site, name)), labels[name]).toBe(person.courrielUtilisateur);
      }
    },
  );

  const first = await send(site, person);
  await scene('Réponse à ENVOYER');
  const refusal = (await isForm(site)) ? first.said : [];
  await verify('FORM-80', 'les seules informations obligatoires suffisent', async () => {
    expect(refusal, 'messages de refus').toEqual([]);
  });
  for (const [id, name] of [
    ['FORM-36', 'numeroVoie'],
    ['FORM-38', 'extensionVoie'],
    ['FORM-40', 'typeVoie'],
    ['FORM-42', 'complement'],
    ['FORM-44', 'fax'],
  ] as const) {
    await verify(id, `« ${labels[name]} » vide n’empêche pas l’envoi`, async () => {
      expect(names(refusal, labels[name], allLabels), `refus : ${refusal.join(' / ')}`).toBe(false);
    });
  }
  // A target that wants more than the procedure says is told apart from one that takes nothing.
  if (refusal.length > 0) {
    await fillForm(site, person);
    await fillOptional(site);
  }
  const sent = refusal.length > 0 ? await send(site, person) : first;
  const told = sent.said.join(' / ');
  const tellsFailure = /refus|erreur|corrigez|échou|pas (été )?(envoyée|enregistrée)/i;
  const tellsSuccess = /demande.*(enregistrée|envoyée|transmise|reçue|prise? en compte|succès)|bien été/i;
  await verify('FORM-71', 'ENVOYER transmet la demande et le site le confirme', async () => {
    expect(sent.status, `réponse à ENVOYER : ${told}`).toBeLessThan(400);
    expect(await isForm(site), `le formulaire est encore affiché : ${told}`).toBe(false);
    expect(told, 'texte visible après ENVOYER').toMatch(tellsSuccess);
    return sent.said[0];
  });
  await verify('FORM-73', 'la page dit sans ambiguïté si la demande est passée', async () => {
    const passed = !(await isForm(site)) && (sent.status ?? 500) < 400;
    expect(told, 'texte visible après ENVOYER').toMatch(passed ? tellsSuccess : tellsFailure);
    expect(told, 'texte visible après ENVOYER').not.toMatch(passed ? tellsFailure : tellsSuccess);
    return sent.said.slice(0, 2).join(' / ');
  });
  await verify(
    'MAIL-14',
    'la confirmation conseille de regarder les indésirables si un mail manque après 48 h',
    async () => {
      expect(
        says(sent.said, 'SPAM') || says(sent.said, 'courrier indésirable'),
        'SPAM ou courrier indésirable',
      ).toBe(true);
      expect(says(sent.said, '48h') || says(sent.said, '48 h'), 'le délai de 48 h').toBe(true);
    },
  );
});
