import { hoursAfter } from '../fixtures/instants.ts';
import { fillForm, send } from '../fixtures/screens/form.ts';
import { changePassword, signIn } from '../fixtures/screens/login.ts';
import { isForm, openForm } from '../fixtures/screens/siret.ts';
import { expect, test } from '../fixtures/test.ts';

test('Un changement de mot de passe s’applique à Activité Partielle, à SYLAé et à APEA', async ({
  site,
  target,
  demande,
  secrets,
  verify,
  record,
  scene,
}) => {
  const person = demande();
  const identifiant = `MDP${person.siret.slice(-7)}`;
  const [first, second] = [`Premier-${person.siret.slice(0, 9)}`, `Second-${person.siret.slice(0, 9)}`];
  for (const secret of [identifiant, first, second]) secrets.add(secret);
  for (const name of ['SYLAé', 'APEA'] as const) {
    await target.grantAccess({
      siret: person.siret,
      courriel: person.courrielUtilisateur,
      identifiant,
      motDePasse: first,
      site: name,
    });
  }
  await openForm(site, person.siret);
  await fillForm(site, person);
  const sentAt = await target.now();
  await send(site);
  if (await isForm(site)) throw new Error('La demande n’a pas été acceptée.');
  await target.advanceTo(hoursAfter(sentAt, target.profile.deadlineHours));

  const sites = [
    { name: 'Activité Partielle', signInUrl: target.profile.baseUrl },
    ...target.profile.siblings,
  ];
  await record('ACCT-06', 'les autres extranets qui partagent les comptes', async () => {
    const names = target.profile.siblings.map(({ name }) => name).join(', ');
    return names ? `vérifiés : ${names}` : 'non vérifiable : le profil n’en nomme aucun';
  });
  const before = await signIn(site, { identifiant, motDePasse: first });
  if (!before.opened)
    throw new Error(`L’ancien accès n’ouvre pas Activité Partielle : ${before.said.join(' / ')}`);
  const { said } = await changePassword(site, first, second);
  await scene('Mot de passe changé');
  for (const { name, signInUrl } of sites) {
    await verify('ACCT-10', `après le changement, le nouveau mot de passe ouvre ${name}`, async () => {
      const { opened, said: message } = await signIn(site, { identifiant, motDePasse: second }, signInUrl);
      expect(opened, `l’espace est ouvert (${[...said, ...message].join(' / ')})`).toBe(true);
    });
    await verify('ACCT-10', `après le changement, l’ancien mot de passe n’ouvre plus ${name}`, async () => {
      const { opened } = await signIn(site, { identifiant, motDePasse: first }, signInUrl);
      expect(opened, 'l’espace est ouvert').toBe(false);
    });
  }
});
