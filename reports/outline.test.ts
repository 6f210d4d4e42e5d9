import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { outline } from './outline.ts';
import { sampleResults } from './results.test-data.ts';

const plain = { colour: false, width: 100 };
const red = outline(sampleResults(), plain);

test('every requirement has its mark, within the width, in the order of the steps', () => {
  const results = sampleResults();
  const procedure = red.slice(0, red.indexOf('✔ satisfaite'));
  expect(procedure.match(/[✔×?–·]\d\d/g)).toHaveLength(results.requirements.length);
  const titles = [
    'Page d’accueil',
    'Étape SIRET',
    'Formulaire',
    'Les trois mails',
    'Connexion',
    'Assistance',
  ];
  expect(procedure.match(/^\S.*?(?= {2})/gm)).toEqual(titles);
  for (const line of procedure.split('\n')) expect([...line].length).toBeLessThanOrEqual(100);
});

test('the denominators have the words of the design, one line per level', () => {
  expect(outline(sampleResults('green'), plain)).toContain(
    '123 passed, 0 failed, 0 untested of 123 MUST\n43 passed, 0 failed, 0 untested of 43 SHOULD\n',
  );
  expect(red).toContain('60 passed, 2 failed, 1 cantTell, 1 untested of 64 MUST (1 inapplicable)');
});

test('the verdict names its scope, and a narrower selection', () => {
  expect(outline(sampleResults('green'), plain)).toContain(
    'CONFORME — 192 exigences jugées sur 192 du catalogue',
  );
  expect(red).toContain('NON CONFORME — 97 exigences jugées sur 192 du catalogue');
  const results = sampleResults();
  results.campaign.selection = ['SIRET-23'];
  results.verdict.outcome = 'inconclusive';
  expect(outline(results, plain)).toContain('NON CONCLUANT — sélection SIRET-23 : ');
});

test('a failure says what, expected, observed, where, and how to replay; green says nothing more', () => {
  const detail = red.slice(red.indexOf('× SIRET-23'), red.indexOf('× FORM-12'));
  expect(detail.split('\n')).toEqual([
    '× SIRET-23  MUST',
    "  « N'oubliez pas de cocher les conditions générales d'utilisation avant de valider votre demande. »",
    '  attendu   le message « Veuillez accepter les conditions générales d’utilisation » est visible',
    '  observé   aucun message ; la page est le formulaire de création de compte',
    '  preuve    evidence/cgu.png',
    '  rejouer   npx guichet check SIRET-23 --seed 42',
    '',
    '',
  ]);
  expect(outline(sampleResults('green'), plain)).not.toContain('attendu');
  expect(red).toContain('· non testées dans le périmètre : FORM-30');
  expect(outline(sampleResults(), { ...plain, folder: 'reports/out/x' })).toContain(
    'reports/out/x/evidence/cgu.png',
  );
});

test('long texts are wrapped to the terminal and many findings cut short', () => {
  const results = sampleResults();
  const failing = results.requirements.find(({ id }) => id === 'SIRET-23');
  failing?.checks.push(
    ...Array.from({ length: 9 }, (_, n) => ({
      scenario: 's',
      outcome: 'failed' as const,
      expected: `${n} ${'mot '.repeat(60)}`,
      observed: 'rien',
      evidence: [],
    })),
  );
  const text = outline(results, { colour: false, width: 60 });
  expect(text).toContain('  … et 7 autres constats dans report.html');
  const prose = text.split('\n').filter((line) => line.includes('mot'));
  expect(prose.length).toBeGreaterThan(4);
  for (const line of prose) expect(line.length).toBeLessThanOrEqual(60);
});

test('colours only when asked, and never those of the target', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the very thing that must not be there
  expect(red).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  const coloured = outline(sampleResults(), { ...plain, colour: true });
  expect(coloured).toContain('\u001b[32m✔01');
  expect(coloured).not.toContain('\u001b[2J');
  expect(stripVTControlCharacters(coloured)).toBe(red);
});

test('a selection is shown without the rest of the procedure', () => {
  const results = sampleResults('green');
  results.campaign.selection = ['SIRET-23'];
  for (const requirement of results.requirements) requirement.inScope = requirement.id === 'SIRET-23';
  const text = outline(results, plain);
  expect(text).toContain('✔23');
  expect(text).not.toContain('hors périmètre');
  expect(text).not.toContain('Les trois mails');
});
