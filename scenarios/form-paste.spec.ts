import { copyFrom, dropInto, gestures, pasteEventRefused } from '../fixtures/screens/clipboard.ts';
import { field, held, labels } from '../fixtures/screens/fields.ts';
import { openHome } from '../fixtures/screens/home.ts';
import { openForm } from '../fixtures/screens/siret.ts';
import { expect, test } from '../fixtures/test.ts';

const banned = [
  { id: 'FORM-64', name: 'courrielUtilisateur' },
  { id: 'FORM-65', name: 'confirmerCourrielUtilisateur' },
  { id: 'FORM-66', name: 'courriel' },
  { id: 'FORM-66', name: 'confirmerCourriel' },
] as const;

test('Le copier/coller est interdit dans les champs d’adresse mail, et là seulement', async ({
  site,
  demande,
  verify,
  record,
  scene,
}) => {
  // Tall enough for the whole form: a text cannot be dragged to where the page must scroll first.
  await site.page.setViewportSize({ width: 1280, height: 3000 });
  const address = `colle@${site.target.profile.mailDomain}`;
  await openForm(site, demande().siret);
  const source = field(site, 'denomination');
  const permissive = field(site, 'complement');

  // Without these an empty clipboard, or a gesture that this browser does not know, would pass every ban.
  await copyFrom(source, address);
  const landed: Record<string, boolean> = {};
  for (const [gesture, make] of Object.entries(gestures)) {
    await permissive.fill('');
    await make(permissive);
    landed[gesture] = (await held(permissive)) === address;
  }
  await permissive.fill('');
  await dropInto(permissive, source);
  landed.glisser = (await held(permissive)).includes(address);
  const mustHaveLanded = (gesture: string) => {
    if (!landed[gesture])
      throw new Error(`${gesture} reste sans effet dans « ${labels.complement} » : le témoin a échoué`);
  };

  await copyFrom(source, address);
  for (const { id, name } of banned) {
    const input = field(site, name);
    const tryGesture = async (gesture: keyof typeof gestures) => {
      mustHaveLanded(gesture);
      await input.fill('');
      await gestures[gesture](input);
      expect(await held(input), `« ${labels[name]} » vide, après ${gesture}`).toBe('');
      // Half an address typed first: a paste must not be appended either.
      await input.pressSequentially('abc');
      await gestures[gesture](input);
      expect(await held(input), `« ${labels[name]} » après saisie puis ${gesture}`).toBe('abc');
      return 'champ inchangé';
    };
    await verify(id, `Ctrl+V laisse « ${labels[name]} » inchangé`, () => tryGesture('Ctrl+V'));
    await verify('FORM-67', `Maj+Inser laisse « ${labels[name]} » inchangé`, () => tryGesture('Maj+Inser'));
    await verify('FORM-67', `un coller par menu est refusé dans « ${labels[name]} »`, async () => {
      await input.fill('');
      expect(await pasteEventRefused(input, address), 'l’événement est refusé').toBe(true);
      expect(await held(input), `« ${labels[name]} » après le coller`).toBe('');
    });
    await verify('FORM-68', `un texte glissé laisse « ${labels[name]} » inchangé`, async () => {
      mustHaveLanded('glisser');
      await input.fill('');
      await source.fill(address);
      await dropInto(input, source);
      expect(await held(input), `« ${labels[name]} » après le glisser`).toBe('');
    });
  }
  await scene('Coller refusé');

  await copyFrom(source, address);
  for (const name of ['nom', 'prenom', 'complement', 'reponse'] as const) {
    await verify('FORM-70', `le coller fonctionne dans « ${labels[name]} »`, async () => {
      const input = field(site, name);
      await input.fill('');
      await input.press('ControlOrMeta+V');
      expect(await held(input), `« ${labels[name]} » après Ctrl+V`).toBe(address);
    });
  }
  await verify(
    'FORM-70',
    'le remplissage automatique n’est pas empêché dans l’adresse de la personne',
    async () => {
      const input = field(site, 'courrielUtilisateur');
      expect((await input.getAttribute('autocomplete')) ?? 'on', 'autocomplete').not.toBe('off');
      await input.fill(address);
      expect(await held(input), 'valeur après un remplissage').toBe(address);
    },
  );
  await record('FORM-69', 'copier depuis le premier champ d’adresse', async () => {
    await copyFrom(field(site, 'courrielUtilisateur'), 'copie');
    await permissive.fill('');
    await permissive.press('ControlOrMeta+V');
    return (await held(permissive)) === 'copie' ? 'permis' : 'refusé';
  });

  await openHome(site);
  const user = field(site, 'utilisateur');
  await copyFrom(user, 'identifiant');
  for (const name of ['utilisateur', 'motDePasse'] as const) {
    await verify('FORM-70', `le coller fonctionne dans « ${labels[name]} » à la connexion`, async () => {
      const input = field(site, name);
      await input.fill('');
      await input.press('ControlOrMeta+V');
      expect(await held(input), `« ${labels[name]} » après Ctrl+V`).toBe('identifiant');
    });
  }
});
