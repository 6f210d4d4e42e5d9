import { addressee } from '../fixtures/addressee.ts';
import { openAttempts } from '../fixtures/attempt.ts';
import { readCorrespondence } from '../fixtures/correspondence.ts';
import { hoursAfter } from '../fixtures/instants.ts';
import { follow, react } from '../fixtures/screens/act.ts';
import { control, field } from '../fixtures/screens/fields.ts';
import { fillForm, sendBy, typedFields } from '../fixtures/screens/form.ts';
import { createSpace, openHome } from '../fixtures/screens/home.ts';
import {
  fillSiretStep,
  isForm,
  openForm,
  openSiretStep,
  submitSiretStep,
} from '../fixtures/screens/siret.ts';
import { postAs } from '../fixtures/screens/wire.ts';
import { readAnswer, wireForm } from '../fixtures/script-post.ts';
import { siteOn } from '../fixtures/site.ts';
import { expect, test } from '../fixtures/test.ts';

test('Des saisies hostiles restent sans effet : adresses injectées, HTML, envois qui contournent les contrôles', async ({
  site,
  target,
  demande,
  secrets,
  once,
  verify,
  scene,
}) => {
  const { page } = site;
  const own = demande('personne 1').courrielUtilisateur;
  const victim = `victime.${own}`;
  // What is sent, and judged on the spot; then the mails are due.
  const { sentAt, mailed } = await once(async () => {
    const attempts = await openAttempts(site, demande);
    const injected = [
      `${own}\r\nBcc: ${victim}`,
      `${own}\nCc: ${victim}`,
      `${own},${victim}`,
      `${own};${victim}`,
      `${own} ${victim}`,
      `<${own}>, <${victim}>`,
      `${own}%0ABcc:${victim}`,
    ];
    for (const address of injected) {
      await attempts.post({ courrielUtilisateur: address, confirmerCourrielUtilisateur: address });
    }

    await verify(
      'ROBUST-04',
      'un envoi qui contourne les contrôles ne crée rien et ne fait pas d’erreur du serveur',
      async () => {
        for (const changes of [
          { nom: '' },
          { confirmerCourriel: 'autre@x.fr' },
          { confirmerCourrielUtilisateur: 'autre@x.fr' },
        ] as const) {
          const { refused, status } = await attempts.post(changes);
          expect(status, `code HTTP pour ${Object.keys(changes)}`).toBeLessThan(500);
          expect(refused, `refusé : ${Object.keys(changes)}`).toBe(true);
        }
        // Without the SIRET step there is neither security code nor CGU: the same POST from nowhere.
        const { action, entries } = await wireForm(site);
        const cookies = await page.context().cookies();
        await page.context().clearCookies();
        const stranger = await postAs(page, action, entries);
        await page.context().clearCookies();
        const direct = await readAnswer(site, await page.request.get(page.url()));
        await page.context().clearCookies();
        await page.context().addCookies(cookies);
        expect(stranger.status(), 'code HTTP sans passer par l’étape SIRET').toBeLessThan(500);
        expect(direct.isForm, 'le formulaire s’ouvre sans passer par l’étape SIRET').toBe(false);
        const { lines } = await readAnswer(site, stranger);
        expect(lines.join(' '), 'réponse sans passer par l’étape SIRET').not.toMatch(
          /demande.*(bien été|enregistrée)/i,
        );
      },
    );

    await verify(
      'ROBUST-03',
      'du HTML saisi dans chaque champ de texte est rendu inerte par les pages',
      async () => {
        // Short enough for the 28 characters of the street; the second one tries to leave the value of its field.
        for (const markup of ['<b class="injection">x</b>', '"><b class="injection">x']) {
          let found: string[] = [];
          const { refused } = await attempts.press(
            async () => {
              for (const [name] of typedFields(attempts.person())) await field(site, name).fill(markup);
              await field(site, 'nom').fill('');
            },
            async () => {
              found = await page
                .locator('b.injection')
                .evaluateAll((elements) => elements.map(({ outerHTML }) => outerHTML));
            },
          );
          if (!refused) throw new Error('la demande sans nom a été acceptée');
          expect(found, `éléments injectés par ${markup}`).toEqual([]);
        }
      },
    );
    await scene('Saisies hostiles');

    // The name with markup is then sent for good: whatever is made of it, mails carry it inert.
    const sentAt = (await target.now()).toISOString();
    const mailed = addressee(attempts.person());
    await attempts.post({ prenom: '<b class="injection">x</b>' });
    return { sentAt, mailed };
  });
  await target.advanceTo(hoursAfter(sentAt, target.profile.deadlineHours));
  const { toContact } = await readCorrespondence(target, mailed, secrets);
  await verify('ROBUST-03', 'du HTML saisi dans un champ est rendu inerte par les mails', async () => {
    for (const { message } of toContact) {
      expect(message.html ?? '', `HTML du mail « ${message.subject} »`).not.toContain(
        '<b class="injection">',
      );
    }
    return toContact.length > 0 ? `${toContact.length} mails` : 'le HTML est refusé, aucun mail';
  });
  await verify(
    'ROBUST-02',
    'aucun mail n’atteint une autre adresse par un saut de ligne ou un second destinataire',
    async () => {
      const reached = await target.mailbox.mailsTo(victim);
      expect(reached.length, 'mails reçus par un tiers').toBe(0);
    },
  );
});

test('Un double clic, un rechargement, un second envoi ou un second onglet ne font qu’une demande et trois mails', async ({
  site,
  target,
  demande,
  secrets,
  once,
  verify,
  scene,
}) => {
  const { page } = site;
  const person = demande();
  const sentAt = await once(async () => {
    await openForm(site, person.siret);
    // The same form in a second tab, before the first one is sent.
    const tab = siteOn(await page.context().newPage(), site);
    await tab.page.goto(page.url(), { waitUntil: 'domcontentloaded' });
    await fillForm(tab, person);
    await fillForm(site, person);
    const { action, entries } = await wireForm(site);
    const at = await target.now();
    await sendBy(site, person, () => react(page, () => control(site, 'ENVOYER').first().dblclick()));
    await page.reload();
    await postAs(page, action, entries);
    await react(tab.page, () => control(tab, 'ENVOYER').first().press('Enter'));
    await tab.page.close();
    return at.toISOString();
  });
  await scene('Après un double clic et un rechargement');
  // Lateness and loss are judged elsewhere: a demande too many shows by what comes twice, however late.
  await target.advanceTo(hoursAfter(sentAt, target.profile.deadlineHours + target.hoursBeyond));
  const { toContact } = await readCorrespondence(target, person, secrets);
  await verify(
    'ROBUST-05',
    'double clic, rechargement, second envoi et second onglet : une demande, trois mails',
    async () => {
      const received = toContact.flatMap(({ contents }) => contents);
      if (received.length === 0) throw new Error('aucun mail n’est arrivé');
      expect(
        received.filter((content, at) => received.indexOf(content) !== at),
        `reçus deux fois (${received.join(', ')})`,
      ).toEqual([]);
      return received.join(', ');
    },
  );
});

test('Deux personnes demandent le même SIRET au même instant : un seul compte', async ({
  site,
  target,
  demande,
  secrets,
  browser,
  once,
  verify,
  record,
}) => {
  const first = demande('première');
  const second = { ...demande('seconde'), siret: first.siret };
  const { sentAt, answers } = await once(async () => {
    const elsewhere = await browser.newContext({ locale: 'fr-FR' });
    const people = [
      { own: site, person: first },
      { own: siteOn(await elsewhere.newPage(), site), person: second },
    ];
    for (const { own, person } of people) {
      await openForm(own, person.siret);
      await fillForm(own, person);
      // Which of the two is served is the target's to say: no mail is due to either.
      await site.submissions.sending(person, []);
    }
    const at = await target.now();
    const statuses = await Promise.all(
      people.map(async ({ own, person }) => {
        const { action, entries } = await wireForm(own);
        const answer = await postAs(own.page, action, entries);
        await site.submissions.answered(person, answer.ok());
        return answer.status();
      }),
    );
    await elsewhere.close();
    return { sentAt: at.toISOString(), answers: statuses };
  });
  await target.advanceTo(hoursAfter(sentAt, target.profile.deadlineHours));
  const served: string[] = [];
  for (const person of [first, second]) {
    const { toContact } = await readCorrespondence(target, person, secrets);
    if (toContact.some(({ identifiant, motDePasse }) => identifiant || motDePasse)) served.push(person.nom);
  }
  await verify(
    'ROBUST-06',
    'deux demandes simultanées pour un SIRET ne donnent pas deux comptes',
    async () => {
      expect(Math.max(...answers), 'codes HTTP').toBeLessThan(500);
      if (served.length === 0) throw new Error('personne n’a reçu de compte');
      expect(served.length, 'personnes qui reçoivent un identifiant ou un mot de passe').toBe(1);
    },
  );
  await record('ACCT-11', 'un SIRET qui a déjà un compte Activité Partielle', async () => {
    await openSiretStep(site);
    const { said } = await submitSiretStep(site, { siret: first.siret });
    return (await isForm(site)) ? 'le formulaire s’ouvre' : `refusé : ${said.join(' / ')}`;
  });
});

test.describe('sans JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('Le parcours sans JavaScript', async ({ site, demande, record, scene }) => {
    const { page } = site;
    const person = demande();
    const go = (name: 'VALIDER' | 'ENVOYER') => follow(page, () => control(site, name).first().click());
    await record('ROBUST-01', 'tout le parcours fonctionne sans JavaScript', async () => {
      await openHome(site);
      await follow(page, () => createSpace(site).click());
      await fillSiretStep(site, { siret: person.siret });
      await go('VALIDER');
      await field(site, 'codePostal').fill(person.codePostal);
      const search = page.getByRole('button', { name: /villes|communes/i });
      if (await search.isVisible()) await follow(page, () => search.click());
      await fillForm(site, person, { townsAreThere: true });
      await sendBy(site, person, () => go('ENVOYER'));
      await scene('Parcours sans JavaScript');
      return (await isForm(site)) ? 'non : la demande est refusée' : 'oui, jusqu’à la confirmation';
    });
  });
});
