import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'guichet-doctor-'));
afterAll(() => rmSync(scratch, { recursive: true }));

type Run = { status: number; out: string; err: string };

function doctor(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Run> {
  return new Promise((done) =>
    execFile(
      process.execPath,
      [join(root, 'harness/cli.ts'), 'doctor', ...args],
      { cwd: scratch, env: { ...process.env, ...environment } },
      (error, out, err) => done({ status: Number(error?.code ?? 0), out, err }),
    ),
  );
}

/** The line about something, and the line of its remedy. */
const about = (out: string, what: string) => new RegExp(`^× ${what} .*\\n {4}.*`, 'm').exec(out)?.[0];

/** A profile of a target that nobody runs. */
function profile(change: (text: string) => string = (text) => text): string {
  const text = readFileSync(join(root, 'harness/target/embedded.json'), 'utf8');
  const file = join(scratch, 'profile.json');
  // Port 1 answers nobody.
  writeFileSync(file, change(text.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:1')));
  return file;
}

test('on a machine that has all, each thing is told', { timeout: 60_000 }, async () => {
  const { out } = await doctor([]);
  for (const what of [
    'mailbox',
    'Node',
    'Chromium',
    'k6',
    'Go',
    'port 8120',
    'port 8125',
    'port 8126',
    'target',
    'mail path',
  ])
    expect(out).toMatch(new RegExp(`^[✔×] ${what} `, 'm'));
  expect(out).toMatch(/^✔ target /m);
  expect(out).toMatch(/^✔ mail path /m);
});

test('what is missing has its remedy', { timeout: 60_000 }, async () => {
  const { status, out } = await doctor(['--target', profile()], {
    ...{ GUICHET_CHROMIUM: '/nowhere/chromium', K6_BIN: '/nowhere/k6' },
  });
  expect(status).toBe(3);
  expect(about(out, 'Chromium')).toContain('npx playwright install chromium');
  expect(about(out, 'k6')).toContain('K6_BIN');
  expect(about(out, 'target')).toContain('Check baseUrl in the profile');
});

test('a mailbox that does not answer is told apart from its target', { timeout: 60_000 }, async () => {
  const site = createHttpServer((_, answer) => answer.end('<!doctype html>'));
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const { port } = site.address() as AddressInfo;
  const file = profile((text) =>
    text.replace('http://127.0.0.1:1/aparts/', `http://127.0.0.1:${port}/aparts/`),
  );
  const { out } = await doctor(['--target', file]);
  site.close();
  expect(out).toMatch(/^✔ target /m);
  expect(about(out, 'mailbox')).toContain('GUICHET_MAILBOX_UNREACHABLE');
});

test('a profile that is wrong is named, with what to write', { timeout: 60_000 }, async () => {
  const { status, err } = await doctor(['--target', profile((text) => text.replace('"oracle"', '"oracel"'))]);
  expect(status).toBe(2);
  expect(err).toMatch(/captcha\.kind: found "oracel"\. Write one of/);
});
