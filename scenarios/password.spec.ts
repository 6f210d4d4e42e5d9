import { askForAccount } from '../fixtures/ask.ts';
import { holderOf } from '../fixtures/holder.ts';
import { hoursAfter } from '../fixtures/instants.ts';
import { askRecovery, changePassword, signIn } from '../fixtures/screens/login.ts';
import { signInByScript } from '../fixtures/script-post.ts';
import { expect, test } from '../fixtures/test.ts';

test('Un changement de mot de passe s’applique à Activité Partielle, à SYLAé et à APEA', async ({
  site,
  target,
  demande,
  secrets,
  once,
  verify,
  record,
  scene,
}) => {
  const { person, access, grant } = holderOf(target, demande(), ['SYLAé', 'APEA'], secrets);
  const { identifiant, motDePasse: first } = access;
  const sentAt = await once(async () => {
    await grant();
    return await askForAccount(site, person, { expects: ['habilitation'] });
  });
  await target.advanceTo(hoursAfter(sentAt, target.profile.deadlineHours));

  const { baseUrl, passwordPage, siblings } = target.profile;
  const sites = [{ name: 'Activité Partielle', signInUrl: baseUrl, passwordPage }, ...siblings];
  await record('ACCT-06', 'les autres extranets qui partagent les comptes', async () => {
    const names = siblings.map(({ name }) => name).join(', ');
    return names ? `vérifiés : ${names}` : 'non vérifiable : le profil n’en nomme aucun';
  });
  const doors: { name: string; opens: Awaited<ReturnType<typeof signInByScript>> }[] = [];
  for (const { name, signInUrl } of sites) doors.push({ name, opens: await signInByScript(site, signInUrl) });
  let current = first;
  for (const [at, place] of sites.slice(0, 2).entries()) {
    const next = `${at === 0 ? 'Deuxième' : 'Troisième'}-${person.siret.slice(0, 9)}`;
    secrets.add(next);
    if (!place.passwordPage)
      throw new Error(`Le profil ne dit pas où changer le mot de passe sur ${place.name}.`);
    const before = await signIn(site, { identifiant, motDePasse: current }, place.signInUrl);
    if (!before.opened)
      throw new Error(`Le mot de passe n’ouvre pas ${place.name} : ${before.said.join(' / ')}`);
    await changePassword(site, place.passwordPage, { from: current, to: next });
    await scene(`Mot de passe changé sur ${place.name}`);
    for (const { name, opens } of doors) {
      const former = current;
      await verify('ACCT-10', `changé sur ${place.name}, le nouveau mot de passe ouvre ${name}`, async () => {
        expect(await opens({ identifiant, motDePasse: next }), 'l’espace est ouvert').toBe(true);
      });
      await verify(
        'ACCT-10',
        `changé sur ${place.name}, l’ancien mot de passe n’ouvre plus ${name}`,
        async () => {
          expect(await opens({ identifiant, motDePasse: former }), 'l’espace est ouvert').toBe(false);
        },
      );
    }
    current = next;
  }

  const stranger = demande('inconnu');
  for (const [link, known, unknown] of [
    ['J’ai oublié mon mot de passe', [identifiant], ['INCONNU00']],
    [
      'J’ai oublié mon identifiant',
      [person.siret, person.courrielUtilisateur],
      [stranger.siret, stranger.courrielUtilisateur],
    ],
  ] as const) {
    await verify('LOGIN-09', `« ${link} » répond la même chose à un inconnu`, async () => {
      const answer = await askRecovery(site, link, known);
      expect(await askRecovery(site, link, unknown), 'réponse à un inconnu').toBe(answer);
      return answer;
    });
  }
});
