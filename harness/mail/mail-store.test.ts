import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { type MailStore, openMailStore, type Search } from './mail-store.ts';

const scratch = mkdtempSync(join(tmpdir(), 'guichet-mail-store-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const add = (store: MailStore, to: string[], raw = 'Subject: x\r\n\r\nx\r\n') =>
  store.add({
    ...{ receivedAt: new Date('2026-03-03T09:00:00.123Z'), helo: 'client.test', sender: 'ASP@x.fr' },
    ...{ recipients: to, raw: Buffer.from(raw) },
  });

const found = (store: MailStore, kind: Search['kind'], text: string, start = 0, limit = 10) => {
  const { total, mails } = store.search({ kind, text }, start, limit);
  return { total, to: [...mails].map(({ recipients }) => recipients[0]) };
};

describe.each([
  ['of a file', () => openMailStore(join(scratch, 'mails.db'))],
  ['without one', () => openMailStore()],
])('a store %s', (_name, open) => {
  test('gives pages, the newest mails first, and finds by parts of addresses', async () => {
    const store = open();
    const names = ['a', 'b', 'c', 'd'];
    for (const name of names) await add(store, [`${name.toUpperCase()}@x.fr`, 'copie@y.fr']);
    await add(store, ['e@z.fr'], 'From: "Aide" <aide@z.fr>\r\nTo: Tous <tous@z.fr>\r\n\r\nÉté\r\n');
    expect(store.count()).toBe(5);
    expect([...store.newest(1, 2)].map(({ recipients }) => recipients[0])).toEqual(['D@x.fr', 'C@x.fr']);
    expect(found(store, 'to', '@x.fr', 1, 2)).toEqual({ total: 4, to: ['C@x.fr', 'B@x.fr'] });
    expect(found(store, 'to', 'tous@')).toEqual({ total: 1, to: ['e@z.fr'] });
    expect(found(store, 'recipient', 'tous@')).toEqual({ total: 0, to: [] });
    expect(found(store, 'recipient', 'copie@y')).toMatchObject({ total: 4 });
    expect(found(store, 'from', 'aide')).toEqual({ total: 1, to: ['e@z.fr'] });
    expect(found(store, 'from', 'asp@x')).toMatchObject({ total: 5 });
    expect(found(store, 'containing', 'été')).toEqual({ total: 1, to: ['e@z.fr'] });
    expect(found(store, 'containing', 'subject: x', 2, 1)).toEqual({ total: 4, to: ['B@x.fr'] });
    const [last] = store.newest(0, 1);
    expect(store.find(last?.id ?? '')).toEqual(last);
    expect([store.remove(last?.id ?? ''), store.remove(last?.id ?? '')]).toEqual([true, false]);
    expect([store.count(), found(store, 'to', 'e@z.fr').total]).toEqual([4, 0]);
    store.clear();
    expect([store.count(), found(store, 'to', '@').total, [...store.newest(0, 9)]]).toEqual([0, 0, []]);
    store.close();
  });
});

test('a file of a catcher that kept no addresses apart is searched all the same', async () => {
  const file = join(scratch, 'before.db');
  const store = openMailStore(file);
  for (const name of ['a', 'b']) await add(store, [`${name}@x.fr`]);
  store.close();
  const database = new DatabaseSync(file);
  database.exec('DROP TABLE addresses');
  database.close();
  const again = openMailStore(file);
  expect([again.count(), found(again, 'to', 'b@x')]).toEqual([2, { total: 1, to: ['b@x.fr'] }]);
  again.close();
});
