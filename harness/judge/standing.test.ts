import { expect, test } from 'vitest';
import type { LedgerRow } from '../ledger/ledger.ts';
import { standingOf } from './standing.ts';

const planned = new Date('2026-11-25T10:00:00Z');
const after = (hours: number) => new Date(planned.getTime() + hours * 3_600_000);
const row = (change: Partial<LedgerRow>): LedgerRow => ({
  ...{ id: 'a', siret: '1', courriel: 'a@x', planned, answered: planned, state: 'accepted' as const },
  ...{ detail: undefined, mails: [], expects: ['identifiant', 'mot-de-passe', 'habilitation'] as const },
  ...change,
});
const mail = (kind: 'identifiant' | 'mot-de-passe' | 'habilitation' | 'other', hours: number) => ({
  ...{ id: `${kind}${hours}`, kind, received: after(hours) },
});
const at = (hours: number) => ({ deadlineHours: 48, graceMs: 1_800_000, now: after(hours) });
const said = (standing: ReturnType<typeof standingOf>) => standing.mails.map(({ standing }) => standing);

test.each([
  ['nothing yet, before the deadline', [], 47, ['too early', 'too early', 'too early']],
  ['within the grace', [], 48.4, ['too early', 'too early', 'too early']],
  ['after the grace', [], 48.5, ['missing', 'missing', 'missing']],
  ['in time, on the second', [mail('identifiant', 48)], 47, ['on time', 'too early', 'too early']],
  ['a second late', [mail('identifiant', 48 + 1 / 3600)], 50, ['late', 'missing', 'missing']],
])('%s', (_what, mails, hours, standings) => {
  expect(said(standingOf(row({ mails }), at(hours)))).toEqual(standings);
});

test('a refused demande owes nothing; one without an answer owes once something has come', () => {
  expect(said(standingOf(row({ state: 'refused' }), at(99)))).toEqual([]);
  expect(said(standingOf(row({ state: 'unknown', answered: undefined }), at(99)))).toEqual([]);
  expect(said(standingOf(row({ state: 'planned', answered: undefined }), at(1)))).toHaveLength(3);
  const mails = [mail('identifiant', 2)];
  expect(said(standingOf(row({ state: 'unknown', mails }), at(99)))).toEqual([
    'on time',
    'missing',
    'missing',
  ]);
});

test('a mail too many is told: a second of one kind, one that is not due, one for a refused demande', () => {
  const mails = [mail('identifiant', 1), mail('identifiant', 2), mail('other', 3)];
  expect(standingOf(row({ mails }), at(5)).unexpected).toEqual(['identifiant', 'other']);
  expect(standingOf(row({ mails, state: 'refused' }), at(5)).unexpected).toEqual([
    'identifiant',
    'identifiant',
    'other',
  ]);
  expect(
    standingOf(row({ mails: [mail('identifiant', 1)], expects: ['habilitation'] }), at(5)).unexpected,
  ).toEqual(['identifiant']);
});
