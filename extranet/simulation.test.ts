import { expect, test } from 'vitest';
import { allocationOf, simulation } from './simulation.ts';
import { startTrial, textOfPage } from './trial.ts';

test.each([
  ['2026-02', 16.48, 8.57],
  ['2026-02', 40, 14.4],
  ['2026-02', 79.12, 19.47],
  ['2024-12', 79.12, 19.25],
  ['2024-10', 10, 8.3],
])('in %s an hour at %d € gives %d €', (month, pay, hourly) => {
  const allocation = allocationOf(simulation, { month, pay, employees: 2, hours: 10 });
  expect(allocation).toEqual({ hourly, perEmployee: hourly * 10, total: hourly * 20 });
});

test.each(['2023-12', '2026-06', '2027-01'])('%s has no published floor', (month) => {
  expect(allocationOf(simulation, { month, pay: 20, employees: 1, hours: 1 })).toBeUndefined();
});

test.each([
  ['2026-03', 9.33, 7.5],
  ['2026-03', 30, 10.8],
  ['2026-03', 60, 15.11],
])('in Mayotte in %s an hour at %d € gives %d €', (month, pay, hourly) => {
  const asked = { month, pay, employees: 1, hours: 1, mayotte: true };
  expect(allocationOf(simulation, asked)?.hourly).toBe(hourly);
});

test('Mayotte has no sourced floor before 2026', () => {
  const asked = { month: '2025-12', pay: 20, employees: 1, hours: 1, mayotte: true };
  expect(allocationOf(simulation, asked)).toBeUndefined();
});

test('the page calculates, and says what is wrong', async () => {
  const { app, close } = await startTrial();
  const page = async (query: string) => {
    const answer = await app.inject(`/aparts/simulation?${query}`);
    expect(answer.statusCode).toBe(200);
    return textOfPage(answer.body);
  };
  expect(await page('mois=2026-03&salaries=3&heures=17,5&taux=20')).toContain(
    'Montant mensuel de l’allocation : 449,94 €',
  );
  expect(await page('mois=2026-07&salaries=3&heures=17,5&taux=20')).toContain('aucun plancher n’est connu');
  expect(await page('mois=2025-07&salaries=3&heures=17,5&taux=20&mayotte=oui')).toContain(
    'commencent en janvier 2026 pour Mayotte',
  );
  expect(await page('mois=2023-07&salaries=3&heures=17,5&taux=20')).toContain('commencent en janvier 2024.');
  expect(await page('')).toContain('décret n° 2024-1149');
  expect(await page('mois=x&salaries=-1&heures=&taux=%3Cb%3E')).toContain(
    'Nombre de salariés : valeur attendue',
  );
  await close();
});
