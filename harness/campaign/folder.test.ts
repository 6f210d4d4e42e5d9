import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from './folder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'guichet-folder-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test('a folder that cannot be made is named, with what to do', () => {
  // A file in its place refuses whoever asks, an administrator too.
  writeFileSync(join(scratch, 'out'), '');
  expect(() => makeFolder(join(scratch, 'out', 'campaign'))).toThrow(/out.*Make reports\/out yours/);
});
