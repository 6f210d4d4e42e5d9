import { press, react, visibleLines, visibleText } from '../fixtures/screens/act.ts';
import { control, field, typedInputs } from '../fixtures/screens/fields.ts';
import { createSpace, openHome } from '../fixtures/screens/home.ts';
import { linkStatus } from '../fixtures/screens/link.ts';
import { precedes, sharePart } from '../fixtures/screens/order.ts';
import { like, plain, says } from '../fixtures/screens/words.ts';
import { expect, test } from '../fixtures/test.ts';

test('La page d’accueil montre tout ce que la procédure annonce', async ({ site, verify, record, scene }) => {
  const { page, target } = site;
  await openHome(site);
  await scene('Page d’accueil');
  const text = await visibleText(page);

  for (const [id, sentence] of [
    ['HOME-04', "BESOIN D'AIDE ?"],
    ['HOME-07', 'MA PREMIÈRE CONNEXION'],
    [
      'HOME-08',
      "Pour accéder à vos services en ligne, vous devez d'abord créer un espace pour l'entreprise que vous représentez.",
    ],
    ['HOME-09', 'Pour cela, munissez-vous au préalable de votre SIRET avant de commencer la procédure.'],
    ['HOME-12', 'Vous êtes EXPERT-COMPTABLE et vous représentez un établissement ?'],
    ['LOGIN-01', 'MON ESPACE PERSONNEL'],
  ] as const) {
    await verify(id, `la page affiche « ${sentence} »`, async () => {
      expect(says(text, sentence), `« ${sentence} » est visible`).toBe(true);
    });
  }
  await verify('HOME-03', 'la page porte le nom « ACTIVITÉ PARTIELLE »', async () => {
    const pictures = await page
      .getByRole('img')
      .evaluateAll((all) => all.map((one) => one.ariaLabel ?? one.getAttribute('alt')));
    // The name by itself: « d’activité partielle » stands in other sentences.
    expect(plain([text, ...pictures].join(' ')), 'nom du service').toMatch(/(?<!d')activite partielle(?!s)/);
  });
  await verify('HOME-09', 'le conseil sur le SIRET précède « CRÉER MON ESPACE »', async () => {
    const advice = page.getByText(/munissez-vous au préalable de votre SIRET/i).first();
    expect(await precedes(advice, createSpace(site)), 'le conseil est avant').toBe(true);
  });
  await verify('HOME-07', 'le titre « MA PREMIÈRE CONNEXION » précède « CRÉER MON ESPACE »', async () => {
    expect(
      await precedes(page.getByText(like('MA PREMIÈRE CONNEXION')).first(), createSpace(site)),
      'le titre est avant',
    ).toBe(true);
  });

  const legal = page.getByText(/mentions légales/i).last();
  for (const [id, wording] of [
    ['HOME-05', /base de connaissances/i],
    ['HOME-06', /contactez le support technique/i],
    ['HOME-13', /contrat de prestation/i],
    ['HOME-14', /simulation de l['’]indemnisation de l['’]employeur/i],
    ['HOME-16', /mentions légales/i],
    ['HOME-17', /conditions générales d['’]utilisation/i],
    ['HOME-18', /contactez le support technique/i],
    ['LOGIN-06', /j['’]ai oublié mon identifiant/i],
    ['LOGIN-07', /j['’]ai oublié mon mot de passe/i],
  ] as const) {
    // The help block names the support first, the footer last.
    const found = page.getByText(wording).or(page.getByAltText(wording));
    const entry = id === 'HOME-18' ? found.last() : found.first();
    await verify(
      id,
      `« ${wording.source.replaceAll("['’]", '’')} » est visible et sa cible répond`,
      async () => {
        expect(await entry.isVisible(), 'l’entrée est visible').toBe(true);
        if (/HOME-06|HOME-18/.test(id) && (await legal.count()) > 0) {
          const inFooter = await sharePart(legal, entry);
          expect(inFooter, 'l’entrée est dans le pied de page').toBe(id === 'HOME-18');
        }
        const status = await linkStatus(site, entry);
        if (status === undefined) return 'texte visible, sans lien';
        if (status === 'ailleurs') return 'lien vers un autre site, non suivi';
        expect(status, 'code HTTP de sa cible').toBeLessThan(400);
        return `lien, HTTP ${status}`;
      },
    );
  }

  await verify('HOME-02', 'la racine du site mène à la même page d’accueil', async () => {
    const root = new URL('/', target.profile.baseUrl).href;
    const known = await visibleLines(page);
    const answer = await page.goto(root, { waitUntil: 'domcontentloaded' });
    expect(new URL(page.url()).origin, 'origine après redirection').toBe(new URL(root).origin);
    expect(answer?.status(), 'code HTTP de la racine').toBe(200);
    const lines = await visibleLines(page);
    const missing = known.filter((line) => !lines.includes(line));
    // A page may tell the hour; another page has little of this one.
    expect(missing.length, `lignes de l’accueil absentes, sur ${known.length}`).toBeLessThan(
      known.length / 4,
    );
    return new URL(answer?.url() ?? root).pathname;
  });
  await openHome(site);
  await verify('LOGIN-02', 'un champ de texte « Utilisateur »', async () => {
    const user = field(site, 'utilisateur');
    expect(await user.isVisible(), 'un champ « Utilisateur » est visible').toBe(true);
    expect((await user.getAttribute('type')) ?? 'text', 'type du champ').toMatch(/^(text|email)$/);
  });
  await verify('LOGIN-03', 'un champ masqué « Mot de passe »', async () => {
    const password = field(site, 'motDePasse');
    expect(await password.isVisible(), 'un champ « Mot de passe » est visible').toBe(true);
    expect(await password.getAttribute('type'), 'type du champ').toBe('password');
  });
  // Looked for anew: the home page is opened again in between.
  const signIn = () =>
    page
      .locator('form')
      .filter({ has: field(site, 'utilisateur').or(field(site, 'motDePasse')) })
      .first();
  await verify('LOGIN-05', 'une commande « Annuler » qui ne connecte pas', async () => {
    const cancel = control(site, 'Annuler').first();
    expect(await cancel.isVisible(), '« Annuler » est visible').toBe(true);
    for (const input of await typedInputs(signIn()).all()) await input.fill('essai-annule');
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await press(page, cancel);
    expect(sent.filter((one) => one.includes('essai-annule')).length, 'envois de ce qui est saisi').toBe(0);
    await openHome(site);
  });
  await verify('LOGIN-04', 'une commande « Connexion » envoie le formulaire de connexion', async () => {
    const submit = signIn().filter({ has: control(site, 'Connexion') });
    expect(await submit.count(), 'formulaires avec « Connexion »').toBe(1);
    for (const input of await typedInputs(signIn()).all()) await input.fill('inconnu-0');
    const { kind } = await react(page, () => control(site, 'Connexion').first().click());
    expect(kind, 'effet de « Connexion »').toBe('answered');
    await openHome(site);
  });
  await record(
    'ACCT-12',
    'un expert-comptable crée le compte seul, ou remet d’abord le contrat',
    async () => {
      await press(page, control(site, 'CONTRAT DE PRESTATION').first());
      const lines = await visibleLines(page);
      await openHome(site);
      const told = lines.find((line) => /formulaire|avant|préalable/i.test(line) && /contrat/i.test(line));
      return `le formulaire ne demande pas de contrat ; la page du contrat dit : ${told ?? 'rien à ce sujet'}`;
    },
  );
  await record('HOME-15', 'le simulateur donne un montant mensuel', async () => {
    await press(page, page.getByRole('link', { name: /simulation de l['’]indemnisation/i }).first());
    const lines = await visibleLines(page);
    await openHome(site);
    return lines.find((line) => /mensuel/i.test(line)) ?? 'aucun montant mensuel annoncé';
  });
  await record(
    'HOME-19',
    'le pictogramme « ? » a un nom accessible, ou est caché aux aides techniques',
    async () => {
      const mark = page.getByText('?', { exact: true }).first();
      if ((await mark.count()) === 0) return 'pas de « ? » isolé';
      return (await mark.getAttribute('aria-hidden')) === 'true'
        ? 'caché aux aides techniques'
        : 'texte visible';
    },
  );
});
