import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runK6 } from './k6-run.ts';

let folder: string;
let lines: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-k6-run-'));
  lines = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

function fake(body: string): string {
  const path = join(folder, 'k6');
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}
const onLine = (line: string) => lines.push(line);

it('hands over script, flags and environment, and answers the exit code', async () => {
  const k6 = fake(
    'echo "$@"; echo "$PLAN $GOGC $K6_NO_USAGE_REPORT $K6_AUTO_EXTENSION_RESOLUTION" >&2; exit 99',
  );
  const end = await runK6({
    k6,
    script: 'a.ts',
    args: ['--log-format=raw'],
    env: { PLAN: 'p.json' },
    onLine,
  });
  expect(end).toEqual({ exitCode: 99, signal: null });
  expect(lines.toSorted()).toEqual(['p.json 400 true false', 'run --quiet --no-color --log-format=raw a.ts']);
});

it('keeps a GOGC of the shell, and no K6_ variable that would change the workload', async () => {
  vi.stubEnv('GOGC', '50');
  vi.stubEnv('K6_VUS', '5000');
  await runK6({ k6: fake('echo "$GOGC/$K6_VUS"'), script: 'a.ts', onLine });
  expect(lines).toEqual(['50/']);
});

it('stops the child on abort', async () => {
  const abort = new AbortController();
  const k6 = fake('trap "echo stopped; exit 105" INT; echo ready; while :; do sleep 0.05; done');
  const end = await runK6({
    k6,
    script: 'a.ts',
    signal: abort.signal,
    onLine: (line) => {
      lines.push(line);
      if (line === 'ready') abort.abort();
    },
  });
  expect(end).toEqual({ exitCode: 105, signal: null });
  expect(lines).toEqual(['ready', 'stopped']);
});

it('tells a binary that does not start', async () => {
  const run = runK6({ k6: join(folder, 'nothing'), script: 'a.ts', onLine });
  await expect(run).rejects.toMatchObject({ code: 'GUICHET_K6_MISSING' });
});
