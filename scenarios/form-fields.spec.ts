import { visibleLines, visibleText } from '../fixtures/screens/act.ts';
import { choices, enter, field, held, labels } from '../fixtures/screens/fields.ts';
import { choosePostalCode } from '../fixtures/screens/form.ts';
import { isMarkedMandatory, shownLabel } from '../fixtures/screens/mandatory.ts';
import { precedes } from '../fixtures/screens/order.ts';
import { openForm } from '../fixtures/screens/siret.ts';
import { like, plain, says } from '../fixtures/screens/words.ts';
import { expect, test } from '../fixtures/test.ts';

const establishment = [
  ['FORM-07', 'denomination', true],
  ['FORM-35', 'numeroVoie', false],
  ['FORM-37', 'extensionVoie', false],
  ['FORM-39', 'typeVoie', false],
  ['FORM-09', 'libelleVoie', true],
  ['FORM-41', 'complement', false],
  ['FORM-11', 'codePostal', true],
  ['FORM-13', 'ville', true],
  ['FORM-15', 'telephone', true],
  ['FORM-17', 'courriel', true],
  ['FORM-43', 'fax', false],
  ['FORM-19', 'confirmerCourriel', true],
] as const;

const user = [
  ['FORM-21', 'nom', true],
  ['FORM-23', 'prenom', true],
  ['FORM-25', 'telephoneUtilisateur', true],
  ['FORM-27', 'courrielUtilisateur', true],
  ['FORM-29', 'confirmerCourrielUtilisateur', true],
  ['FORM-31', 'questionSecrete', true],
  ['FORM-33', 'reponse', true],
] as const;

const parts = [
  { id: 'FORM-02', title: 'Information établissement', fields: establishment },
  { id: 'FORM-03', title: 'Compte utilisateur à créer', fields: user },
] as const;

test('Le formulaire montre tous ses champs, dans leurs deux parties, et marque les obligatoires', async ({
  site,
  demande,
  verify,
  scene,
}) => {
  const { page } = site;
  await openForm(site, demande().siret);
  await scene('Formulaire vide');
  const lines = (await visibleLines(page)).map(plain);

  await verify(
    'FORM-01',
    'le titre « Création de compte d’accès à l’extranet Activité Partielle »',
    async () => {
      const title = plain("Création de compte d'accès à l'extranet Activité Partielle");
      expect(
        lines.filter((line) => line.includes(title)).length,
        'lignes qui portent ce titre',
      ).toBeGreaterThan(0);
    },
  );
  // A field that is not there is its own requirement's business.
  const absent = new Set<string>();
  for (const [, name] of [...establishment, ...user])
    if ((await field(site, name).count()) === 0) absent.add(name);
  const titleOf = (part: (typeof parts)[number]) => page.getByText(like(part.title)).first();
  for (const part of parts) {
    const { id, title, fields } = part;
    const heading = titleOf(part);
    const titled = await heading.isVisible();
    await verify(id, `la partie « ${title} » précède ses champs`, async () => {
      expect(titled, 'le titre de la partie est visible').toBe(true);
      for (const [, name] of fields) {
        if (absent.has(name)) continue;
        expect(await precedes(heading, field(site, name)), `« ${labels[name]} » suit le titre`).toBe(true);
      }
    });
    for (const [fieldId, name, mandatory] of fields) {
      const mark = mandatory ? 'marqué *' : 'sans marque *';
      await verify(fieldId, `un champ « ${labels[name]} » ${mark}, dans « ${title} »`, async () => {
        expect(await field(site, name).isVisible(), 'le champ est visible').toBe(true);
        const shown = await shownLabel(field(site, name));
        if (shown !== undefined) expect(plain(shown), 'intitulé visible').toMatch(like(labels[name]));
        expect(await isMarkedMandatory(site, name), 'l’intitulé porte *').toBe(mandatory);
        if (titled)
          expect(await precedes(heading, field(site, name)), 'le champ suit le titre de sa partie').toBe(
            true,
          );
        const next = titleOf(parts[1]);
        if (part === parts[0] && (await next.isVisible()))
          expect(await precedes(next, field(site, name)), 'le champ est dans l’autre partie').toBe(false);
      });
    }
  }
  await verify('FORM-06', 'exactement les champs obligatoires portent la marque *', async () => {
    const wrong: string[] = [];
    for (const [, name, mandatory] of [...establishment, ...user]) {
      if (!absent.has(name) && (await isMarkedMandatory(site, name)) !== mandatory) wrong.push(labels[name]);
    }
    expect(wrong, 'champs dont la marque est fausse').toEqual([]);
    return `${establishment.length + user.length} champs, marques exactes`;
  });
  await verify('FORM-49', 'le formulaire annonce les deux limites de longueur', async () => {
    const text = lines.join(' ');
    expect(text, 'limite du libellé de la voie').toMatch(/\b28\b/);
    expect(text, 'limite du complément d’adresse').toMatch(/\b38\b/);
  });
  await verify('FORM-63', 'la consigne de saisie manuelle est affichée', async () => {
    expect(says(lines, 'manuellement') || says(lines, 'copier/coller'), 'la consigne est visible').toBe(true);
  });
  await verify(
    'FORM-78',
    'le formulaire avertit qu’une adresse incorrecte prive des informations',
    async () => {
      expect(says(lines, 'impossible de recevoir'), 'l’avertissement est visible').toBe(true);
    },
  );
});

test('La ville dépend du code postal', async ({ site, demande, verify, record, scene }) => {
  await openForm(site, demande().siret);
  const town = field(site, 'ville');
  const offered = async () => (await choices(town)) ?? [await held(town)].filter(Boolean);

  await verify(
    'FORM-50',
    'sans code postal, Ville dit « veuillez saisir un code postal » et ne propose rien',
    async () => {
      expect(await offered(), 'villes proposées').toEqual([]);
      const shown = `${await held(town)} ${(await town.getAttribute('placeholder')) ?? ''} ${await visibleText(site.page)}`;
      expect(says(shown, 'veuillez saisir un code postal'), 'la consigne est visible').toBe(true);
    },
  );
  await choosePostalCode(site, '51300');
  await scene('Villes du 51300');
  await verify(
    'FORM-51',
    'un code postal de plusieurs communes les propose, un code d’une commune la propose',
    async () => {
      const several = await offered();
      expect(several.map(plain), 'villes du 51300').toEqual(
        expect.arrayContaining(['bassuet', 'vitry-le-francois']),
      );
      for (const [code, town] of [
        ['33000', 'bordeaux'],
        // A code that is no number: its first zero counts.
        ['06000', 'nice'],
      ] as const) {
        await choosePostalCode(site, code);
        expect((await offered()).map(plain), `villes du ${code}`).toEqual([town]);
      }
      return `51300 : ${several.length} villes ; 33000 : Bordeaux`;
    },
  );
  await verify('FORM-52', 'changer de code postal retire la ville qui n’en est pas', async () => {
    await choosePostalCode(site, '51300');
    await enter(town, 'Bassuet');
    await choosePostalCode(site, '34260');
    expect(plain(await held(town)), 'ville après le changement').not.toContain('bassuet');
    expect((await offered()).map(plain), 'villes proposées').not.toContain('bassuet');
  });
  await record('FORM-53', 'villes proposées pour des codes particuliers', async () => {
    const outcomes: string[] = [];
    for (const code of ['00000', '75700', '20000', '97110', '97133', '98800', '98000']) {
      await choosePostalCode(site, code);
      outcomes.push(`${code} : ${(await offered()).join(', ') || 'aucune'}`);
    }
    return outcomes.join(' ; ');
  });
});
