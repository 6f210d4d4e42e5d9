import { addressee } from '../fixtures/addressee.ts';
import { openAttempts } from '../fixtures/attempt.ts';
import { readCorrespondence } from '../fixtures/correspondence.ts';
import { hoursAfter } from '../fixtures/instants.ts';
import { press } from '../fixtures/screens/act.ts';
import { allLabels, clear, control, field, held, labels } from '../fixtures/screens/fields.ts';
import { fillForm } from '../fixtures/screens/form.ts';
import { isForm, openForm } from '../fixtures/screens/siret.ts';
import { names, says } from '../fixtures/screens/words.ts';
import { expect, test } from '../fixtures/test.ts';

const mandatory = [
  ['FORM-08', 'denomination'],
  ['FORM-10', 'libelleVoie'],
  ['FORM-12', 'codePostal'],
  ['FORM-14', 'ville'],
  ['FORM-16', 'telephone'],
  ['FORM-18', 'courriel'],
  ['FORM-20', 'confirmerCourriel'],
  ['FORM-22', 'nom'],
  ['FORM-24', 'prenom'],
  ['FORM-26', 'telephoneUtilisateur'],
  ['FORM-28', 'courrielUtilisateur'],
  ['FORM-30', 'confirmerCourrielUtilisateur'],
  ['FORM-32', 'questionSecrete'],
  ['FORM-34', 'reponse'],
] as const;

test('Chaque champ obligatoire manquant fait refuser la demande et le message le désigne', async ({
  site,
  target,
  demande,
  secrets,
  once,
  verify,
  scene,
}) => {
  // What is sent, refused and judged on the spot; then mails would be due.
  const { since, sentAt, refusedPerson, leaver } = await once(async () => {
    const since = new Date().toISOString();
    const attempts = await openAttempts(site, demande);
    let reminded: string[] = [];

    for (const [id, name] of mandatory) {
      await verify(id, `« ${labels[name]} » vide : refus, et le message désigne le champ`, async () => {
        const { refused, said } = await attempts.press(() => clear(field(site, name)));
        if (refused) reminded = said;
        expect(refused, `la demande est refusée (${said.slice(0, 3).join(' / ')})`).toBe(true);
        expect(names(said, labels[name], allLabels), `le champ est désigné par : ${said.join(' / ')}`).toBe(
          true,
        );
        return said.slice(0, 3).join(' / ');
      });
      for (const [how, value] of [
        ['vide', ''],
        ['rempli d’espaces', '   '],
      ] as const) {
        await verify(
          id,
          `« ${labels[name]} » ${how}, envoyé sans les contrôles du navigateur : refus qui le désigne`,
          async () => {
            const { refused, status, said } = await attempts.post({ [name]: value });
            expect(refused, `la demande est refusée (HTTP ${status})`).toBe(true);
            expect(names(said, labels[name], allLabels), 'le champ est désigné').toBe(true);
            return `refus, HTTP ${status}`;
          },
        );
      }
    }
    await scene('Champ obligatoire manquant');
    await verify(
      'FORM-74',
      'un message dit que tous les champs obligatoires (marqués d’un *) ne sont pas renseignés',
      async () => {
        expect(
          says(reminded, "Tous les champs obligatoires (marqués d'un *) ne sont pas renseignés"),
          `message affiché : ${reminded.join(' / ')}`,
        ).toBe(true);
        return reminded[0];
      },
    );

    // Another person's form, so that a mail after a refusal is not taken for one after ANNULER.
    const leaver = demande('annule');
    await openForm(site, leaver.siret);
    await fillForm(site, leaver);
    const annuler = control(site, 'ANNULER').first();
    const cancelled = (await annuler.isVisible()) ? await press(site.page, annuler) : undefined;
    const kept = (await isForm(site)) ? await held(field(site, 'denomination')) : '';
    await verify('FORM-72', 'ANNULER quitte ou vide le formulaire', async () => {
      expect(cancelled?.kind ?? 'missing', 'ANNULER est visible et actif').toMatch(/answered|held/);
      expect(kept, 'dénomination encore affichée').toBe('');
    });
    return {
      since,
      sentAt: (await target.now()).toISOString(),
      refusedPerson: addressee(attempts.person()),
      leaver: addressee(leaver),
    };
  });

  await target.advanceTo(hoursAfter(sentAt, target.profile.deadlineHours + Math.min(24, target.hoursBeyond)));
  const { toContact, elsewhere } = await readCorrespondence(target, refusedPerson, secrets, since);
  await verify('MAIL-01', 'aucun mail ne part tant qu’ENVOYER n’a pas abouti', async () => {
    expect(toContact.length + elsewhere.length, 'mails reçus pour des demandes toutes refusées').toBe(0);
    return 'aucun mail';
  });
  await verify('FORM-72', 'après ANNULER : aucun mail', async () => {
    const { toContact: mails } = await readCorrespondence(target, leaver, secrets);
    expect(mails.length, 'mails reçus').toBe(0);
  });
});
