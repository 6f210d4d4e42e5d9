import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findK6, locateK6 } from './k6.ts';

let folder: string;
let lines: string[];
let server: Server | undefined;
/** No release can be reached at a port that is closed. */
const unreachable = 'http://127.0.0.1:1';
const cacheName = `k6-v2.2.0-${process.platform}-${process.arch}`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-k6-'));
  lines = [];
  mkdirSync(join(folder, 'module'));
  writeFileSync(join(folder, 'module', 'go.mod'), 'module x\n\nrequire go.k6.io/k6/v2 v2.2.0 // indirect\n');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  server?.close();
  server = undefined;
});

/** Like the real one, it calls itself by the name of its file. */
const fakeK6 = (version: string) => `#!/bin/sh\necho "\${0##*/} v${version} (go1.26.8, linux/amd64)"\n`;

function executable(path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  chmodSync(join(folder, path), 0o755);
  return join(folder, path);
}

/** A Go that "builds" a k6 of that version, and the PATH that finds it. */
function fakeGo(version: string): string {
  executable(
    'go-bin/go',
    `#!/bin/sh
[ "$1" = version ] && exit 0
cat > "$3" <<'K6'
${fakeK6(version)}K6
chmod +x "$3"
`,
  );
  return `${join(folder, 'go-bin')}:/usr/bin:/bin`;
}

const place = (environment: Record<string, string>) => ({
  cacheDir: join(folder, 'cache'),
  module: join(folder, 'module'),
  environment,
  releases: unreachable,
  log: (line: string) => lines.push(line),
});

describe('K6_BIN', () => {
  it('comes before all others', async () => {
    const named = executable('mine', fakeK6('2.5.1'));
    executable('bin/k6', fakeK6('2.2.0'));
    expect(await findK6(place({ K6_BIN: named, PATH: join(folder, 'bin') }))).toEqual({
      path: named,
      version: '2.5.1',
      source: 'K6_BIN',
    });
  });

  it.each([
    ['does not exist', undefined, /does not run as k6/],
    ['is k6 v1', fakeK6('1.8.1'), /is k6 v1\.8\.1, not v2/],
    ['is another program', '#!/bin/sh\necho hello\n', /does not run as k6/],
    ['fails', '#!/bin/sh\nexit 3\n', /does not run as k6/],
  ])('that %s is a usage error, though a good one stands on the PATH', async (_, text, message) => {
    executable('bin/k6', fakeK6('2.2.0'));
    const named = text ? executable('mine', text) : join(folder, 'nothing');
    const search = findK6(place({ K6_BIN: named, PATH: join(folder, 'bin') }));
    await expect(search).rejects.toMatchObject({
      code: 'GUICHET_USAGE',
      exit: 2,
      message: expect.stringMatching(message),
    });
  });
});

it('takes the first k6 v2 of the PATH and passes over older ones', async () => {
  executable('old/k6', fakeK6('1.8.1'));
  const good = executable('new/k6', fakeK6('2.3.0'));
  const found = await locateK6(place({ PATH: `${join(folder, 'old')}:${join(folder, 'new')}` }));
  expect(found).toEqual({ path: good, version: '2.3.0', source: 'PATH' });
});

it('takes the cached one only when it is the pinned version and runs', async () => {
  const path = executable(`cache/k6/${cacheName}`, fakeK6('2.2.0'));
  expect(await locateK6(place({}))).toEqual({ path, version: '2.2.0', source: 'cache' });
  writeFileSync(path, 'torn');
  expect(await locateK6(place({}))).toBeUndefined();
});

describe('the build', () => {
  it('is said on screen, cached, and not done again', async () => {
    const PATH = fakeGo('2.2.0');
    const path = join(folder, 'cache', 'k6', cacheName);
    expect(await findK6(place({ PATH }))).toEqual({ path, version: '2.2.0', source: 'built' });
    expect(lines).toEqual(['building k6 v2.2.0 from load/go.mod, one to two minutes …']);
    expect(await findK6(place({ PATH }))).toMatchObject({ source: 'cache' });
    expect(readdirSync(join(folder, 'cache', 'k6'))).toEqual([cacheName]);
  });

  it('works for several builders at once', async () => {
    const PATH = fakeGo('2.2.0');
    const found = await Promise.all(Array.from({ length: 4 }, () => findK6(place({ PATH }))));
    expect(new Set(found.map(({ path }) => path)).size).toBe(1);
    expect(readdirSync(join(folder, 'cache', 'k6'))).toEqual([cacheName]);
  });

  it('that fails leaves nothing behind and is told with its reason', async () => {
    executable('go-bin/go', '#!/bin/sh\n[ "$1" = version ] && exit 0\necho "go: no module" >&2\nexit 1\n');
    await expect(findK6(place({ PATH: join(folder, 'go-bin') }))).rejects.toMatchObject({
      code: 'GUICHET_K6_MISSING',
      message: expect.stringContaining('go: no module'),
    });
    expect(readdirSync(join(folder, 'cache', 'k6'))).toEqual([]);
  });
});

it('without k6, release and Go is a coded error', async () => {
  await expect(findK6(place({ PATH: folder }))).rejects.toMatchObject({
    code: 'GUICHET_K6_MISSING',
    exit: 3,
    message: expect.stringContaining('no Go on the PATH'),
  });
});

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('the release', () => {
  /** Serves a release whose archive holds a fake k6; `checksum` replaces the right one. */
  async function release(checksum?: string): Promise<string> {
    executable('pack/k6-v2.2.0-linux-amd64/k6', fakeK6('2.2.0'));
    const name = 'k6-v2.2.0-linux-amd64.tar.gz';
    execFileSync('tar', ['-czf', join(folder, name), '-C', join(folder, 'pack'), 'k6-v2.2.0-linux-amd64']);
    const archive = readFileSync(join(folder, name));
    const sum = checksum ?? createHash('sha256').update(archive).digest('hex');
    server = createServer((request, answer) => {
      if (request.url === '/v2.2.0/k6-v2.2.0-checksums.txt')
        answer.end(`${'0'.repeat(64)}  other\n${sum}  ${name}\n`);
      else if (request.url === `/v2.2.0/${name}`) answer.end(archive);
      else answer.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('is downloaded, verified and cached', async () => {
    const releases = await release();
    const path = join(folder, 'cache', 'k6', cacheName);
    expect(await findK6({ ...place({}), releases })).toEqual({ path, version: '2.2.0', source: 'release' });
    expect(readdirSync(join(folder, 'cache', 'k6'))).toEqual([cacheName]);
  });

  it('is refused when its checksum is wrong, and the build takes over', async () => {
    const releases = await release('f'.repeat(64));
    expect(await findK6({ ...place({ PATH: fakeGo('2.2.0') }), releases })).toMatchObject({
      source: 'built',
    });
    await expect(
      findK6({ ...place({ PATH: folder }), cacheDir: join(folder, 'other'), releases }),
    ).rejects.toThrow(/checksum of k6-v2\.2\.0-linux-amd64\.tar\.gz is wrong/);
    expect(existsSync(join(folder, 'other', 'k6', cacheName))).toBe(false);
  });
});
