import { expect, it } from 'vitest';
import type { LedgerSummary } from '../ledger/ledger.ts';
import { accountOf } from './load-account.ts';

const states = { planned: 0, accepted: 2, refused: 0, dropped: 0, errored: 0, unknown: 0 };
const good: LedgerSummary = { planned: 2, states, mails: 6, lost: [], doubled: [], unexpected: [] };
const campaign = {
  summary: good,
  misdirected: [],
  deadlineHours: 48,
  end: { exitCode: 0, signal: null },
  stopped: false,
};
const stray = { id: 'm1', sender: '', recipients: [], raw: Buffer.from(''), receivedAt: new Date(0) };

it('is 0 when everything is accounted for and right', () => {
  expect(accountOf(campaign)).toEqual({
    exit: 0,
    lines: [
      'Demandes : 2 prévues, 2 acceptées, 0 refusée, 0 abandonnée, 0 en erreur, 0 inconnue',
      'Mails    : 6 attendus sous 48 h, 6 reçus, 0 perdu, 0 en double, 0 inattendu, 0 mal adressé',
      '✔ Chaque demande est acceptée ; ses trois mails sont arrivés, une fois chacun, à la bonne personne.',
    ],
  });
});

it.each([
  [
    'lost',
    { lost: [{ submission: '2', kind: 'mot-de-passe' as const }] },
    'demande 2 : mail « mot de passe » perdu',
  ],
  [
    'doubled',
    { doubled: [{ submission: '1', kind: 'habilitation' as const, count: 2 }] },
    '« habilitation » reçu 2 fois',
  ],
  ['unexpected', { unexpected: [{ submission: '1', kind: 'other' as const }] }, '« sans rapport » inattendu'],
])('is 1 when a mail is %s, and names it', (_, fault, text) => {
  const { exit, lines } = accountOf({ ...campaign, summary: { ...good, ...fault } });
  expect(exit).toBe(1);
  expect(lines.join('\n')).toContain(text);
});

it('is 1 when a mail is misdirected, even when k6 failed besides', () => {
  const end = { exitCode: 99, signal: null };
  const { exit, lines } = accountOf({
    ...campaign,
    end,
    misdirected: [{ mail: stray, why: 'à x@y.test', about: [] }],
  });
  expect(exit).toBe(1);
  expect(lines).toContain('  × mail m1 mal adressé : à x@y.test');
});

it('lists ten faults and counts the others', () => {
  const lost = Array.from({ length: 12 }, (_, n) => ({
    submission: String(n),
    kind: 'identifiant' as const,
  }));
  const { lines } = accountOf({ ...campaign, summary: { ...good, lost } });
  expect(lines.filter((line) => line.includes('×'))).toHaveLength(10);
  expect(lines).toContain('  … et 2 autres');
});

it.each([
  [
    'a demande was not accepted',
    { summary: { ...good, states: { ...states, accepted: 1, dropped: 1 } } },
    '1 of 2',
  ],
  ['k6 was killed', { end: { exitCode: null, signal: 'SIGKILL' as const } }, 'k6 ended with SIGKILL'],
  ['k6 did not start', { end: { exitCode: 107, signal: null } }, 'k6 ended with 107'],
  [
    'a person stopped it, though no mail was read',
    { stopped: true, summary: { ...good, mails: 0 } },
    'Stopped',
  ],
])('is 3, with the coded line, when %s', (_, change, text) => {
  const { exit, lines } = accountOf({ ...campaign, ...change });
  expect(exit).toBe(3);
  expect(lines.at(-1)).toMatch(new RegExp(`^GUICHET_LOAD_INVALID: .*${text}`));
});
