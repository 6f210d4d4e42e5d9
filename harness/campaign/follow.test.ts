import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SubmissionStanding } from '../judge/standing.ts';
import { noteDeadline } from './follow.ts';
import { readJournal } from './journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'guichet-follow-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Standing = SubmissionStanding['mails'][number]['standing'];

const submission = (...standings: Standing[]) =>
  ({
    row: { siret: '99000000200002' },
    mails: standings.map((standing) => ({ kind: 'mot-de-passe', standing })),
  }) as unknown as SubmissionStanding;

test.each([
  [
    'in time',
    [submission('on time', 'on time'), submission()],
    { outcome: 'passed', observed: '2 mails à temps' },
  ],
  [
    'late',
    [submission('on time', 'late')],
    { outcome: 'failed', observed: '99000000200002 : mot de passe en retard' },
  ],
  [
    'missing',
    [submission('missing')],
    { outcome: 'failed', observed: '99000000200002 : mot de passe manquant' },
  ],
])('mails that are %s judge MAIL-03', (name, submissions, check) => {
  noteDeadline(folder, `${name}.jsonl`, submissions);
  expect(readJournal(folder, `${name}.jsonl`)[0]).toMatchObject({ id: 'MAIL-03', ...check });
});

test('where no mail is due nothing was kept in time, nor anything else', () => {
  noteDeadline(folder, 'none.jsonl', []);
  noteDeadline(folder, 'none.jsonl', [submission(), submission()]);
  expect(readJournal(folder, 'none.jsonl')).toEqual([]);
});
