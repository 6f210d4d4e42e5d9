import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'guichet-shared-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A process that opens the file which it is told of, each time it is told of one, and answers what came of it. */
const opener = () =>
  spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { openShared } from ${JSON.stringify(new URL('shared-database.ts', import.meta.url).href)};
      process.on('message', (path) => {
        try {
          openShared(path, 'CREATE TABLE IF NOT EXISTS words (word TEXT)').close();
          process.send('opened');
        } catch (error) {
          process.send(error.message);
        }
      });
      process.send('ready');`,
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
const answerOf = async (child: ChildProcess) => (await once(child, 'message'))[0];

test('a file that several processes create at the same instant is opened by each', async () => {
  const children = Array.from({ length: 4 }, opener);
  await Promise.all(children.map(answerOf));
  // Where nobody waits, one time in three somebody finds the file locked.
  for (let round = 0; round < 60; round++) {
    const answers = children.map(answerOf);
    for (const child of children) child.send(join(folder, `${round}.sqlite`));
    expect(await Promise.all(answers)).toEqual(['opened', 'opened', 'opened', 'opened']);
  }
  for (const child of children) child.disconnect();
});
