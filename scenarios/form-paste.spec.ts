import { field, held, labels } from '../fixtures/screens/fields.ts';
import { openForm } from '../fixtures/screens/siret.ts';
import { expect, test } from '../fixtures/test.ts';

const banned = [
  ['FORM-64', 'courrielUtilisateur'],
  ['FORM-65', 'confirmerCourrielUtilisateur'],
  ['FORM-66', 'courriel'],
  ['FORM-66', 'confirmerCourriel'],
] as const;

test('Le copier/coller est interdit dans les champs d’adresse mail', async ({
  site,
  demande,
  verify,
  record,
  scene,
}) => {
  const person = demande();
  const address = `colle@${site.target.profile.mailDomain}`;
  await openForm(site, person.siret);
  const source = field(site, 'denomination');
  await source.fill(address);
  await source.press('ControlOrMeta+A');
  await source.press('ControlOrMeta+C');

  // Without this control an empty clipboard would pass every ban.
  const permissive = field(site, 'complement');
  await permissive.press('ControlOrMeta+V');
  await verify('FORM-70', 'le coller fonctionne dans les autres champs du formulaire', async () => {
    expect(await held(permissive), labels.complement).toBe(address);
  });
  const clipboardWorks = (await held(permissive)) === address;

  for (const [id, name] of banned) {
    await verify(id, `Ctrl+V laisse « ${labels[name]} » inchangé`, async () => {
      if (!clipboardWorks) throw new Error('le presse-papiers ne fonctionne pas : le témoin est resté vide');
      const input = field(site, name);
      await input.press('ControlOrMeta+V');
      expect(await held(input), `« ${labels[name]} » après Ctrl+V`).toBe('');
      // Half an address typed first: a paste must not be appended either.
      await input.pressSequentially('abc');
      await input.press('ControlOrMeta+V');
      expect(await held(input), `« ${labels[name]} » après saisie puis Ctrl+V`).toBe('abc');
      return 'champ inchangé';
    });
  }
  await scene('Coller refusé');
  await record('FORM-69', 'copier depuis le premier champ d’adresse', async () => {
    const first = field(site, 'courrielUtilisateur');
    await first.fill('');
    await first.pressSequentially('copie');
    await first.press('ControlOrMeta+A');
    await first.press('ControlOrMeta+C');
    await permissive.fill('');
    await permissive.press('ControlOrMeta+V');
    return (await held(permissive)) === 'copie' ? 'permis' : 'refusé';
  });
});
