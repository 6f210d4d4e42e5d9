import { askForAccount } from '../fixtures/ask.ts';
import { type DecodedMail, readCorrespondence } from '../fixtures/correspondence.ts';
import { holderOf } from '../fixtures/holder.ts';
import { hoursAfter } from '../fixtures/instants.ts';
import { signIn } from '../fixtures/screens/login.ts';
import { expect, test } from '../fixtures/test.ts';

test('Un établissement qui a déjà un accès ASP ne reçoit que l’habilitation et garde ses identifiants', async ({
  site,
  target,
  demande,
  secrets,
  checks,
  once,
  verify,
  record,
  scene,
}) => {
  const { person, access, grant } = holderOf(target, demande(), ['SYLAé'], secrets);
  const sentAt = await once(async () => {
    await grant();
    return await askForAccount(site, person, { expects: ['habilitation'] });
  });
  await scene('Demande d’un établissement qui a déjà un accès');

  // MAIL-03 judges lateness: what comes later has come.
  await target.advanceTo(hoursAfter(sentAt, target.profile.deadlineHours + target.hoursBeyond));
  const { toContact } = await readCorrespondence(target, person, secrets);
  for (const mail of toContact) await checks.citeMail(mail);
  for (const [id, content] of [
    ['ACCT-01', 'identifiant'],
    ['ACCT-02', 'mot-de-passe'],
  ] as const) {
    await verify(
      id,
      `aucun mail d’${content === 'identifiant' ? 'identifiant' : 'envoi de mot de passe'}`,
      async () => {
        expect(
          toContact.filter(({ contents }) => contents.includes(content)).length,
          `mails « ${content} » reçus`,
        ).toBe(0);
      },
    );
  }
  await verify('ACCT-03', 'le mail d’habilitation est tout de même envoyé, une fois', async () => {
    const all = toContact.flatMap(({ contents }) => contents);
    expect(
      all.filter((content) => content === 'habilitation').length,
      `mails d’habilitation (reçus : ${all.join(', ')})`,
    ).toBe(1);
  });
  await record('ACCT-07', 'un accès tenu sur : SYLAé', async () => countsAsAccess(toContact));
  const opened = await signIn(site, access);
  await scene('Connexion avec les identifiants de l’autre extranet');
  for (const [id, what] of [
    ['ACCT-04', 'l’identifiant'],
    ['ACCT-05', 'le mot de passe'],
  ] as const) {
    await verify(id, `${what} de l’autre extranet ouvre Activité Partielle`, async () => {
      expect(opened.opened, `l’espace est ouvert (${opened.said.join(' / ')})`).toBe(true);
    });
  }
});

for (const [id, held] of [
  ['ACCT-08', 'APEA'],
  ['ACCT-09', 'autre site'],
] as const) {
  test(`Un accès tenu sur un autre site ASP compte comme un accès existant : ${held}`, async ({
    site,
    target,
    demande,
    secrets,
    once,
    record,
  }) => {
    await record(id, `un accès tenu sur : ${held}`, async () => {
      const { person, grant } = holderOf(target, demande(held), [held], secrets);
      const sentAt = await once(async () => {
        await grant();
        return await askForAccount(site, person, { expects: ['habilitation'] });
      });
      await target.advanceTo(hoursAfter(sentAt, target.profile.deadlineHours));
      const { toContact } = await readCorrespondence(target, person, secrets);
      return countsAsAccess(toContact);
    });
  });
}

/** Only the habilitation comes to an establishment whose access counts. */
function countsAsAccess(toContact: readonly DecodedMail[]): string {
  const mails = toContact.flatMap(({ contents }) => contents).join(', ') || 'aucun';
  return `${mails === 'habilitation' ? 'compte' : 'ne compte pas'} comme un accès existant (mails reçus : ${mails})`;
}
