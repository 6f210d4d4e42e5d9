import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fixProtocol } from './load-protocol.ts';
import type { Run } from './load-runs.ts';
import type { RunFacts } from './load-validity.ts';
import { judgeLoad } from './load-verdict.ts';

const protocol = fixProtocol({
  probesPerRun: 100,
  runsPerArm: 6,
  spreadHours: 0.5,
  seed: 7,
  workload: 'campaign',
});
/** A run whose probes all took so long, but for some that were never served. */
const run = (arm: Run['arm'], hours: number, lost = 0): Run => ({
  arm,
  probes: Array.from({ length: protocol.probesPerRun }, (_, index) => ({
    hours: index < lost ? null : hours,
  })),
});
const facts = (runs: readonly Run[]): RunFacts[] =>
  runs.map(({ arm }) => ({
    arm,
    arrivals: { planned: 100, achieved: 100 },
    dropped: 0,
    generator: { planned: 1, calibrated: 10 },
    catcherKept: true,
    canariesKept: true,
    finished: true,
  }));
const jitter = [0.1, 0.5, 0.3, 0.9, 0.7, 0.2];
const campaign = (added: number, lost = 0, lostWithout = 0, hours = 4) => [
  ...jitter.map((each) => run('baseline', hours + each, lostWithout)),
  ...jitter.map((each) => run('load', hours + each + added, lost)),
];
const judge = (runs: readonly Run[]) => judgeLoad(protocol, runs, facts(runs));

it('says no effect larger than δ when nothing differs, and keeps the room that no lost probe leaves', () => {
  const { verdict, exitCode, findings, hash, reasons } = judge(campaign(0));
  expect([verdict, exitCode, reasons]).toEqual(['no-larger-effect', 0, []]);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(findings).toMatchObject({ arrangements: 924 });
  expect(findings?.hours.baseline).toBeCloseTo(4.45, 9);
  expect(findings?.hours.p).toBeGreaterThan(0.4);
  // Six runs of 100 probes, none of them unserved: 1 - 0.05^(1/600).
  expect(findings?.missed).toMatchObject({ baseline: 0, load: 0, difference: 0, lower: 0, p: 1 });
  expect(findings?.missed.upper).toBeCloseTo(0.00498, 5);
});

it('tells no interval finer than the instants are told', () => {
  const runs = campaign(1.4);
  const fine = judge(runs).findings?.hours;
  const { verdict, findings } = judgeLoad({ ...protocol, resolutionHours: 0.75 }, runs, facts(runs));
  expect(findings?.hours.difference).toBe(fine?.difference);
  expect(findings?.hours.lower).toBeCloseTo((fine?.lower ?? 0) - 0.75, 9);
  expect(findings?.hours.upper).toBeCloseTo((fine?.upper ?? 0) + 0.75, 9);
  expect([judge(runs).verdict, verdict]).toEqual(['no-larger-effect', 'effect']);
});

it('says effect, with its size in the interval, when load delays', () => {
  const { verdict, exitCode, findings } = judge(campaign(5));
  expect([verdict, exitCode]).toEqual(['effect', 1]);
  expect(findings?.hours.difference).toBeCloseTo(5, 9);
  expect(findings?.hours.lower).toBeGreaterThan(4);
  expect(findings?.hours.upper).toBeGreaterThan(5);
  expect(findings?.p).toBeCloseTo(1 / 924, 9);
});

it('says effect when load loses mails, though it hardly moves the mean', () => {
  const { verdict, findings } = judge(campaign(-1, 2));
  expect(findings?.hours.p).toBeGreaterThan(0.05);
  expect(findings?.missed.lower).toBeGreaterThan(0);
  expect(verdict).toBe('effect');
});

it('says no effect when load hastens', () => {
  expect(judge(campaign(-2)).verdict).toBe('no-larger-effect');
});

it('says no effect larger than δ of an effect that is sure and smaller: the bound is asked first', () => {
  const { verdict, findings } = judge(campaign(0.6));
  expect(findings?.p).toBeLessThan(0.05);
  expect(findings?.hours.lower).toBeGreaterThan(0);
  expect(verdict).toBe('no-larger-effect');
});

it('is inconclusive when neither is sure', () => {
  const wide = [0, 6, 2, 9, 4, 1];
  const runs = [
    ...wide.map((each) => run('baseline', 4 + each)),
    ...wide.map((each) => run('load', 5 + each)),
  ];
  expect(judge(runs)).toMatchObject({ verdict: 'inconclusive', exitCode: 3 });
});

it('does not say no larger effect when lost mails may have become more by δ', () => {
  const runs = campaign(0, 3, 3, 44);
  const [first] = runs.slice(6);
  const shaken = runs.map((each) => (each === first ? run('load', 44.1, 15) : each));
  const { verdict, findings } = judge(shaken);
  expect(findings?.hours.upper).toBeLessThan(2);
  expect(findings?.missed.upper).toBeGreaterThan(0.02);
  expect(verdict).toBe('inconclusive');
});

it('is invalid, without findings, before anything else', () => {
  const runs = campaign(5);
  const broken = facts(runs).map((fact, index) => (index === 7 ? { ...fact, dropped: 1 } : fact));
  expect(judgeLoad(protocol, runs, broken)).toEqual({
    verdict: 'invalid',
    exitCode: 3,
    protocol,
    hash: judge(runs).hash,
    reasons: ['Passage 8 (sous charge) : le générateur a abandonné des demandes (1).'],
  });
});

it.each([
  ['no run at all', [], 'Bras sans charge : 0 passages'],
  ['an arm without runs', campaign(5).slice(0, 6), 'Bras sous charge : 0 passages'],
  ['fewer probes than planned', [{ ...run('baseline', 4), probes: [] }, ...campaign(5).slice(1)], '0 sondes'],
])('is invalid with %s', (_, runs, reason) => {
  const { verdict, reasons } = judge(runs);
  expect(verdict).toBe('invalid');
  expect(reasons.join('\n')).toContain(reason);
});

it('is invalid when the facts tell of other runs', () => {
  const runs = campaign(5);
  const { verdict, reasons } = judgeLoad(protocol, runs.toReversed(), facts(runs));
  expect([verdict, reasons]).toEqual(['invalid', ['Les passages jugés ne sont pas ceux qui ont été menés.']]);
});

it('counts all probes lost as τ hours, in both arms as no difference', () => {
  const { verdict, findings } = judge([
    ...jitter.map(() => run('baseline', 4, 100)),
    ...jitter.map(() => run('load', 4, 100)),
  ]);
  expect(findings?.hours).toMatchObject({ baseline: 48, load: 48, difference: 0, p: 1 });
  expect(findings?.missed).toMatchObject({ baseline: 1, load: 1, difference: 0 });
  expect(verdict).toBe('no-larger-effect');
});

it('refuses a probe that is not a number of hours', () => {
  const runs = [{ ...run('baseline', Number.NaN) }, ...campaign(5).slice(1)];
  expect(() => judge(runs)).toThrow('GUICHET_HARNESS: The load judge was given a probe of NaN hours.');
});

it('is never milder on a campaign whose load arm is slower by the same in all runs', () => {
  const severity = { 'no-larger-effect': 0, inconclusive: 1, effect: 2, invalid: 3 };
  const hours = fc.array(fc.integer({ min: 0, max: 320 }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(hours, fc.integer({ min: 0, max: 160 }), (sixteenths, more) => {
      const runs = (added: number) =>
        sixteenths.map((each, index) =>
          index < 6 ? run('baseline', each / 16) : run('load', (each + added) / 16),
        );
      const [before, after] = [judge(runs(0)), judge(runs(more))];
      expect(severity[after.verdict]).toBeGreaterThanOrEqual(severity[before.verdict]);
    }),
    { numRuns: 60 },
  );
});
