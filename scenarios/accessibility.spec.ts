import { axeViolations } from '../fixtures/axe.ts';
import { press, visibleText } from '../fixtures/screens/act.ts';
import {
  clear,
  control,
  enter,
  field,
  formFields,
  labels,
  mandatoryFields,
} from '../fixtures/screens/fields.ts';
import { fillForm, send } from '../fixtures/screens/form.ts';
import { openHome } from '../fixtures/screens/home.ts';
import { linkedPages } from '../fixtures/screens/link.ts';
import {
  changeCode,
  codeImage,
  fillSiretStep,
  isForm,
  isSiretStep,
  openForm,
  openSiretStep,
  shownCode,
} from '../fixtures/screens/siret.ts';
import { tooltipText } from '../fixtures/screens/tooltip.ts';
import { like, names, plain, says } from '../fixtures/screens/words.ts';
import type { Site } from '../fixtures/site.ts';
import { expect, test } from '../fixtures/test.ts';
import type { Verify } from '../fixtures/verify.ts';

/** WCAG 1.4.10 in CSS pixels. */
const narrow = { width: 320, height: 640 };

const siretFields = ['siret', 'code', 'cgu'] as const;

test('Les pages du parcours sont accessibles : intitulés, axe, largeur de 320 px, erreurs reliées aux champs', async ({
  site,
  demande,
  verify,
  scene,
}) => {
  const { page } = site;
  const person = demande();

  const judge = (what: string) => judgePage(page, verify, what);
  const judgeLabels = async (what: string, fields: readonly (keyof typeof labels)[]) => {
    await verify(
      'A11Y-01',
      `chaque champ a un intitulé programmé qui dit l’intitulé visible : ${what}`,
      async () => {
        for (const name of fields) {
          const input = field(site, name);
          expect(await input.count(), `champs intitulés « ${labels[name]} »`).toBe(1);
          const shown = await input.evaluate(
            (element) => (element as HTMLInputElement).labels?.[0]?.innerText ?? '',
          );
          expect(plain(shown), `intitulé visible de « ${labels[name]} »`).toMatch(like(labels[name]));
          const spoken = input.and(page.getByLabel(like(labels[name])));
          expect(await spoken.count(), `champs dont le nom programmé est « ${labels[name]} »`).toBe(1);
        }
        return `${fields.length} champs`;
      },
    );
  };

  await openHome(site);
  await judge('accueil');
  await judgeLabels('connexion', ['utilisateur', 'motDePasse']);

  await openSiretStep(site);
  await judge('étape SIRET');
  await judgeLabels('étape SIRET', siretFields);
  await verify('A11Y-04', 'l’info-bulle paraît au focus clavier et se ferme sans bouger', async () => {
    await changeCode(site).focus();
    expect(await tooltipText(changeCode(site)), 'texte de l’info-bulle au focus').not.toBe('');
    await page.keyboard.press('Escape');
    expect(await tooltipText(changeCode(site)), 'texte de l’info-bulle après Échap').toBe('');
  });
  const code = await shownCode(site);
  await verify(
    'A11Y-05',
    'l’alternative de l’image dit sa nature et sa fonction sans donner le code',
    async () => {
      const picture = codeImage(site);
      if ((await picture.count()) === 0) throw new Error('aucune image du code');
      const alternative =
        (await picture.getAttribute('alt')) ?? (await picture.getAttribute('aria-label')) ?? '';
      expect(alternative, 'alternative de l’image').toMatch(/code|sécurité|cryptogramme/i);
      expect(plain(alternative), 'alternative de l’image').not.toContain(plain(code));
      return alternative;
    },
  );
  await verify(
    'A11Y-06',
    'le code a une forme qui n’est pas graphique, ou il y a une autre voie',
    async () => {
      const other = page
        .getByRole('button', { name: /sans image|audio|écouter|autre/i })
        .or(page.getByRole('link', { name: /sans image|audio|écouter|autre/i }))
        .first();
      expect(await other.isVisible(), 'une commande pour un code sans image').toBe(true);
      const { said: offered } = await press(page, other);
      await fillSiretStep(site, { siret: person.siret });
      const audio = await page.locator('audio').count();
      expect(
        audio > 0 || /lettre|chiffre|mots|calcul/i.test(offered.join(' ')),
        `une forme sonore ou écrite du code : ${offered.join(' / ')}`,
      ).toBe(true);
      const { said } = await press(page, control(site, 'VALIDER'));
      const blamed = (await isSiretStep(site)) && says(said, 'code');
      expect(blamed, `le code de cette voie est refusé (${said.join(' / ')})`).toBe(false);
    },
  );

  await openForm(site, person.siret);
  await judge('formulaire');
  await judgeLabels('formulaire', formFields);
  await verify('A11Y-02', 'les deux parties du formulaire sont des groupes nommés', async () => {
    for (const [name, other] of [
      ['denomination', 'nom'],
      ['nom', 'denomination'],
    ] as const) {
      if ((await field(site, name).count()) === 0)
        throw new Error(`« ${labels[name]} » n’est pas sur la page`);
      const group = page
        .getByRole('group', { name: /\S/ })
        .filter({ has: field(site, name), hasNot: field(site, other) });
      expect(await group.count(), `groupes nommés autour de « ${labels[name]} »`).toBeGreaterThan(0);
    }
  });
  await verify(
    'A11Y-07',
    'le sens de * est dit avant le premier champ, ou les champs sont exposés comme requis',
    async () => {
      const before = (await visibleText(page)).split(/dénomination de l/i)[0] ?? '';
      const explained = /\*[^\n]*obligatoire|obligatoire[^\n]*\*/i.test(before);
      const exposed = await Promise.all(
        mandatoryFields.map((name) =>
          field(site, name).evaluate(
            (element) => (element as HTMLInputElement).required || element.ariaRequired === 'true',
          ),
        ),
      );
      expect(
        explained || exposed.every(Boolean),
        'explication de * avant le premier champ, ou champs requis',
      ).toBe(true);
    },
  );
  await verify('A11Y-11', 'les champs de la personne portent leur finalité (autocomplete)', async () => {
    for (const [name, purpose] of [
      ['nom', /\bfamily-name$/],
      ['prenom', /\bgiven-name$/],
      ['courrielUtilisateur', /\bemail$/],
      ['telephoneUtilisateur', /\btel(-national)?$/],
    ] as const) {
      expect((await field(site, name).getAttribute('autocomplete')) ?? '', `« ${labels[name]} »`).toMatch(
        purpose,
      );
    }
  });

  const titleBefore = await page.title();
  await fillForm(site, person);
  await clear(field(site, 'nom'));
  await enter(field(site, 'telephone'), '12');
  await enter(field(site, 'courriel'), 'sans-arobase');
  const refusal = await send(site, person);
  await scene('Formulaire refusé');
  await judge('formulaire refusé');
  await verify('A11Y-10', 'le refus est exposé aux aides techniques', async () => {
    if (!(await isForm(site))) throw new Error('la demande a été acceptée');
    if (refusal.kind === 'held') return 'les messages du navigateur';
    const told = await statusOf(page);
    expect(
      told.some((text) => says(text, 'corrigez') || says(text, 'obligatoire') || says(text, 'erreur')) ||
        (await page.title()) !== titleBefore,
      'un titre nouveau ou un message d’état',
    ).toBe(true);
    return await page.title();
  });
  const isRefused = (name: keyof typeof labels) => names(refusal.said, labels[name], Object.values(labels));
  const errorOf = async (name: 'nom' | 'telephone' | 'courriel') => {
    const input = field(site, name);
    const described = await input.evaluate((element) =>
      (element.getAttribute('aria-describedby') ?? '')
        .split(/\s+/)
        .map((id) => document.getElementById(id)?.innerText ?? '')
        .join(' '),
    );
    return { invalid: await input.getAttribute('aria-invalid'), described };
  };
  for (const name of ['nom', 'telephone'] as const) {
    await verify(
      'A11Y-08',
      `après un refus, « ${labels[name]} » est exposé comme invalide et relié à son erreur`,
      async () => {
        if (refusal.kind === 'held') return 'les messages du navigateur';
        if (name !== 'nom' && !isRefused(name)) return 'valeur acceptée';
        const { invalid, described } = await errorOf(name);
        expect(invalid, 'aria-invalid').toBe('true');
        expect(names([described], labels[name], Object.values(labels)), `texte relié : ${described}`).toBe(
          true,
        );
        return described;
      },
    );
  }
  for (const [name, form] of [
    ['telephone', /exemple|chiffres|\d\d \d\d|forme|format/i],
    ['courriel', /exemple|forme|format|\w@\w/i],
  ] as const) {
    await verify(
      'A11Y-09',
      `l’erreur d’une valeur mal formée propose la forme attendue : « ${labels[name]} »`,
      async () => {
        if (!isRefused(name)) return 'valeur acceptée';
        const { described } = await errorOf(name);
        expect(described, `texte relié à « ${labels[name]} »`).toMatch(form);
        return described;
      },
    );
  }

  const before = await page.title();
  await fillForm(site, person);
  await send(site, person);
  await judge('confirmation');
  await verify('A11Y-10', 'l’issue d’ENVOYER est exposée aux aides techniques', async () => {
    if (await isForm(site)) throw new Error('la demande a été refusée');
    const told = (await statusOf(page)).some((text) => says(text, 'demande'));
    expect(told || (await page.title()) !== before, 'un titre nouveau ou un message d’état').toBe(true);
    return await page.title();
  });
});

test('Les pages liées à l’accueil sont accessibles', async ({ site, verify }) => {
  const { page } = site;
  await openHome(site);
  const links = await linkedPages(site);
  await page.setViewportSize(narrow);
  for (const link of links) {
    await page.goto(link, { waitUntil: 'domcontentloaded' });
    await judgePage(page, verify, await page.title());
  }
});

/** The texts of the page's status messages and alerts. */
async function statusOf(page: Site['page']): Promise<string[]> {
  return await page.locator('[role=status], [role=alert], [aria-live]').allInnerTexts();
}

/** Judges what every page must be: without axe violation, and usable at 320 px. */
async function judgePage(page: Site['page'], verify: Verify, what: string): Promise<void> {
  await verify('A11Y-12', `aucune violation axe (RGAA) : ${what}`, async () => {
    expect(await axeViolations(page), 'violations').toEqual([]);
  });
  await verify('A11Y-13', `utilisable à 320 px sans défilement horizontal : ${what}`, async () => {
    const size = page.viewportSize();
    const isNarrow = size?.width === narrow.width;
    if (!isNarrow) await page.setViewportSize(narrow);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (size && !isNarrow) await page.setViewportSize(size);
    expect(width, 'largeur de la page à 320 px').toBeLessThanOrEqual(320);
  });
}
