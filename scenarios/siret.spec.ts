import { press, visibleLines, visibleText } from '../fixtures/screens/act.ts';
import { control, field, held, labels } from '../fixtures/screens/fields.ts';
import { linkStatus } from '../fixtures/screens/link.ts';
import { isMarkedMandatory } from '../fixtures/screens/mandatory.ts';
import {
  changeCode,
  codePicture,
  fillSiretStep,
  isForm,
  isSiretStep,
  openSiretStep,
  shownCode,
  submitSiretStep,
} from '../fixtures/screens/siret.ts';
import { tooltipText } from '../fixtures/screens/tooltip.ts';
import { plain, says } from '../fixtures/screens/words.ts';
import { expect, test } from '../fixtures/test.ts';

const tooltip =
  'En cas de difficultés pour recopier le code de sécurité proposé, vous pouvez en obtenir un nouveau en cliquant sur ce bouton.';

test('L’étape SIRET montre ses champs, son contrôle de sécurité et les CGU', async ({
  site,
  demande,
  verify,
  record,
  scene,
}) => {
  const { page } = site;
  await openSiretStep(site);
  await scene('Étape SIRET');
  const text = await visibleText(page);
  await verify('SIRET-01', 'le titre « Veuillez indiquer votre numéro de Siret »', async () => {
    expect(plain(text), 'texte de la page').toMatch(/ve(u)?illez indiquer votre numero de siret/);
  });
  await verify('SIRET-02', 'la consigne de saisie du SIRET', async () => {
    expect(plain(text), 'texte de la page').toMatch(
      /ve(u)?illez saisir le numero de siret de l'etablissement pour lequel vous demandez une creation de compte/,
    );
  });
  await verify('SIRET-09', 'une partie « Contrôle de sécurité »', async () => {
    expect(says(text, 'Contrôle de sécurité'), '« Contrôle de sécurité » est visible').toBe(true);
  });
  for (const [id, name] of [
    ['SIRET-03', 'siret'],
    ['SIRET-10', 'code'],
    ['SIRET-21', 'cgu'],
  ] as const) {
    await verify(id, `un champ « ${labels[name]} » marqué *`, async () => {
      expect(await field(site, name).isVisible(), 'le champ est visible').toBe(true);
      expect(await isMarkedMandatory(site, name), 'l’intitulé porte *').toBe(true);
    });
  }
  await verify('SIRET-10', 'l’image d’un code se voit à côté du champ', async () => {
    expect(await codePicture(site), 'image du code de sécurité').toBeDefined();
  });
  await verify('SIRET-21', 'les CGU s’acceptent par une case à cocher', async () => {
    const box = field(site, 'cgu').and(page.getByRole('checkbox'));
    expect(await box.count(), 'cases à cocher').toBe(1);
  });
  await verify('SIRET-22', 'les CGU se lisent par un lien, qui ne coche pas la case', async () => {
    const link = page.locator('form').getByRole('link', { name: /conditions générales d['’]utilisation/i });
    expect(await link.first().isVisible(), 'le lien est visible').toBe(true);
    const status = await linkStatus(site, link.first());
    if (status === 'ailleurs') throw new Error('les CGU sont sur un autre site, qui n’est pas contacté');
    expect(status, 'code HTTP des CGU').toBe(200);
    const before = await field(site, 'cgu').isChecked();
    const reading = page.context().waitForEvent('page');
    // In a tab of its own, so that the step stays to be looked at.
    await link.first().click({ modifiers: ['ControlOrMeta'] });
    const tab = await reading;
    // A new tab is an empty page at first.
    await tab.waitForURL((url) => url.protocol !== 'about:', { waitUntil: 'domcontentloaded' });
    const frame = new Set(text.split('\n'));
    // What every page shows is not the text of the terms.
    const terms = (await visibleLines(tab)).filter((line) => !frame.has(line)).join(' ');
    await tab.close();
    expect(terms.length, 'longueur du texte propre aux CGU').toBeGreaterThan(200);
    expect(await field(site, 'cgu').isChecked(), 'case cochée après le clic').toBe(before);
  });
  await verify('SIRET-25', 'la case CGU n’est pas cochée à l’arrivée', async () => {
    expect(await field(site, 'cgu').isChecked(), 'case cochée').toBe(false);
  });
  await verify('SIRET-24', 'la case CGU se coche et se décoche', async () => {
    const box = field(site, 'cgu');
    const before = await box.isChecked();
    await box.click();
    expect(await box.isChecked(), 'case cochée après un clic').toBe(!before);
    await box.press('Space');
    expect(await box.isChecked(), 'case cochée après la barre d’espace').toBe(before);
  });
  for (const [id, name] of [
    ['SIRET-26', 'VALIDER'],
    ['SIRET-28', 'ANNULER'],
  ] as const) {
    await verify(id, `un bouton « ${name} »`, async () => {
      expect(await control(site, name).first().isVisible(), `« ${name} » est visible`).toBe(true);
    });
  }
  await verify('SIRET-20', 'la commande de changement du code est un bouton ou un lien', async () => {
    expect(await changeCode(site).isVisible(), 'un bouton de changement du code est visible').toBe(true);
  });
  if (!(await changeCode(site).isVisible())) throw new Error('aucune commande ne change le code');
  await verify(
    'SIRET-17',
    'le bouton de changement montre une info-bulle au survol ou au focus',
    async () => {
      await changeCode(site).hover();
      if ((await tooltipText(changeCode(site))) === '') await changeCode(site).focus();
      expect(await tooltipText(changeCode(site)), 'texte de l’info-bulle').not.toBe('');
      return await tooltipText(changeCode(site));
    },
  );
  await scene('Info-bulle du code de sécurité');
  await verify('SIRET-18', 'l’info-bulle est intitulée « Information »', async () => {
    expect(await tooltipText(changeCode(site)), 'texte de l’info-bulle').toMatch(/^information/i);
  });
  await verify('SIRET-19', 'l’info-bulle dit la phrase de la procédure', async () => {
    expect(plain(await tooltipText(changeCode(site))), 'texte de l’info-bulle').toContain(plain(tooltip));
  });
  const { siret } = demande();
  await fillSiretStep(site, { siret });
  const before = await shownCode(site);
  const ticked = await field(site, 'cgu').isChecked();
  const picture = await codePicture(site);
  await press(page, changeCode(site));
  await verify('SIRET-14', 'la commande de changement remplace le code', async () => {
    expect(await shownCode(site), 'code affiché après le changement').not.toBe(before);
    if (!picture) throw new Error('aucune image du code à comparer');
    expect((await codePicture(site)) === picture, 'l’image est restée la même').toBe(false);
  });
  await verify('SIRET-16', 'le changement garde le SIRET et l’état de la case CGU', async () => {
    expect(await held(field(site, 'siret')), 'SIRET').toBe(siret);
    expect(await field(site, 'cgu').isChecked(), 'case cochée').toBe(ticked);
  });
  const pristine = await visibleLines(page);
  const old = await submitSiretStep(site, { siret, code: before }, pristine);
  await verify(
    'SIRET-15',
    'après un changement, l’ancien code est refusé et le nouveau accepté',
    async () => {
      expect(await isForm(site), `le formulaire s’ouvre avec l’ancien code (${old.said.join(' / ')})`).toBe(
        false,
      );
      const { said } = await submitSiretStep(site, { siret }, pristine);
      const blamed = (await isSiretStep(site)) && says(said, 'code');
      expect(blamed, `le nouveau code est refusé (${said.join(' / ')})`).toBe(false);
    },
  );
  await record('SIRET-29', 'la page écrit « Veillez » pour « Veuillez »', async () =>
    /veillez/i.test(text) ? 'oui' : 'non',
  );
});

const refusals = [
  {
    id: 'SIRET-23',
    entry: { cgu: false },
    expected: 'sans CGU, VALIDER ne mène pas au formulaire',
    word: 'conditions générales',
  },
  {
    id: 'SIRET-11',
    entry: { code: '' },
    expected: 'sans code, VALIDER ne mène pas au formulaire',
    word: undefined,
  },
  {
    id: 'SIRET-12',
    entry: { code: 'x0x0x0' },
    expected: 'avec un code faux, VALIDER ne mène pas au formulaire et dit pourquoi',
    word: 'code',
  },
  {
    id: 'SIRET-04',
    entry: { siret: '' },
    expected: 'sans SIRET, VALIDER ne mène pas au formulaire et le message désigne le champ',
    word: 'siret',
  },
] as const;

test('Sans CGU, sans code ou sans SIRET, le formulaire reste fermé', async ({
  site,
  demande,
  verify,
  scene,
}) => {
  for (const { id, entry, expected, word } of refusals) {
    await openSiretStep(site);
    const { kind, said } = await submitSiretStep(site, { siret: demande(id).siret, ...entry });
    await scene(expected);
    const message = said.join(' / ');
    await verify(id, expected, async () => {
      expect(await isForm(site), 'le formulaire est ouvert').toBe(false);
      if (kind === 'disabled') return 'VALIDER est inactif';
      expect(word === undefined || says(said, word), `message affiché : ${message}`).toBe(true);
      return message;
    });
    if (id === 'SIRET-23') {
      await verify('FORM-75', 'un message rappelle de cocher les CGU', async () => {
        if (kind === 'disabled') return 'VALIDER est inactif';
        expect(says(said, 'conditions générales d’utilisation'), `message affiché : ${message}`).toBe(true);
        return message;
      });
    }
  }
});
