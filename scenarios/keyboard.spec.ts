import { react } from '../fixtures/screens/act.ts';
import { control, field, type labels, mandatoryFields } from '../fixtures/screens/fields.ts';
import { sendBy, typedFields } from '../fixtures/screens/form.ts';
import { createSpace, openHome } from '../fixtures/screens/home.ts';
import { arrowTo, inPageOrder, type Stop, tabTo } from '../fixtures/screens/keyboard.ts';
import { isForm, shownCode } from '../fixtures/screens/siret.ts';
import { expect, test } from '../fixtures/test.ts';

test('Tout le parcours se fait au clavier seul', async ({ site, demande, verify, record }) => {
  const { page } = site;
  const person = demande();
  const stops: Stop[] = [];
  const order: string[] = [];
  const goTo = async (wanted: ReturnType<typeof field>) => {
    const { stops: walked, reached } = await tabTo(page, wanted);
    stops.push(...walked);
    order.push(...walked.map(({ name }) => name));
    expect(reached, `le clavier atteint ${wanted}, après : ${order.slice(-3).join(' → ')}`).toBe(true);
  };
  const type = async (name: keyof typeof labels, value: string) => {
    await goTo(field(site, name));
    await page.keyboard.type(value);
  };
  await verify(
    'A11Y-03',
    'de l’accueil à la confirmation au clavier seul, dans l’ordre, focus visible',
    async () => {
      await openHome(site);
      await goTo(createSpace(site));
      await react(page, () => page.keyboard.press('Enter'));
      order.length = 0;
      await type('siret', person.siret);
      await type('code', await shownCode(site));
      await goTo(field(site, 'cgu'));
      await page.keyboard.press('Space');
      await goTo(control(site, 'VALIDER').first());
      const step = await react(page, () => page.keyboard.press('Enter'));
      // An answer shows that the keyboard sent the step; what it is refused for is judged elsewhere.
      if (step.kind === 'answered' && !(await isForm(site)))
        throw new Error(`l’étape SIRET est refusée : ${step.said.join(' / ')}`);
      expect(await isForm(site), 'le formulaire s’ouvre au clavier').toBe(true);

      const values = new Map(
        typedFields({ ...person, numeroVoie: '', extensionVoie: '', typeVoie: '', complement: '', fax: '' }),
      );
      for (const name of await inPageOrder(site, mandatoryFields)) {
        const input = field(site, name);
        if (name === 'codePostal') {
          await goTo(input);
          // The towns come while the code is typed.
          await react(page, () => page.keyboard.type(person.codePostal));
        } else if (name === 'ville') {
          await goTo(input);
          await arrowTo(page, input, person.ville);
        } else if (name === 'questionSecrete') {
          await goTo(input);
          await page.keyboard.press('ArrowDown');
        } else {
          await type(name, values.get(name) ?? '');
        }
      }
      await goTo(control(site, 'ENVOYER').first());
      const { kind, said } = await sendBy(site, person, () =>
        react(page, () => page.keyboard.press('Enter')),
      );
      // An answer shows that the keyboard sent the form; what the target refuses it for is judged elsewhere.
      if (kind === 'answered' && (await isForm(site)))
        throw new Error(`la demande est refusée : ${said.join(' / ')}`);
      expect(await isForm(site), `le formulaire est encore affiché : ${said.join(' / ')}`).toBe(false);
      const unseen = stops.filter(({ visible }) => !visible).map(({ name }) => name);
      expect(unseen, 'arrêts du clavier sans focus visible').toEqual([]);
      const again = stops.filter(({ again }) => again).map(({ name }) => name);
      expect(again, 'arrêts revus avant le champ suivant de la page').toEqual([]);
      return `${stops.length} tabulations`;
    },
  );
  await record('SIRET-30', 'l’ordre du clavier sur l’étape SIRET', async () => order.slice(0, 8).join(' → '));
});
