import { openAttempts } from '../fixtures/attempt.ts';
import { field, labels } from '../fixtures/screens/fields.ts';
import { expect, test } from '../fixtures/test.ts';

const pairs = [
  { id: 'FORM-57', first: 'courriel', second: 'confirmerCourriel' },
  { id: 'FORM-58', first: 'courrielUtilisateur', second: 'confirmerCourrielUtilisateur' },
] as const;

const tellsDifference = /différ|ne correspond|pas identiques|pas les mêmes|doivent être identiques/i;

test('Deux adresses mail différentes dans une double saisie font refuser la demande', async ({
  site,
  demande,
  verify,
  scene,
}) => {
  const attempts = await openAttempts(site, demande);
  for (const { id, first, second } of pairs) {
    // Only the domain differs: how upper case and spaces compare is left open by the procedure.
    const other = () => attempts.person()[first].replace('@', '@x');
    await verify(
      id,
      `« ${labels[first]} » et « ${labels[second]} » différents : refus, et le message le dit`,
      async () => {
        const { refused, said } = await attempts.press(() => field(site, second).fill(other()));
        expect(refused, 'la demande est refusée').toBe(true);
        expect(said.join(' / '), 'message affiché').toMatch(tellsDifference);
        return said.slice(0, 3).join(' / ');
      },
    );
    await verify(id, 'les mêmes, envoyées sans les contrôles du navigateur', async () => {
      const { refused, status, said } = await attempts.post({ [second]: other() });
      expect(refused, `la demande est refusée (HTTP ${status})`).toBe(true);
      expect(said.join(' / '), 'message affiché').toMatch(tellsDifference);
      return `refus, HTTP ${status}`;
    });
  }
  await scene('Double saisie');
});
