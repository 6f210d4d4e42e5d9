import { describe, expect, it } from 'vitest';
import { forecastOutline } from '../../reports/forecast-outline.ts';
import { madeCalibration, madeRun } from './calibration.test-data.ts';
import { outlookOf } from './outlook.ts';

const start = '2026-03-02';
/** A ladder of runs on a target that does 160 demandes a day. */
const ladder = madeCalibration(
  [60, 120, 150, 220, 300].map((count) =>
    madeRun({ arm: String(count), start, perDay: [count, count, count], capacities: [20], follow: 5 }),
  ),
);
const how = { draws: 40, seed: 1 };

describe('outlookOf', () => {
  it('answers by the interval of the breaking rate', () => {
    const answer = (perDay: number) => outlookOf(ladder, { peak: { perDay }, days: 7 }, how).answer;
    expect([100, 44_500].map(answer)).toEqual(['holds', 'breaks']);
    const { breaking } = outlookOf(ladder, { peak: { perDay: 100 }, days: 7 }, how);
    expect(breaking.map(({ days }) => days)).toEqual([1, 2, 3, 5, 7]);
    const rates = breaking.map(({ median }) => median);
    expect(rates).toEqual(rates.toSorted((a, b) => b - a));
    expect(answer(breaking.at(-1)?.median ?? 0)).toBe('uncertain');
  });

  it('puts the knee where the runs have it', () => {
    const { knee } = outlookOf(ladder, { peak: { perDay: 100 }, days: 7 }, how);
    expect(knee.observed).toEqual({ within: 150, above: 220 });
    expect(knee.predicted?.within).toBeGreaterThan(100);
    expect(knee.predicted?.above).toBeLessThan(260);
  });

  it('says all of it in French', () => {
    const text = forecastOutline(outlookOf(ladder, { peak: { perDay: 44_500 }, days: 7 }, how));
    expect(text).toContain('44 500 demandes/jour pendant 7 jours de pointe');
    expect(text).toContain('× la promesse de 48 h est rompue (rompue dans 100 % des avenirs tirés)');
    expect(text).toContain('celles déposées le jour 1 à ');
    expect(text).toMatch(/Marge sur covid-week .* : 0,00\d \[/);
    expect(text).toContain('observé : entre 150 et 220/jour');
    expect(text).toContain('Agents : de 9 h 00 à 17 h 00');
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('says what it assumes', () => {
    const run = (arm: string, count: number, capacities: number[]) =>
      madeRun({ arm, start, perDay: [count, count, count], capacities, follow: 1 });
    const slowed = madeCalibration([run('baseline', 200, [20]), run('load', 400, [10])], 3);
    const text = forecastOutline(outlookOf(slowed, { peak: { times: 1.5 }, days: 1 }, how));
    expect(text).toContain('divisés par 3 puis ramenés');
    expect(text).toContain('pendant 1 jour de pointe');
    expect(text).toContain('Hypothèse : dimanche, vendredi, samedi');
    expect(text).toContain('Attention : sous charge les agents ne traitent que');
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  });
});
