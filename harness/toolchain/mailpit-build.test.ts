import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findMailpit } from './mailpit-build.ts';

let folder: string;
const lines: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-mailpit-'));
  lines.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const find = (environment: Record<string, string>) =>
  findMailpit({ cacheDir: join(folder, 'cache'), environment, log: (line) => lines.push(line) });

/** A Go that "builds" a script at the path that it is given, or fails. */
function fakeGo(build: string): string {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'go'), `#!/bin/sh\n[ "$1" = version ] && exit 0\n${build}\n`);
  chmodSync(join(folder, 'bin', 'go'), 0o755);
  return `${join(folder, 'bin')}:/usr/bin:/bin`;
}

test('MAILPIT_BIN comes first, and says so when it is nothing', async () => {
  expect(await find({ MAILPIT_BIN: '/bin/sh' })).toMatchObject({ path: '/bin/sh' });
  expect(await find({ MAILPIT_BIN: '/no/mailpit' })).toEqual({
    missing: 'MAILPIT_BIN is "/no/mailpit", which cannot be executed',
  });
});

test('the build is said, cached and not done again', async () => {
  const PATH = fakeGo('printf "#!/bin/sh\\n" > "$3"; chmod +x "$3"');
  const built = await find({ PATH });
  expect(built).toMatchObject({ path: expect.stringMatching(/cache\/mailpit\/mailpit-v1\.\d+\.\d+-/) });
  expect(lines).toEqual([
    expect.stringMatching(/^building Mailpit v1\.\S+ from harness\/toolchain\/go\.mod/),
  ]);
  expect(await find({ PATH: '/nowhere' })).toEqual(built);
  expect(readdirSync(join(folder, 'cache', 'mailpit'))).toHaveLength(1);
});

test('without Go, or with a build that fails, the reason is told', async () => {
  expect(await find({ PATH: folder })).toEqual({ missing: 'no Go on the PATH' });
  const PATH = fakeGo('echo "go: no module" >&2; exit 1');
  expect(await find({ PATH })).toEqual({ missing: 'go: no module' });
});
