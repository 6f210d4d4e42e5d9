import { readCorrespondence } from '../fixtures/correspondence.ts';
import { hoursAfter } from '../fixtures/instants.ts';
import { fillForm, fillOptional, send } from '../fixtures/screens/form.ts';
import { signIn } from '../fixtures/screens/login.ts';
import { isForm, openForm } from '../fixtures/screens/siret.ts';
import { expect, test } from '../fixtures/test.ts';

test('Une demande complète donne trois mails en 48 h, dont les identifiants ouvrent l’espace personnel', async ({
  site,
  target,
  demande,
  secrets,
  checks,
  verify,
  scene,
}) => {
  const person = demande();
  const deadline = target.profile.deadlineHours;
  await openForm(site, person.siret);
  await fillForm(site, person);
  await fillOptional(site);
  const sentAt = await target.now();
  const { said } = await send(site);
  await scene('Réponse à ENVOYER');
  if (await isForm(site)) throw new Error(`La demande complète est refusée : ${said.join(' / ')}`);

  await target.advanceTo(hoursAfter(sentAt, deadline));
  const { toContact, elsewhere } = await readCorrespondence(target, person, secrets);
  for (const mail of toContact) await checks.citeMail(mail);
  const contents = toContact.flatMap((mail) => mail.contents);
  const summary = toContact.map(({ contents }) => contents.join(' + ') || 'autre').join(', ') || 'aucun mail';
  for (const [id, content] of [
    ['MAIL-05', 'identifiant'],
    ['MAIL-06', 'mot-de-passe'],
    ['MAIL-07', 'habilitation'],
  ] as const) {
    await verify(id, `un mail, et un seul, apporte : ${content}`, async () => {
      expect(
        contents.filter((other) => other === content).length,
        `nombre de mails « ${content} » (reçus : ${summary})`,
      ).toBe(1);
    });
  }
  await verify(
    'MAIL-03',
    `le dernier des 3 mails arrive au plus tard ${deadline} h après ENVOYER`,
    async () => {
      const missing = (['identifiant', 'mot-de-passe', 'habilitation'] as const).filter(
        (content) => !contents.includes(content),
      );
      expect(missing.join(', '), `pas reçu en ${deadline} h`).toBe('');
      return `3 mails reçus en ${deadline} h`;
    },
  );
  await verify('MAIL-04', 'chaque mail est envoyé au nom de l’ASP', async () => {
    for (const { message } of toContact)
      expect(message.from, 'expéditeur').toMatch(/\bASP\b|@asp-public\.fr/);
    expect(toContact.length, 'mails reçus').toBeGreaterThan(0);
    return toContact[0]?.message.from;
  });
  await verify('MAIL-08', 'identifiant et mot de passe voyagent dans des mails séparés', async () => {
    const both = toContact.filter(({ identifiant, motDePasse }) => identifiant && motDePasse);
    expect(both.length, 'mails qui portent les deux').toBe(0);
    expect(contents, `mails reçus : ${summary}`).toContain('identifiant');
  });
  await verify('MAIL-09', 'les mails vont à la personne à contacter et à personne d’autre', async () => {
    expect(
      elsewhere.flatMap(({ recipients }) => recipients),
      'autres destinataires',
    ).toEqual([]);
    const others = toContact
      .flatMap(({ received }) => received.recipients)
      .filter((to) => to !== person.courrielUtilisateur);
    expect(others, 'autres destinataires').toEqual([]);
    expect(toContact.length, 'mails reçus par la personne à contacter').toBeGreaterThan(0);
  });

  // Later mails count as well: a duplicate may be late.
  await target.advanceTo(hoursAfter(sentAt, deadline + 24));
  const later = await readCorrespondence(target, person, secrets);
  await verify('MAIL-02', 'exactement 3 mails pour une demande', async () => {
    expect(later.toContact.length, `mails reçus 24 h après l’échéance (${summary})`).toBe(3);
    return '3 mails';
  });

  const identifiant = toContact.find((mail) => mail.identifiant)?.identifiant ?? 'inconnu';
  const motDePasse = toContact.find((mail) => mail.motDePasse)?.motDePasse ?? 'inconnu';
  const wrongPassword = await signIn(site, { identifiant, motDePasse: 'ce-n-est-pas-le-bon-0' });
  const wrongIdentifier = await signIn(site, {
    identifiant: 'INCONNU00',
    motDePasse: 'ce-n-est-pas-le-bon-0',
  });
  await scene('Connexion refusée');
  await verify(
    'LOGIN-09',
    'un identifiant inconnu ou un mot de passe faux n’ouvre rien et le message ne dit pas lequel',
    async () => {
      expect([wrongPassword.opened, wrongIdentifier.opened], 'espace ouvert').toEqual([false, false]);
      expect(wrongPassword.said, 'le même message dans les deux cas').toEqual(wrongIdentifier.said);
      expect(wrongIdentifier.said.length, 'un message est affiché').toBeGreaterThan(0);
      return wrongIdentifier.said.join(' / ');
    },
  );
  const entered = await signIn(site, { identifiant, motDePasse });
  await scene('Connexion avec les identifiants reçus');
  await verify('LOGIN-08', 'l’identifiant et le mot de passe reçus ouvrent l’espace personnel', async () => {
    expect(entered.opened, `l’espace est ouvert (${entered.said.join(' / ')})`).toBe(true);
  });
});
