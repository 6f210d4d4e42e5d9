import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openLedger } from '../ledger/ledger.ts';
import { localRuns } from './calibration-days.ts';
import type { Calibration } from './calibration-runs.ts';
import { openCalibration } from './campaign-runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'guichet-calibration-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sound = {
  ...{ version: 1, target: 'intégration', compression: 1, deadlineHours: 48 },
  runs: [
    {
      ...{ arm: 'load', start: '2026-03-28T08:00:00+01:00', end: '2026-03-31T08:00:00+02:00' },
      submissions: [
        [0, 2, 7200],
        [60, null, null],
        [86_400, 86_400, null],
      ],
    },
  ],
};
const file = join(folder, 'runs.json');
function open(value: unknown): Calibration {
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return openCalibration(file);
}
const run = (change: object) => ({ ...sound, runs: [{ ...sound.runs[0], ...change }] });

describe('a file of runs', () => {
  it('is read, with Paris time when no other is given', () => {
    expect(open(sound)).toMatchObject({ timeZone: 'Europe/Paris', runs: [{ arm: 'load' }] });
  });

  it('is told in the hours of the agents, across the change of the clocks', () => {
    // A Saturday; the clocks go forward in the night that follows.
    const [local] = localRuns(open(sound));
    expect(local).toMatchObject({ firstWeekday: 6, end: 80 });
    expect(local?.submissions).toMatchObject([
      { planned: 8, completed: 10, hours: 2, pending: false },
      // Refused: neither its mails nor its turn will come.
      { planned: expect.closeTo(8 + 1 / 60, 6), completed: Number.POSITIVE_INFINITY, pending: false },
      { planned: 33, completed: Number.POSITIVE_INFINITY, pending: true },
    ]);
  });

  it.each([
    ['no JSON', '{', 'runs.json: '],
    ['another version', { ...sound, version: 2 }, 'version: '],
    ['an unknown key', { ...sound, rate: 1 }, '(root): '],
    ['no runs', { ...sound, runs: [] }, 'runs: '],
    ['a compression that makes more of it', { ...sound, compression: 0.5 }, 'compression: '],
    ['a time zone that is none', { ...sound, timeZone: 'Europe/Lutèce' }, 'timeZone: "Europe/Lutèce"'],
    ['no submission', run({ submissions: [] }), 'runs.0.submissions: '],
    ['an end before the start', run({ end: '2026-03-01T00:00:00Z' }), 'runs.0.end: '],
    ['a run of a year', run({ end: '2027-03-28T00:00:00Z' }), 'more than 60 days'],
    ['a start that is no instant', run({ start: '28/03/2026' }), 'runs.0.start: '],
    ['a demande before the run', run({ submissions: [[-1, 0, 1]] }), 'runs.0.submissions.0.0: '],
    ['a demande after it', run({ submissions: [[1e6, null, null]] }), 'runs.0.submissions.0.0: '],
    ['a mail after it', run({ submissions: [[0, 1, 1e6]] }), 'runs.0.submissions.0.2: '],
    ['a mail before its demande', run({ submissions: [[9, 10, 5]] }), 'runs.0.submissions.0.2: '],
  ])('with %s is refused', (_what, value, message) => {
    expect(() => open(value)).toThrow('GUICHET_CALIBRATION_INVALID');
    expect(() => open(value)).toThrow(message);
  });
});

describe('the folder of a load campaign', () => {
  const campaign = join(folder, 'campaign');
  const order = { protocol: { tauHours: 48 }, workload: {} };
  const results = {
    ...{ workload: 'normal', compression: 2 },
    runs: [
      { run: 1, arm: 'baseline', finished: true },
      { run: 2, arm: 'load', finished: false },
    ],
  };
  const at = (hours: number) => new Date(Date.parse('2026-03-03T08:00:00+01:00') + 3_600_000 * hours);

  it('gives the runs that have ended, from the ledger: visits that send nothing are left out', () => {
    mkdirSync(campaign);
    writeFileSync(join(campaign, 'campaign.json'), JSON.stringify(order));
    expect(() => openCalibration(campaign)).toThrow('has no load.json');
    writeFileSync(join(campaign, 'load.json'), JSON.stringify(results));
    expect(() => openCalibration(campaign)).toThrow('has no ledger.sqlite');
    const ledger = openLedger(join(campaign, 'ledger.sqlite'));
    const row = (id: string, hours: number) => ({ id, siret: id, courriel: `${id}@x`, planned: at(hours) });
    ledger.plan([
      row('r01-p1', 0),
      row('r01-p2', 1),
      row('r01-b1', 2),
      { ...row('r01-b2', 3), expects: [] },
      row('r02-p1', 0),
    ]);
    for (const id of ['r01-p1', 'r01-p2', 'r01-b2', 'r02-p1']) ledger.outcome(id, 'accepted', new Date());
    ledger.outcome('r01-b1', 'refused', new Date());
    ledger.mail('m1', 'r01-p1', 'identifiant', at(1));
    ledger.mail('m2', 'r01-p1', 'mot-de-passe', at(2));
    ledger.mail('m3', 'r01-p1', 'habilitation', at(5));
    ledger.mail('m4', 'r01-p1', 'habilitation', at(9));
    ledger.mail('m5', 'r01-p2', 'identifiant', at(3));
    ledger.close();
    expect(openCalibration(campaign)).toEqual({
      ...{ version: 1, target: 'normal', timeZone: 'Europe/Paris', compression: 2, deadlineHours: 48 },
      runs: [
        {
          ...{ arm: 'baseline', start: at(0).toISOString(), end: at(50).toISOString() },
          submissions: [
            [0, 0, 5 * 3600],
            [3600, 3600, null],
            [7200, null, null],
          ],
        },
      ],
    });
  });

  it('is refused when no run has ended, or a file is none', () => {
    writeFileSync(join(campaign, 'load.json'), JSON.stringify({ ...results, runs: [] }));
    expect(() => openCalibration(campaign)).toThrow('has no run that came to its end');
    writeFileSync(join(campaign, 'load.json'), JSON.stringify({ ...results, compression: 'two' }));
    expect(() => openCalibration(campaign)).toThrow('a load.json that is none (compression)');
    expect(() => openCalibration(campaign)).toThrow('GUICHET_CALIBRATION_INVALID');
  });
});
