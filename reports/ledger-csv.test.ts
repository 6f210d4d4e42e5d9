import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { type AccountedSubmission, ledgerCsv } from './ledger-csv.ts';

const at = new Date('2026-11-23T09:14:02.120Z');
const submission: AccountedSubmission = {
  id: 's-1',
  siret: '00012345678904',
  courriel: 'camille@guichet.example',
  planned: at,
  state: 'accepted',
  answered: at,
  detail: undefined,
  expects: ['identifiant', 'mot-de-passe', 'habilitation'],
  mails: [
    { kind: 'identifiant', received: at },
    { kind: 'identifiant', received: new Date('2026-11-23T10:00:00Z') },
    { kind: 'other', received: at },
  ],
};

const read = (text: string): Record<string, string>[] => parse(text, { columns: true });

test('another parser reads a line for each submission, with what came of it', () => {
  const lines = read(ledgerCsv([submission, { ...submission, id: 's-2', answered: undefined, mails: [] }]));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({
    submission: 's-1',
    siret: '00012345678904',
    expects: 'identifiant mot-de-passe habilitation',
    identifiant: '2',
    'identifiant received': at.toISOString(),
    habilitation: '0',
    'habilitation received': '',
    other: '1',
  });
  expect(lines[1]).toMatchObject({ answered: '', identifiant: '0' });
});

test('where nobody noted mails, none is said to be missing', () => {
  const [line] = read(ledgerCsv([{ ...submission, mails: [] }]));
  expect(line).toMatchObject({ identifiant: '', habilitation: '' });
});

test('whatever the target says stays one cell, and is no formula', () => {
  const details = ['a,b', 'a "b"', 'a\r\nb', '=1+1', '@x', '-2', 'é;\t'];
  const lines = read(ledgerCsv(details.map((detail, at) => ({ ...submission, id: `s-${at}`, detail }))));
  expect(lines.map(({ detail }) => detail)).toEqual([
    'a,b',
    'a "b"',
    'a\r\nb',
    "'=1+1",
    "'@x",
    "'-2",
    'é;\t',
  ]);
});

test('a ledger of a hundred thousand submissions is written whole', () => {
  const rows = Array.from({ length: 100_000 }, () => submission);
  expect(ledgerCsv(rows).trimEnd().split('\r\n')).toHaveLength(rows.length + 1);
});
