import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { fixProtocol, protocolHash, runOrder, spreadOf } from './load-protocol.ts';

const asked = {
  probesPerRun: 100,
  spreadHours: 0.3,
  effectVariation: 0,
  worstVariation: 0,
  resolutionHours: 0,
  seed: 42,
  workload: 'covid-week',
};

it('fixes what is not asked for, and the runs by simulation', () => {
  expect(fixProtocol(asked)).toEqual({
    ...asked,
    deltaHours: 2,
    deltaMissed: 0.02,
    tauHours: 48,
    missedVary: false,
    runsPerArm: 3,
    power: 0.944,
  });
  expect(fixProtocol({ ...asked, runsPerArm: 5, effectVariation: 1.25 })).toMatchObject({ runsPerArm: 5 });
  expect(fixProtocol({ ...asked, runsPerArm: 5, effectVariation: 1.25 }).power).toBeLessThan(0.9);
});

it('has one hash, that of its JSON with sorted keys, and another for any other figure', () => {
  const protocol = fixProtocol(asked);
  const json =
    '{"deltaHours":2,"deltaMissed":0.02,"effectVariation":0,"missedVary":false,"power":0.944,"probesPerRun":100,' +
    '"resolutionHours":0,"runsPerArm":3,"seed":42,"spreadHours":0.3,"tauHours":48,"workload":"covid-week","worstVariation":0}';
  expect(protocolHash(protocol)).toBe(createHash('sha256').update(json).digest('hex'));
  expect(protocolHash(Object.fromEntries(Object.entries(protocol).reverse()) as typeof protocol)).toBe(
    protocolHash(protocol),
  );
  for (const change of [{ deltaHours: 3 }, { tauHours: 72 }, { seed: 43 }, { runsPerArm: 4 }])
    expect(protocolHash({ ...protocol, ...change })).not.toBe(protocolHash(protocol));
});

it('draws the order of the runs by the seed, as many of each arm', () => {
  const order = runOrder({ runsPerArm: 6, seed: 42 });
  expect(order.toSorted()).toEqual([...new Array(6).fill('baseline'), ...new Array(6).fill('load')]);
  expect(order).not.toEqual(order.toSorted());
  expect(runOrder({ runsPerArm: 6, seed: 42 })).toEqual(order);
  const others = new Set([1, 2, 3, 4].map((seed) => runOrder({ runsPerArm: 6, seed }).join()));
  expect(others.size).toBe(4);
});

it('takes the spread, and whether probes go unserved, from pilot runs', () => {
  const run = (...hours: (number | null)[]) => ({
    arm: 'baseline' as const,
    probes: hours.map((each) => ({ hours: each })),
  });
  const { spreadHours, missedVary } = spreadOf([run(2, 4), run(4, 6), run(6, 8)], 48);
  expect([spreadHours, missedVary]).toEqual([2, false]);
  expect(spreadOf([run(2, 4), run(4, null)], 48).missedVary).toBe(true);
  expect(() => spreadOf([run(2)], 48)).toThrow('GUICHET_USAGE: The load protocol is unusable. 1 pilot runs');
});

it.each([
  [{ deltaHours: 0 }, 'deltaHours: '],
  [{ deltaHours: Number.NaN }, 'deltaHours: '],
  [{ deltaHours: 48 }, 'δ is 48 h, and only 48 h are watched.'],
  [{ deltaMissed: 1 }, 'deltaMissed: '],
  [{ tauHours: -1 }, 'tauHours: '],
  [{ runsPerArm: 2 }, 'runsPerArm: '],
  [{ runsPerArm: 11 }, 'runsPerArm: '],
  [{ seed: 1.5 }, 'seed: '],
  [{ workload: '' }, 'workload: '],
  [{ probesPerRun: 49 }, '49 probes a run are too few: 50 at least for 3 runs.'],
])('refuses %j', (change, what) => {
  expect(() => fixProtocol({ ...asked, ...change })).toThrow(
    `GUICHET_USAGE: The load protocol is unusable. ${what}`,
  );
});

it('takes as few probes as can show less than δ', () => {
  expect(fixProtocol({ ...asked, probesPerRun: 50 }).probesPerRun).toBe(50);
});
