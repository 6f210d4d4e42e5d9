/** When agents work: hours of the local day, and the weekdays (0 Sunday to 6) on which they do not. */
export type Office = { from: number; to: number; closed: ReadonlySet<number> };

/**
 * What the agents can do, counted in demandes, against hours since the midnight before the first day. Agents stop at
 * closing and go on at opening where they stopped.
 */
export type WorkCurve = {
  /** How many demandes could have been done by an hour. */
  doneBy(hour: number): number;
  /** The first hour by which so many could have been done; ∞ when the curve ends before. */
  reaches(done: number): number;
};

/** Sums of fractions round: a demande that is this near to done is done, in demandes. */
const rounding = 1e-7;

/**
 * The curve of an office from a weekday on; `capacities` are demandes per open hour, one for each day, and nothing is
 * done after the last of them.
 */
export function workCurve(office: Office, firstWeekday: number, capacities: readonly number[]): WorkCurve {
  const { from, to, closed } = office;
  const rates = capacities.map((capacity, day) => (closed.has((firstWeekday + day) % 7) ? 0 : capacity));
  const sums = new Float64Array(rates.length + 1);
  rates.forEach((rate, day) => {
    sums[day + 1] = (sums[day] ?? 0) + rate * (to - from);
  });
  return {
    doneBy(hour) {
      if (hour <= 0) return 0;
      const day = Math.min(Math.floor(hour / 24), rates.length);
      const open = Math.min(Math.max(hour - 24 * day - from, 0), to - from);
      return (sums[day] ?? 0) + open * (rates[day] ?? 0);
    },
    reaches(done) {
      let day = 0;
      while (day < rates.length && (sums[day + 1] ?? 0) < done - rounding) day++;
      if (day === rates.length) return Number.POSITIVE_INFINITY;
      const rate = rates[day] ?? 0;
      const today = Math.max(done - (sums[day] ?? 0), 0);
      return 24 * day + from + (rate > 0 ? Math.min(today / rate, to - from) : 0);
    },
  };
}

/** How many hours the office is open in a day that it opens. */
export function openHours({ from, to }: Office): number {
  return to - from;
}
