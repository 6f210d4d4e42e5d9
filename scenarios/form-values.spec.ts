import { openAttempts } from '../fixtures/attempt.ts';
import { visibleText } from '../fixtures/screens/act.ts';
import { allLabels, choices, field, held, labels } from '../fixtures/screens/fields.ts';
import { typedFields } from '../fixtures/screens/form.ts';
import { postAs, textOf } from '../fixtures/screens/wire.ts';
import { names, plain, says } from '../fixtures/screens/words.ts';
import { wireForm } from '../fixtures/script-post.ts';
import { siretFor } from '../fixtures/siret.ts';
import { expect, test } from '../fixtures/test.ts';

// Ranges that Arcep keeps for fiction where there are any; the others are the overseas prefixes themselves.
const geographic = [
  '0199001234',
  '01 99 00 12 34',
  '02 61 91 12 34',
  '03 53 01 12 34',
  '04 65 71 12 34',
  '05 36 49 12 34',
  '02 62 20 12 34',
  '02 69 61 12 34',
  '05 90 27 12 34',
  '05 94 29 12 34',
  '05 96 60 12 34',
] as const;

const malformed = [
  'sans-arobase.guichet.test',
  'deux@@guichet.test',
  'un espace@guichet.test',
  'personne@',
] as const;

test('Le formulaire juge les valeurs : téléphones, adresses mal formées, SIRET falsifié, valeurs gardées', async ({
  site,
  demande,
  seed,
  verify,
  record,
  scene,
}) => {
  const attempts = await openAttempts(site, demande);

  // Nothing is created by these: the name is missing each time, and only the telephone is looked at.
  const judgeNumber = async (name: 'telephone' | 'telephoneUtilisateur', value: string) => {
    const { refused, said } = await attempts.post({ [name]: value, nom: '' });
    if (!refused) throw new Error('la demande sans nom a été acceptée');
    return names(said, labels[name], allLabels) ? 'refusé' : 'accepté';
  };
  await verify(
    'FORM-54',
    'un numéro géographique, métropole et outre-mer, est accepté avec ou sans espaces',
    async () => {
      const refused: string[] = [];
      for (const number of geographic)
        if ((await judgeNumber('telephone', number)) === 'refusé') refused.push(number);
      expect(refused, 'numéros géographiques refusés').toEqual([]);
      return `${geographic.length} numéros acceptés`;
    },
  );
  for (const [id, name, numbers] of [
    [
      'FORM-55',
      'telephone',
      { mobile: '06 39 98 12 34', '07': '07 00 00 12 34', '09': '09 70 00 12 34', '08': '0820 722 111' },
    ],
    ['FORM-56', 'telephoneUtilisateur', { mobile: '06 12 34 56 78' }],
  ] as const) {
    await record(id, `numéros non géographiques dans « ${labels[name]} »`, async () => {
      const outcomes: string[] = [];
      for (const [kind, number] of Object.entries(numbers))
        outcomes.push(`${kind} : ${await judgeNumber(name, number)}`);
      return outcomes.join(', ');
    });
  }
  await record('FORM-59', 'le téléphone se saisit deux fois', async () => {
    const fields = await site.page.getByLabel(/confirmer.*téléphone/i).count();
    return fields > 0 ? 'oui' : 'non, un seul champ';
  });

  for (const [first, second] of [
    ['courriel', 'confirmerCourriel'],
    ['courrielUtilisateur', 'confirmerCourrielUtilisateur'],
  ] as const) {
    await verify(
      'FORM-60',
      `une adresse mal formée, saisie deux fois dans « ${labels[first]} », est refusée`,
      async () => {
        for (const address of malformed) {
          const { refused, said } = await attempts.post({ [first]: address, [second]: address });
          expect(refused, `« ${address} » est refusée`).toBe(true);
          expect(
            names(said, labels[first], allLabels),
            `« ${address} » : le champ est désigné (${said.join(' / ')})`,
          ).toBe(true);
        }
        return `${malformed.length} adresses refusées`;
      },
    );
  }

  await verify(
    'FORM-05',
    'le SIRET affiché ne se modifie pas, et un SIRET falsifié à l’envoi n’est pas pris',
    async () => {
      const editable = site.page.locator('input:not([type=hidden]):not([readonly]):not([disabled])');
      const values = await editable.evaluateAll((inputs) =>
        inputs.map((input) => (input as HTMLInputElement).value.replace(/\s/g, '')),
      );
      expect(values.includes(attempts.person().siret), 'un champ modifiable porte le SIRET').toBe(false);
      const other = siretFor(seed, 999_999_999);
      const { action, entries } = await wireForm(site);
      // By the name that says so, or by what it holds.
      const wireNames = Object.keys(entries).filter(
        (name) => /siret/i.test(name) || entries[name]?.replace(/\s/g, '') === attempts.person().siret,
      );
      const tampered = Object.fromEntries(
        (wireNames.length > 0 ? wireNames : ['siret']).map((name) => [name, other]),
      );
      // The name is missing, so that nothing is created whatever the target makes of the SIRET.
      const nom = (await field(site, 'nom').getAttribute('name')) ?? 'nom';
      const answer = await postAs(site.page, action, { ...entries, ...tampered, [nom]: '' });
      if (answer.status() >= 500) throw new Error(`le site répond HTTP ${answer.status()}`);
      expect((await textOf(answer)).includes(other), 'la réponse reprend le SIRET falsifié').toBe(false);
    },
  );
  await verify('FORM-52', 'une ville qui n’est pas du code postal est refusée à l’envoi', async () => {
    const { refused, said } = await attempts.post({ codePostal: '35000', ville: 'Bassuet' });
    expect(refused, 'la demande est refusée').toBe(true);
    expect(names(said, labels.ville, allLabels), `message : ${said.join(' / ')}`).toBe(true);
  });

  let afterRefusal: readonly string[] = [];
  await verify(
    'FORM-76',
    'après un refus, les valeurs déjà saisies sont gardées (la réponse secrète peut ne pas l’être)',
    async () => {
      let lost: string[] = [];
      const { codePostal, ville } = attempts.person();
      const { refused, said } = await attempts.press(
        () => field(site, 'nom').fill(''),
        async () => {
          lost = [];
          const typed = typedFields(attempts.person()).filter(
            ([name]) => name !== 'nom' && name !== 'reponse',
          );
          for (const [name, value] of [['codePostal', codePostal], ['ville', ville], ...typed] as const) {
            if (plain(await held(field(site, name))) !== plain(value)) lost.push(labels[name]);
          }
        },
      );
      if (!refused) throw new Error('la demande sans nom a été acceptée');
      afterRefusal = said;
      expect(lost, 'champs perdus').toEqual([]);
    },
  );
  await verify('FORM-73', 'la page d’un refus ne dit pas que la demande est passée', async () => {
    expect(afterRefusal.join(' / '), 'texte visible après un refus').not.toMatch(
      /demande (est|a été|a bien été) (envoyée|enregistrée|transmise|reçue)|a fonctionné/i,
    );
    return afterRefusal[0];
  });
  await scene('Formulaire après un refus');

  await record('FORM-61', 'la question secrète et sa réponse', async () => {
    const offered = await choices(field(site, 'questionSecrete'));
    const limit = await field(site, 'reponse').getAttribute('maxlength');
    const question = offered ? `liste de ${offered.length} : ${offered.join(' ; ')}` : 'texte libre';
    return `question : ${question} — réponse : ${limit ? `${limit} caractères au plus` : 'sans limite annoncée'}`;
  });
  const text = await visibleText(site.page);
  await record('FORM-77', 'le formulaire distingue le Tiers Déclarant de l’employeur', async () =>
    /tiers déclarant/i.test(text) ? 'une mention, pas de champ' : 'non',
  );
  await record('FORM-79', 'l’écran dit que la personne à contacter reçoit tous les échanges', async () =>
    says(text, 'destinataire de tous les échanges') ? 'oui' : 'non',
  );
});
