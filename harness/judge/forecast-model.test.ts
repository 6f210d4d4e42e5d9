import { describe, expect, it } from 'vitest';
import { agents, madeCalibration, madeRun } from './calibration.test-data.ts';
import { modelOf, usualDay } from './forecast-model.ts';

const monday = '2026-03-02';
/** 20 an hour from 9 to 17 are 160 a day. */
const busy = madeRun({ arm: 'load', start: monday, perDay: [200, 200, 200, 200], capacities: [20] });
const calm = madeRun({ arm: 'baseline', start: monday, perDay: [60, 60, 60], capacities: [20] });

describe('modelOf', () => {
  it('finds hours, capacity, delay and demand of a target again, from its mails alone', () => {
    const model = modelOf(madeCalibration([calm, busy]));
    expect(model.office).toMatchObject({ from: 9, to: 17 });
    expect([...model.office.closed]).toEqual([]);
    expect(Math.exp(model.capacity.mean)).toBeCloseTo(20, 0);
    expect(usualDay(model)).toBeCloseTo(160, -1);
    expect(Math.sqrt(model.capacity.variance)).toBeLessThan(0.02);
    expect(model.agents).toBeLessThanOrEqual(2 * agents);
    expect(model.lagHours).toBeCloseTo(1, 0);
    expect(model.replayHours).toBeLessThan(0.15);
    expect(Math.exp(model.demand.mean)).toBeCloseTo(60, 6);
    expect(model.slowed).toBeUndefined();
    expect(model.missing).toBe(0);
    expect(model.shape.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 9);
    expect(model.shape[15]).toBe(0);
    expect(model.shape[16]).toBeCloseTo(1 / 20, 2);
  });

  it('multiplies again what compression divided', () => {
    const model = modelOf(madeCalibration([calm, busy], 50));
    expect(usualDay(model)).toBeCloseTo(50 * 160, -3);
    expect(Math.exp(model.demand.mean)).toBeCloseTo(3000, 6);
    expect(model.agents % 50).toBe(0);
  });

  it('sees a week-end on which demandes wait and nobody works, and says which days it has not seen', () => {
    const thursday = { arm: 'load', start: '2026-03-05', capacities: [20] };
    const run = madeRun({ ...thursday, perDay: [300, 300], closed: [0, 6], follow: 6 });
    const { office } = modelOf(madeCalibration([run]));
    expect([...office.closed]).toEqual([0, 6]);
    expect(office.unseen).toEqual([3]);
  });

  it('sees how days differ', () => {
    const capacities = [16, 25, 20, 17, 24, 20];
    const run = madeRun({ arm: 'load', start: monday, perDay: [250, 250, 250, 250, 250], capacities });
    const { capacity } = modelOf(madeCalibration([run]));
    expect(Math.sqrt(capacity.variance)).toBeGreaterThan(0.12);
    expect(Math.sqrt(capacity.variance)).toBeLessThan(0.25);
  });

  it('takes the slower capacity where load slows the agents', () => {
    const slow = madeRun({ arm: 'load', start: monday, perDay: [300, 300, 300], capacities: [10] });
    const quick = madeRun({ arm: 'baseline', start: monday, perDay: [200, 200, 200], capacities: [20] });
    const model = modelOf(madeCalibration([quick, slow]));
    expect(model.slowed).toBeCloseTo(0.5, 1);
    expect(usualDay(model)).toBeCloseTo(80, -1);
  });

  it('counts demandes that were refused, or whose mails are lost, and not those that still wait', () => {
    const submissions = busy.submissions.map(
      ([planned, accepted, last], at): (typeof busy.submissions)[number] =>
        at % 10 === 0 ? [planned, at % 20 === 0 ? null : accepted, null] : [planned, accepted, last],
    );
    expect(modelOf(madeCalibration([{ ...busy, submissions }])).missing).toBeCloseTo(0.1, 2);
    const short = madeRun({
      arm: 'load',
      start: monday,
      perDay: [400, 400, 400, 400],
      capacities: [20],
      follow: 0,
    });
    expect(modelOf(madeCalibration([short])).missing).toBe(0);
  });

  it.each([
    ['no mail came', [{ ...busy, submissions: [[0, 1, null]] as typeof busy.submissions }], 'No submission'],
    ['no queue was seen', [calm], 'A queue was seen on'],
    [
      'no run lasts',
      [{ ...busy, submissions: busy.submissions.slice(0, 30) }],
      'GUICHET_CALIBRATION_TOO_LIGHT',
    ],
  ])('refuses runs in which %s', (_what, runs, message) => {
    expect(() => modelOf(madeCalibration(runs))).toThrow('GUICHET_CALIBRATION_TOO_LIGHT');
    expect(() => modelOf(madeCalibration(runs))).toThrow(message);
  });
});
