import { describe, expect, test } from 'vitest';
import { demandOf } from '../../fixtures/stages.ts';
import { measure, planRun, type Sizing } from './plan.ts';
import { instantOf, sliceMinutes, slicesOf, stagesOf } from './slices.ts';
import { parseWorkload } from './workload.ts';
import { workloads } from './workloads.ts';

const named = (name: string) => {
  const found = workloads.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};
const sizing: Sizing = { seed: 7, probesPerRun: 60, mostPerRun: 500, mailDomain: 'x.test' };

describe('the measure of a workload', () => {
  test('compresses a day by dividing demand and agents by one factor', () => {
    const { factor, demandesPerDay, demandes, agents } = measure(named('covid-week'), sizing);
    expect(demandesPerDay).toBeCloseTo(44_500, -1);
    expect(factor).toBeCloseTo(89, 1);
    expect(demandes).toBe(500);
    expect(agents).toBe(Math.round(named('covid-week').agents / factor));
  });
  test('leaves a small day as it is', () => {
    expect(measure(named('normal'), sizing)).toMatchObject({ factor: 1, demandes: 500, visits: 714 });
  });
  test('has the burst of covid-peak: 6 a second', () => {
    expect(measure(named('covid-peak'), sizing).peakPerHour).toBe(6 * 3600);
  });
  test('refuses less than one agent, and says how many are needed', () => {
    expect(() => measure({ ...named('covid-week'), agents: 20 }, sizing)).toThrow(
      /^GUICHET_USAGE: covid-week: agents: 20 divided by .* Write 90 or more/,
    );
  });
  test('refuses a run beyond the cap', () => {
    const huge = { ...named('covid-week'), siretOnly: 0, abandons: 0 };
    const day = { ...huge, stages: huge.stages.map((one) => ({ ...one, fromPerHour: 1e5, toPerHour: 1e5 })) };
    expect(() => measure(day, { mostPerRun: 1e6 })).toThrow('GUICHET_CAP_EXCEEDED: covid-week');
  });
});

describe('the plan of a run', () => {
  const plan = (run: number, arm: 'baseline' | 'load', name = 'normal') =>
    planRun(named(name), sizing, { run, arm });
  const probes = (visits: ReturnType<typeof plan>) => visits.filter(({ kind }) => kind === 'probe');

  test('has the same probes at the same minutes in both arms, whatever the run', () => {
    const [a, b] = [probes(plan(1, 'baseline')), probes(plan(2, 'load'))];
    expect(a.map(({ minute }) => minute)).toEqual(b.map(({ minute }) => minute));
    expect(a).toHaveLength(60);
    expect(a.every(({ leaves, mistakes, retries }) => !leaves && !mistakes && !retries)).toBe(true);
  });
  test('is the same again for the same seed, and another for each run', () => {
    expect(plan(1, 'load')).toEqual(plan(1, 'load'));
    const minutes = (run: number) => plan(run, 'load').map(({ minute }) => minute);
    expect(minutes(1)).not.toEqual(minutes(2));
  });
  test('never gives a SIRET, an address or an id twice in a campaign', () => {
    const all = [1, 2, 3].flatMap((run) => plan(run, 'load'));
    for (const of of [
      (visit: (typeof all)[number]) => visit.demande.siret,
      (visit: (typeof all)[number]) => visit.demande.courrielUtilisateur,
      (visit: (typeof all)[number]) => visit.id,
    ])
      expect(new Set(all.map(of)).size).toBe(all.length);
  });
  test('follows the stages: arrivals by the hour, and a slope within one', () => {
    const slope = parseWorkload(
      {
        name: 'slope',
        stages: [{ from: '08:00', to: '10:00', fromPerHour: 0, toPerHour: 1000 }],
        agents: 100,
      },
      'slope',
    );
    const visits = planRun(slope, { ...sizing, mostPerRun: 1000 }, { run: 1, arm: 'load' });
    const second = visits.filter(({ minute }) => minute >= 540).length;
    expect(second / visits.length).toBeCloseTo(0.75, 1);
    expect(visits.every(({ minute }) => minute >= 480 && minute < 600)).toBe(true);
  });
  test('has its shares of SIRET-only visits, abandons, refused forms and retries', () => {
    const background = plan(1, 'load', 'hotline-retry').filter(({ kind }) => kind === 'background');
    const share = (of: (visit: (typeof background)[number]) => unknown) =>
      background.filter(of).length / background.length;
    expect(share(({ leaves }) => leaves === 'form')).toBeCloseTo(0.15, 1);
    expect(share(({ leaves }) => leaves === 'siret')).toBeCloseTo(0.15, 1);
    expect(share(({ mistakes }) => mistakes)).toBeCloseTo(0.7 * 0.25, 1);
    expect(share(({ retries }) => retries === 3)).toBe(1);
  });
  test('of siret-only adds no demande', () => {
    const background = plan(1, 'load', 'siret-only').filter(({ kind }) => kind === 'background');
    expect(background.every(({ leaves }) => leaves === 'form')).toBe(true);
    expect(background).toHaveLength(500);
  });
});

describe('slices', () => {
  const visits = planRun(named('covid-peak'), sizing, { run: 1, arm: 'load' });
  const day = measure(named('covid-peak'), sizing);
  const slices = slicesOf(visits, day);

  test('end after their visits, by less than a tenth of δ', () => {
    for (const { end, visits } of slices)
      for (const { minute } of visits) {
        const late = end.getTime() - instantOf(minute).getTime();
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThanOrEqual(sliceMinutes * 60_000);
      }
    expect(sliceMinutes / 60).toBeLessThan(2 / 10);
    expect(slices.flatMap(({ visits }) => visits)).toEqual(visits);
  });
  test('never ask for more arrivals a second than they may, and for all of them', () => {
    const stages = stagesOf(slices, 40);
    const { perMinute, total } = demandOf(stages);
    expect(perMinute).toBeLessThanOrEqual(40 * 60 + 1e-6);
    expect(total).toBeGreaterThanOrEqual(visits.length);
  });
});
