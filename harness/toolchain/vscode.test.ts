import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpack } from '../campaign/archive.ts';
import { isExecutable } from './executable.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The Node that an editor finds: that of the machine, not the one that the project brings. */
const node =
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .find(isExecutable) ?? process.execPath;

type Event = { method: string; params: { method?: string; params?: Record<string, unknown> } };
type Answer = { result: { status?: string; report?: unknown }; error?: string };

let server: ChildProcess;
let socket: WebSocket;
const events: Event[] = [];
const waiting = new Map<number, (answer: Answer) => void>();
let calls = 0;

function call(method: string, params: object = {}): Promise<Answer> {
  const id = ++calls;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    socket.send(JSON.stringify({ id, method, params }));
  });
}

// As src/playwrightTestServer.ts of microsoft/playwright-vscode does it.
beforeAll(async () => {
  const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
  const config = join(root, 'playwright.config.ts');
  server = spawn(node, [cli, 'test-server', '-c', config, '--host', '127.0.0.1'], {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: '1' },
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (chunk) => {
      said += chunk;
      const [, found] = /Listening on (ws:\S+)/.exec(said) ?? [];
      if (found) resolve(found);
    });
    server.once('close', () => reject(new Error(said)));
  });
  socket = new WebSocket(url);
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    if (message.id) waiting.get(message.id)?.(message);
    else events.push(message);
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  await call('initialize', { interceptStdio: true, closeOnDisconnect: true });
}, 60_000);
afterAll(() => {
  socket.close();
  server.kill();
});

test('an editor lists the scenarios', { timeout: 60_000 }, async () => {
  expect(await call('runGlobalSetup')).toMatchObject({ result: { status: 'passed' } });
  const files = await call('listFiles');
  expect(JSON.stringify(files.result.report)).toContain('support.spec.ts');
  const { result } = await call('listTests', { locations: [] });
  expect(result.status).toBe('passed');
  expect(JSON.stringify(result.report).match(/"testId"/g)?.length).toBeGreaterThan(20);
});

test('it runs one, and the trace that it asks for is there afterwards', { timeout: 60_000 }, async () => {
  const { result } = await call('runTests', {
    locations: [join(root, 'scenarios/support.spec.ts').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')],
    ...{ projects: [], trace: 'on', workers: 1 },
  });
  expect({ ...result, said: events.filter(({ method }) => method === 'stdio') }).toMatchObject({
    status: 'passed',
  });
  const reported = events.filter(({ method }) => method === 'report').map(({ params }) => params);
  expect(reported.find(({ method }) => method === 'onTestEnd')?.params).toMatchObject({
    result: { status: 'passed' },
  });
  const attached = reported.flatMap(
    ({ params }) => (params?.attachments ?? []) as { name: string; path?: string }[],
  );
  const trace = attached.find(({ name }) => name === 'trace')?.path ?? '';
  expect(existsSync(trace), trace).toBe(true);
  expect(Object.keys(unpack(readFileSync(trace))).some((name) => name.endsWith('.trace'))).toBe(true);
});
