import { expect, test } from 'vitest';
import { coalesced } from './coalesced.ts';

test('every caller gets a run that began after its call, and one runs at a time', async () => {
  const begun: PromiseWithResolvers<number>[] = [];
  let running = 0;
  const ask = coalesced(async () => {
    running += 1;
    expect(running).toBe(1);
    const run = Promise.withResolvers<number>();
    begun.push(run);
    return run.promise.finally(() => {
      running -= 1;
    });
  });
  const first = ask();
  const [second, third] = [ask(), ask()];
  expect(begun).toHaveLength(1);
  begun[0]?.resolve(1);
  expect(await first).toBe(1);
  await Promise.resolve();
  begun[1]?.resolve(2);
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  const last = ask();
  begun[2]?.resolve(3);
  expect(await last).toBe(3);
});

test('a run that fails does not keep the next from running', async () => {
  let runs = 0;
  const ask = coalesced(async () => {
    runs += 1;
    if (runs === 1) throw new Error('once');
    return runs;
  });
  const [first, second] = [ask(), ask()];
  await expect(first).rejects.toThrow('once');
  expect(await second).toBe(2);
});
