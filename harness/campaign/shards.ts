import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { GuichetError } from '../errors.ts';
import { openLedger } from '../ledger/ledger.ts';
import { ledgerName } from '../ledger/records.ts';
import { type JournalLine, journalName, readJournal } from './journal.ts';
import { type Order, readOrder } from './order.ts';

/** A part of a campaign in its folder. */
type Part = { folder: string; startedAt: string; order: Order };

/**
 * Reads the parts that `check --shard` has left and proves that they are one campaign's, each there once. Throws
 * `GUICHET_USAGE`. Answers them in their order.
 */
export function readParts(folders: readonly string[]): [Part, ...Part[]] {
  const parts = folders.map((folder) => ({ folder, ...readOrder(folder) }));
  const [first] = parts;
  const count = first?.order.shard?.count;
  if (!first || !count)
    throw new GuichetError(
      'GUICHET_USAGE',
      `${folders[0] ?? 'Nothing'} is no part of a campaign.`,
      'Give the folders that "guichet check --shard I/N" has left, one of each part.',
    );
  for (const { folder, order } of parts) {
    if (isDeepStrictEqual(common(order), common(first.order))) continue;
    throw new GuichetError(
      'GUICHET_USAGE',
      `${folder} was asked for something else than ${first.folder}.`,
      'Merge parts of one campaign: the same seed, selection and flags.',
    );
  }
  for (let index = 1; index <= count; index++) {
    const found = parts.filter(({ order }) => order.shard?.index === index).length;
    if (found === 1) continue;
    throw new GuichetError(
      'GUICHET_USAGE',
      `Part ${index} of ${count} is given ${found === 0 ? 'not at all' : `${found} times`}.`,
      'Give each part once.',
    );
  }
  return parts.sort((a, b) => indexOf(a) - indexOf(b)) as [Part, ...Part[]];
}

/** Puts journals, evidence and ledgers of the parts together in `folder`. */
export function joinParts(parts: readonly Part[], folder: string): void {
  const journals = parts.map((part) => readJournal(part.folder));
  const lines = journals.flat();
  const ends = lines.filter((line) => line.kind === 'end');
  const error = ends.find((end) => end.error)?.error;
  const joined: JournalLine[] = [
    {
      kind: 'begin',
      scenarios: lines.reduce((sum, line) => sum + (line.kind === 'begin' ? line.scenarios : 0), 0),
    },
    ...lines.filter(({ kind }) => kind !== 'begin' && kind !== 'end'),
    {
      kind: 'end',
      // A part that was killed has written no end.
      interrupted: ends.length < parts.length || ends.some(({ interrupted }) => interrupted),
      ...(error ? { error } : {}),
    },
  ];
  writeFileSync(join(folder, journalName), joined.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const ledger = openLedger(join(folder, ledgerName));
  try {
    for (const part of parts) {
      const evidence = join(part.folder, 'evidence');
      if (existsSync(evidence)) cpSync(evidence, join(folder, 'evidence'), { recursive: true });
      const own = join(part.folder, ledgerName);
      if (existsSync(own)) ledger.absorb(own);
    }
  } finally {
    ledger.close();
  }
}

function common({ shard, workers: _, today: __, ...order }: Order): object {
  return { ...order, count: shard?.count };
}

function indexOf({ order }: Part): number {
  return order.shard?.index ?? 0;
}
