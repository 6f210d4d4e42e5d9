import { press, visibleLines } from '../fixtures/screens/act.ts';
import { allLabels, control, field, held, labels } from '../fixtures/screens/fields.ts';
import {
  fillSiretStep,
  isForm,
  isSiretStep,
  openSiretStep,
  submitSiretStep,
} from '../fixtures/screens/siret.ts';
import { names, says } from '../fixtures/screens/words.ts';
import { opensForm, wireForm } from '../fixtures/script-post.ts';
import { expect, test } from '../fixtures/test.ts';

test('Un SIRET mal formé est refusé ; ANNULER quitte l’étape', async ({
  site,
  demande,
  verify,
  record,
  scene,
}) => {
  const { siret } = demande();
  await openSiretStep(site);
  const pristine = await visibleLines(site.page);
  for (const [what, wrong] of [
    ['13 chiffres', siret.slice(0, 13)],
    ['15 chiffres', `${siret}0`],
    ['un SIREN de 9 chiffres', siret.slice(0, 9)],
    ['des lettres', `${siret.slice(0, 12)}AB`],
    [
      'des chiffres pleine chasse',
      siret.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    ],
  ] as const) {
    await verify('SIRET-06', `refusé avec un message : ${what}`, async () => {
      const { said } = await submitSiretStep(site, { siret: wrong }, pristine);
      const open = await isForm(site);
      if (open) await openSiretStep(site);
      expect(open, 'le formulaire est ouvert').toBe(false);
      expect(
        names(said, labels.siret, allLabels) || says(said, 'siret'),
        `message affiché : ${said.join(' / ')}`,
      ).toBe(true);
      return said.join(' / ');
    });
  }
  await scene('SIRET refusé');
  await fillSiretStep(site, { siret });
  const step = await wireForm(site, 'siret');
  const opens = (value: string) => opensForm(site, step, value);
  // INSEE's own samples and La Poste's exception; the form is only opened, nothing is asked for them.
  await verify(
    'SIRET-05',
    'les SIRET valides des exemples publics sont acceptés, ceux de La Poste aussi',
    async () => {
      const refused: string[] = [];
      for (const value of [
        '73282932000074',
        '20003452800014',
        '00032517500016',
        '35600000000048',
        '35600000009075',
      ]) {
        if (!(await opens(value))) refused.push(value);
      }
      expect(refused, 'SIRET valides refusés').toEqual([]);
    },
  );
  await record(
    'SIRET-07',
    'les numéros de 14 chiffres qui ne passent pas les clés, dont l’exemple de la procédure',
    async () => {
      const outcomes: string[] = [];
      for (const value of [
        '33000637200010',
        '20003452800041',
        '11122233344455',
        '35600000000011',
        '00000000000000',
      ]) {
        outcomes.push(`${value} ${(await opens(value)) ? 'accepté' : 'refusé'}`);
      }
      return outcomes.join(', ');
    },
  );
  await record('SIRET-08', 'un SIRET saisi avec des espaces', async () => {
    const grouped = `${siret.slice(0, 3)} ${siret.slice(3, 6)} ${siret.slice(6, 9)} ${siret.slice(9)}`;
    const outcomes: string[] = [];
    for (const [how, written] of [
      ['espaces', grouped],
      ['espaces insécables', grouped.replaceAll(' ', '\u00a0')],
      ['espace final', `${siret} `],
    ] as const) {
      outcomes.push(`${how} : ${(await opens(written)) ? 'accepté' : 'refusé'}`);
    }
    return outcomes.join(' ; ');
  });
  await verify('SIRET-28', 'ANNULER quitte ou vide l’étape sans ouvrir le formulaire', async () => {
    await openSiretStep(site);
    await fillSiretStep(site, { siret });
    await press(site.page, control(site, 'ANNULER').first());
    expect(await isForm(site), 'le formulaire est ouvert').toBe(false);
    const kept = (await isSiretStep(site)) ? await held(field(site, 'siret')) : '';
    expect(kept, 'SIRET encore affiché').toBe('');
  });
});
