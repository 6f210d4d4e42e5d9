/** Parameters of the hourly allocation from a day on (ISO date), in euros, and where they are published. */
export type Period = { from: string; smic: number; floor: number; source: string };

/** The allocation paid to the employer (code du travail, D. 5122-13): general case; Mayotte has a SMIC and a floor of its own. */
export const simulation = {
  rate: 0.36,
  /** The hourly pay counts up to so many times the SMIC. */
  capInSmic: 4.5,
  periods: [
    { from: '2024-01-01', smic: 11.65, floor: 8.3, source: 'agipi.com' },
    { from: '2024-11-01', smic: 11.88, floor: 8.46, source: 'décret n° 2024-1149, cité par efl.fr' },
    { from: '2026-01-01', smic: 12.02, floor: 8.57, source: 'décret n° 2026-35, cité par efl.fr' },
  ] as readonly Period[],
  periodsOfMayotte: [
    {
      from: '2026-01-01',
      smic: 9.33,
      floor: 7.5,
      source:
        'plancher : décret n° 2026-52, cité par kohenavocats.fr ; SMIC : décret publié le 17 décembre 2025, cité par lejournaldemayotte.yt',
    },
  ] as readonly Period[],
  /** From that month the SMIC is another one, and no floor is published. */
  end: '2026-06',
};

/** What is simulated: a month as YYYY-MM, employees, hours not worked by each, gross hourly pay in euros. */
export type Case = { month: string; employees: number; hours: number; pay: number; mayotte?: boolean };

/** Amounts in euros. */
export type Allocation = { hourly: number; perEmployee: number; total: number };

/** The allocation of a month, or undefined where the parameters of that month are not known. */
export function allocationOf(
  rules: typeof simulation,
  { month, employees, hours, pay, mayotte = false }: Case,
): Allocation | undefined {
  const periods = mayotte ? rules.periodsOfMayotte : rules.periods;
  const period = periods.findLast(({ from }) => from.slice(0, 7) <= month);
  if (!period || month >= rules.end) return undefined;
  const hourly = cents(Math.max(period.floor, rules.rate * Math.min(pay, rules.capInSmic * period.smic)));
  const perEmployee = cents(hourly * hours);
  return { hourly, perEmployee, total: cents(perEmployee * employees) };
}

function cents(amount: number): number {
  return Math.round((amount + Number.EPSILON) * 100) / 100;
}
