import { expect, test } from 'vitest';
import { openTurns } from './turns.ts';

const ids = Array.from({ length: 12 }, (_, at) => `v${at}`);

test.each([
  ['at a rate', 200],
  ['at once', undefined],
])(
  'visits go when they are let go, %s, whoever comes first, and are told before',
  async (_name, perSecond) => {
    const gone: string[] = [];
    const turns = await openTurns(
      (id) => void gone.push(id),
      () => {},
      perSecond,
    );
    const ask = (id: string) => fetch(turns.url + id).then(({ status }) => status);
    const early = ids.slice(0, 6).map(ask);
    const never = ask('never').catch(() => 'gone');
    turns.open(ids.slice(0, 3));
    expect(await Promise.all(early.slice(0, 3))).toEqual([204, 204, 204]);
    expect(gone.toSorted()).toEqual(ids.slice(0, 3));
    turns.open(ids.slice(3));
    expect(await Promise.all([...early.slice(3), ...ids.slice(6).map(ask)])).toEqual(Array(9).fill(204));
    expect(gone.toSorted()).toEqual(ids.toSorted());
    await turns.close();
    expect(await never).toBe('gone');
  },
);

test('a visit goes once', async () => {
  const failures: unknown[] = [];
  const turns = await openTurns(
    () => {},
    (error) => void failures.push(error),
  );
  turns.open(['a']);
  const ask = async () => (await fetch(`${turns.url}a`)).status;
  expect([await ask(), await ask()]).toEqual([204, 409]);
  expect(failures).toEqual([new Error('the visit a has begun already')]);
  await turns.close();
});
