import { visibleText } from '../fixtures/screens/act.ts';
import { openSupport } from '../fixtures/screens/home.ts';
import { plain, says } from '../fixtures/screens/words.ts';
import { expect, test } from '../fixtures/test.ts';

test('L’assistance indique son adresse, ses numéros et leurs prix', async ({
  site,
  verify,
  record,
  scene,
}) => {
  const { page } = site;
  await openSupport(site);
  await scene('Support technique');
  const text = plain(await visibleText(page));
  const price = plain('Service 0,15 € / appel + prix appel');

  await verify('SUPP-02', 'l’adresse contact-ap@asp-public.fr est affichée', async () => {
    expect(says(text, 'contact-ap@asp-public.fr'), 'l’adresse est affichée').toBe(true);
  });
  for (const [numberId, priceId, number, territory] of [
    ['SUPP-03', 'SUPP-04', '0820 722 111', 'métropole'],
    ['SUPP-05', 'SUPP-06', '0821 401 400', 'DOM'],
  ] as const) {
    const at = text.indexOf(number);
    // From this number to the next: its own price and territory, not those of its neighbour.
    const found = () => {
      if (at < 0) throw new Error(`le ${number} est introuvable`);
    };
    const own = text.slice(at).split(/(?=0820 722 111|0821 401 400)/)[0] ?? '';
    await verify(numberId, `le ${number} est affiché pour : ${territory}`, async () => {
      expect(at, `position de ${number} dans la page`).toBeGreaterThanOrEqual(0);
    });
    await verify(priceId, `le prix est affiché à côté du ${number}`, async () => {
      found();
      expect(own.includes(price), `« ${price} » suit ${number}`).toBe(true);
    });
    await verify(
      'SUPP-07',
      `le ${number} est rattaché en toutes lettres à son territoire : ${territory}`,
      async () => {
        const around = text.slice(Math.max(0, at - 40), at) + own;
        found();
        expect(around.includes(plain(territory)), `« ${territory} » près de ${number}`).toBe(true);
      },
    );
  }
  await verify('SUPP-01', 'le conseil sur les indésirables précède les moyens de contact', async () => {
    const spam = text.search(/spam|courrier indesirable/);
    expect(spam, 'position du conseil sur les indésirables').toBeGreaterThanOrEqual(0);
    expect(spam, 'position du conseil, avant le premier moyen de contact').toBeLessThan(
      text.search(/contact-ap@|0820 722 111|0821 401 400/),
    );
  });
  await record('MAIL-15', 'le conseil cite d’autres systèmes de filtrage', async () =>
    text.includes('filtrage') ? 'oui' : 'non',
  );
});
