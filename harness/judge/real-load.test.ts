import { expect, it } from 'vitest';
import type { LedgerRow, MailKind, SubmissionState } from '../ledger/ledger.ts';
import { accountContents } from '../mail/account-mail.ts';
import { judgeRealLoad, upperRate } from './real-load.ts';

const hour = 3_600_000;
const start = Date.parse('2026-03-02T08:00:00Z');
const at = (hours: number) => new Date(start + hours * hour);
const terms = (hours: number) => ({ deadlineHours: 48, graceMs: hour / 2, limit: 0.02, now: at(hours) });
const sound = { crossed: 0, canaryLost: false };

/** A demande planned at that hour, and how many hours later each of its mails came. */
function row(
  index: number,
  planned: number,
  mails: Partial<Record<MailKind, number[]>>,
  state: SubmissionState = 'accepted',
): LedgerRow {
  const came = Object.entries(mails).flatMap(([kind, all]) =>
    all.map((hours, nth) => ({
      id: `${index}-${kind}-${nth}`,
      kind: kind as MailKind,
      received: at(planned + hours),
    })),
  );
  return {
    ...{
      id: `x-${index}`,
      siret: '99000000090006',
      courriel: `p${index}@guichet.test`,
      planned: at(planned),
    },
    ...{ expects: accountContents, state, answered: undefined, detail: undefined },
    mails: came.sort((a, b) => a.received.getTime() - b.received.getTime()),
  };
}
const served = (index: number, hours = 5, planned = 0) =>
  row(index, planned, { identifiant: [hours - 2], 'mot-de-passe': [hours - 1], habilitation: [hours] });
const many = (count: number, of = served) => Array.from({ length: count }, (_, index) => of(index));

it('is provisional, never green, until the last deadline and its grace have passed', () => {
  const rows = [...many(200), served(200, 5, 3)];
  for (const now of [10, 48.4, 51.4]) {
    const { exitCode, provisional, verdictAt } = judgeRealLoad(rows, terms(now), sound);
    expect([exitCode, provisional]).toEqual([3, true]);
    expect(verdictAt).toBe(at(51.5).toISOString());
  }
  const { exitCode, provisional, breaches } = judgeRealLoad(rows, terms(51.5), sound);
  expect([exitCode, provisional]).toEqual([0, false]);
  expect(breaches).toMatchObject({ due: 201, failed: 0 });
});

it('says nothing from too few: 149 without a breach are needed for a limit of 2 %', () => {
  expect(judgeRealLoad(many(148), terms(60), sound).exitCode).toBe(3);
  expect(judgeRealLoad(many(149), terms(60), sound).exitCode).toBe(0);
});

it.each([
  ['late', [served(0, 48.2)], 50, { late: 1 }],
  ['late, told at once', [served(0, 48.2), served(1, 5, 40)], 49, { late: 1 }],
  ['missing', [row(0, 0, { identifiant: [1], habilitation: [2] })], 49, { missing: 1 }],
  [
    'doubled',
    [row(0, 0, { identifiant: [1, 2], 'mot-de-passe': [3], habilitation: [4] })],
    49,
    { doubled: 1 },
  ],
  [
    'of no account',
    [row(0, 0, { identifiant: [1], 'mot-de-passe': [3], habilitation: [4], other: [5] })],
    49,
    { unexpected: 1 },
  ],
  ['to who was refused', [row(0, 0, { identifiant: [1] }, 'refused')], 49, { unexpected: 1 }],
] as const)('is 1 for a mail that is %s', (_, odd, now, counted) => {
  const rows = [...odd, ...Array.from({ length: 200 }, (_, index) => served(index + 10))];
  const { exitCode, mails, faults } = judgeRealLoad(rows, terms(now), sound);
  expect(exitCode).toBe(1);
  expect(mails).toMatchObject(counted);
  expect(faults.map(({ submission }) => submission)).toEqual(['x-0']);
});

it('is 1 for a mail astray, though all else is well', () => {
  expect(judgeRealLoad(many(200), terms(60), { ...sound, crossed: 1 }).exitCode).toBe(1);
});

it('waits for a mail until the grace is over', () => {
  const rows = [row(0, 0, { identifiant: [1], 'mot-de-passe': [2] })];
  expect(judgeRealLoad(rows, terms(48.2), sound)).toMatchObject({
    exitCode: 3,
    mails: { awaited: 1, missing: 0 },
  });
  expect(judgeRealLoad(rows, terms(48.5), sound)).toMatchObject({
    exitCode: 1,
    mails: { awaited: 0, missing: 1 },
  });
});

it('counts who was not taken as a breach of the rate, and no mail of it as missing', () => {
  const rows = [
    ...many(400),
    row(900, 0, {}, 'errored'),
    row(901, 0, {}, 'refused'),
    { ...row(902, 0, {}, 'unknown'), detail: 'ENVOYER: request timeout (0)' },
  ];
  const { exitCode, breaches, mails } = judgeRealLoad(rows, terms(60), sound);
  expect(breaches).toMatchObject({ due: 403, failed: 3 });
  expect(mails).toMatchObject({ expected: 1200, missing: 0 });
  expect(exitCode).toBe(0);
  expect(
    judgeRealLoad([...rows, ...[1, 2, 3, 4].map((one) => row(902 + one, 0, {}, 'errored'))], terms(60), sound)
      .exitCode,
  ).toBe(3);
});

it('is never green for who was shown an error, though the mails came', () => {
  const errored = many(200).map((each) => ({ ...each, state: 'errored' as const }));
  expect(judgeRealLoad(errored, terms(60), sound)).toMatchObject({
    ...{ exitCode: 3, breaches: { due: 200, failed: 200 }, mails: { inTime: 600, missing: 0 } },
  });
});

it('does not blame the target for who was perhaps never sent, the sender being killed; too many of them say nothing', () => {
  const untold = Array.from({ length: 11 }, (_, index) => row(700 + index, 0, {}, 'unknown'));
  const few = judgeRealLoad([...many(200), ...untold.slice(0, 10)], terms(60), sound);
  expect(few).toMatchObject({ exitCode: 0, breaches: { due: 200, failed: 0 }, mails: { missing: 0 } });
  const before = judgeRealLoad([...many(200), ...untold.slice(0, 1)], terms(20), sound);
  expect(before.mails.awaited).toBe(3);
  expect(judgeRealLoad([...many(200), ...untold], terms(60), sound)).toMatchObject({
    ...{ exitCode: 3, reasons: [expect.stringContaining('l’on ne sait si elles l’ont été')] },
  });
});

it('is inconclusive when visits were not sent, or mails of our own were lost', () => {
  const dropped = Array.from({ length: 12 }, (_, index) => row(500 + index, 0, {}, 'dropped'));
  expect(judgeRealLoad([...many(200), ...dropped], terms(60), sound)).toMatchObject({
    ...{ exitCode: 3, reasons: [expect.stringContaining('n’ont pas été envoyées')] },
  });
  expect(judgeRealLoad([...many(200), ...dropped.slice(0, 5)], terms(60), sound).exitCode).toBe(0);
  expect(judgeRealLoad(many(200), terms(60), { ...sound, canaryLost: true }).exitCode).toBe(3);
  const planned = row(999, 0, {}, 'planned');
  expect(judgeRealLoad([...many(200), planned], terms(60), sound)).toMatchObject({
    exitCode: 3,
    sent: false,
    provisional: true,
  });
});

it('blames no lost, late or doubled mail on the target once mails of our own were lost, but those to others', () => {
  const broken = { ...sound, canaryLost: true };
  const odd = [
    row(0, 0, { identifiant: [1], habilitation: [2] }),
    served(1, 48.2),
    row(2, 0, { identifiant: [1, 2], 'mot-de-passe': [3], habilitation: [4] }),
  ];
  expect(
    judgeRealLoad([...many(200, (index) => served(index + 10)), ...odd], terms(60), broken),
  ).toMatchObject({
    ...{ exitCode: 3, mails: { missing: 1, late: 1, doubled: 1 } },
    reasons: [expect.stringContaining('mail de contrôle')],
  });
  expect(judgeRealLoad(many(200), terms(60), { ...broken, crossed: 1 }).exitCode).toBe(1);
});

it('is never green for a campaign that planned or sent nothing, and says so', () => {
  expect(judgeRealLoad([], terms(60), sound)).toMatchObject({ sent: false, provisional: true, exitCode: 3 });
  const dropped = Array.from({ length: 3 }, (_, index) => row(index, 0, {}, 'dropped'));
  expect(judgeRealLoad(dropped, terms(60), sound)).toMatchObject({
    ...{ sent: true, provisional: false, exitCode: 3, breaches: { due: 0, failed: 0, upper: 1 } },
    reasons: [expect.stringContaining('100,0 % des visites'), 'Aucune demande n’a été envoyée.'],
  });
});

it.each([
  ['left before ENVOYER', { ...row(0, 0, { identifiant: [1] }), expects: [] }],
  ['never came', row(0, 0, { identifiant: [1] }, 'dropped')],
] as const)('is 1 for a mail to who %s', (_, odd) => {
  const rows = [odd, ...many(200, (index) => served(index + 10))];
  expect(judgeRealLoad(rows, terms(60), sound)).toMatchObject({ exitCode: 1, mails: { unexpected: 1 } });
});

it('takes back what it said of a missing mail that comes after all: it is late', () => {
  const told = (mails: Parameters<typeof row>[2]) =>
    judgeRealLoad([row(0, 0, mails)], terms(60), sound).faults.map(({ fault }) => fault);
  expect(told({ identifiant: [1], 'mot-de-passe': [2] })).toEqual(['missing']);
  expect(told({ identifiant: [1], 'mot-de-passe': [2], habilitation: [59] })).toEqual(['late']);
});

it('keeps cohorts apart: the busy hour waits longer than the one before', () => {
  const rows = [
    ...Array.from({ length: 20 }, (_, index) => served(index, 4 + index / 20, index / 40)),
    ...Array.from({ length: 20 }, (_, index) => served(100 + index, 30 + index, 1 + index / 40)),
  ];
  const { curves } = judgeRealLoad(rows, terms(50), sound);
  expect(curves.map(({ cohort: { demandes, served, awaited } }) => [demandes, served, awaited])).toEqual([
    [10, 10, 0],
    [10, 10, 0],
    [10, 10, 0],
    [10, 9, 0],
  ]);
  expect(curves[0]?.cohort.medianHours).toBeCloseTo(4.2, 9);
  expect(curves[0]?.cohort.inTime).toEqual({ share: 1, low: 1, high: 1 });
});

it('is not sure of a cohort in which some still wait, though those who waited longest are served', () => {
  const early = served(0, 3, -20);
  const waiting = Array.from({ length: 5 }, (_, index) => row(100 + index, 0.3, {}));
  const rows = [early, ...many(10, (index) => served(index + 1, 3 + index / 20)), ...waiting];
  const { curves } = judgeRealLoad(rows, terms(3.46), sound);
  expect(curves.map(({ cohort: { awaited, inTime } }) => [awaited, inTime])).toEqual([
    [0, { share: 1, low: 1, high: 1 }],
    [5, { share: 1, low: expect.closeTo(0.588, 3), high: 1 }],
  ]);
});

it('takes a mail that is stamped before its demande, by a clock that is behind, for one that came at once', () => {
  const early = row(0, 0, { identifiant: [-0.01], 'mot-de-passe': [1], habilitation: [2] });
  expect(judgeRealLoad([early], terms(60), sound).mails).toMatchObject({ inTime: 3 });
});

it.each([
  // Clopper and Pearson's limits: 1 - 0.05^(1/n) without any, else from R: qbeta(0.95, x + 1, n - x).
  [0, 149, 0.0199],
  [0, 10, 0.25887],
  [1, 100, 0.04656],
  [5, 100, 0.10225],
  [10, 10, 1],
  [0, 0, 1],
])('bounds %i of %i by %f', (failed, all, upper) => expect(upperRate(failed, all)).toBeCloseTo(upper, 4));
