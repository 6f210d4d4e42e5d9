/** Parameters of the hourly allocation from a day on (ISO date), in euros; Mayotte has others. */
export type Period = { from: string; smic: number; floor: number };

/** The allocation paid to the employer (code du travail, D. 5122-13): general case, Mayotte apart. */
export const simulation = {
  rate: 0.36,
  /** The hourly pay counts up to so many times the SMIC. */
  capInSmic: 4.5,
  /** Sources: agipi.com; décret 2024-1149 (efl.fr); décret 2026-35 (efl.fr). */
  periods: [
    { from: '2024-01-01', smic: 11.65, floor: 8.3 },
    { from: '2024-11-01', smic: 11.88, floor: 8.46 },
    { from: '2026-01-01', smic: 12.02, floor: 8.57 },
  ] as readonly Period[],
  /** From that month no floor is published. */
  end: '2026-06',
};

/** What is simulated: a month as YYYY-MM, employees, hours not worked by each, gross hourly pay in euros. */
export type Case = { month: string; employees: number; hours: number; pay: number };

/** Amounts in euros. */
export type Allocation = { hourly: number; perEmployee: number; total: number };

/** The allocation of a month, or undefined where the parameters of that month are not known. */
export function allocationOf(
  rules: typeof simulation,
  { month, employees, hours, pay }: Case,
): Allocation | undefined {
  const period = rules.periods.findLast(({ from }) => from.slice(0, 7) <= month);
  if (!period || month >= rules.end) return undefined;
  const hourly = cents(Math.max(period.floor, rules.rate * Math.min(pay, rules.capInSmic * period.smic)));
  const perEmployee = cents(hourly * hours);
  return { hourly, perEmployee, total: cents(perEmployee * employees) };
}

function cents(amount: number): number {
  return Math.round((amount + Number.EPSILON) * 100) / 100;
}
