import { openAttempts } from '../fixtures/attempt.ts';
import { allLabels, clear, field, held, labels } from '../fixtures/screens/fields.ts';
import { send } from '../fixtures/screens/form.ts';
import { isForm } from '../fixtures/screens/siret.ts';
import { names } from '../fixtures/screens/words.ts';
import { expect, test } from '../fixtures/test.ts';

// Letters with accents: in UTF-8 they are more bytes than characters, so a limit in bytes shows.
const limits = [
  { name: 'libelleVoie', limit: 28, whole: 'FORM-45', beyond: 'FORM-46' },
  { name: 'complement', limit: 38, whole: 'FORM-47', beyond: 'FORM-48' },
] as const;

test('Le libellé de voie est limité à 28 caractères et le complément à 38', async ({
  site,
  demande,
  verify,
  scene,
}) => {
  const filled = (key: string) => ({
    ...demande(key),
    libelleVoie: letters(28),
    complement: letters(38),
  });
  const attempts = await openAttempts(site, filled);

  const shownAgain = new Map<string, string>();
  const refusal = await attempts.press(
    () => clear(field(site, 'nom')),
    async () => {
      for (const { name } of limits) shownAgain.set(name, await held(field(site, name)));
    },
  );
  for (const { name, limit, whole, beyond } of limits) {
    await verify(
      whole,
      `« ${labels[name]} » de ${limit} caractères accentués est accepté et gardé entier`,
      async () => {
        expect(await held(field(site, name)), 'valeur saisie').toBe(letters(limit));
        expect(shownAgain.get(name), 'valeur gardée après un refus').toBe(letters(limit));
        expect(names(refusal.said, labels[name], allLabels), `message : ${refusal.said.join(' / ')}`).toBe(
          false,
        );
        return `${limit} caractères gardés`;
      },
    );
    await verify(
      beyond,
      `le ${limit + 1}e caractère de « ${labels[name]} » ne se saisit pas, ou la demande est refusée avec un message`,
      async () => {
        const input = field(site, name);
        await input.fill('');
        await input.pressSequentially(letters(limit + 1));
        const kept = await held(input);
        if (kept.length <= limit) {
          await input.fill(letters(limit));
          return `saisie arrêtée à ${kept.length} caractères`;
        }
        const { refused, said } = await attempts.press(async () => {});
        expect(refused, 'la demande est refusée').toBe(true);
        expect(names(said, labels[name], allLabels), `message : ${said.join(' / ')}`).toBe(true);
        return said.join(' / ');
      },
    );
    await verify(
      beyond,
      `${limit + 1} caractères envoyés sans les contrôles du navigateur : refus avec un message, jamais une coupe silencieuse`,
      async () => {
        const { refused, said } = await attempts.post({ [name]: letters(limit + 1) });
        const message = said.filter((line) => /caract/i.test(line)).join(' / ');
        expect(
          refused || /tronqu|coup|raccourci/i.test(said.join(' ')),
          `la demande est refusée, ou la coupe est dite (${said.slice(0, 6).join(' / ')})`,
        ).toBe(true);
        expect(names(said, labels[name], allLabels), `message : ${message}`).toBe(true);
        return message || `${limit + 1} caractères refusés`;
      },
    );
  }
  const accepted = await send(site, attempts.person());
  await scene('Demande avec 28 et 38 caractères');
  for (const { name, limit, whole } of limits) {
    await verify(
      whole,
      `la demande avec ${limit} caractères dans « ${labels[name]} » est acceptée`,
      async () => {
        const blamed = (await isForm(site)) && names(accepted.said, labels[name], allLabels);
        expect(blamed, `refus : ${accepted.said.join(' / ')}`).toBe(false);
      },
    );
  }
});

/** So many characters, all letters, accents included. */
function letters(count: number): string {
  return 'Éléonore çà et là Noël être où'.replaceAll(' ', 'é').repeat(2).slice(0, count).normalize('NFC');
}
