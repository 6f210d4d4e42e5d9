// What stands on fixed ports: no other test file takes them, so that no two tests want the same one at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { servePorts } from '../target/embedded.ts';
import { shown } from './docs.test-data.ts';
import { shellIn } from './shell.test-data.ts';

const scratch = mkdtempSync(join(tmpdir(), 'guichet-ports-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const run = shellIn(scratch, scratch);

const lines = new Set(
  shown.flatMap(({ line }) => (/^npx guichet (serve|mail)( |$)/.test(line) ? [line] : [])),
);

test.each([...lines])('%s', async (line) => {
  const { status, out } = await run(line, /^Ctrl\+C stops/m);
  // Whoever works at this machine may have one open: then the line says so.
  expect(out).toMatch(/^Ctrl\+C stops|^GUICHET_PORT_IN_USE/m);
  expect({ status, out }).toMatchObject({ status: out.includes('GUICHET_PORT_IN_USE') ? 3 : 0 });
});

test('a port in use: 3, naming the port', async () => {
  const release = await hold(servePorts.mail);
  const { status, out } = await run('npx guichet serve');
  release();
  expect(out).toMatch(new RegExp(`^GUICHET_PORT_IN_USE: .*${servePorts.mail}`, 'm'));
  expect(status).toBe(3);
});

test('the doctor names a port that is taken, and how to find who holds it', { timeout: 60_000 }, async () => {
  const release = await hold(servePorts.smtp);
  const { status, out } = await run('npx guichet doctor');
  release();
  expect(out).toMatch(new RegExp(`^× port ${servePorts.smtp} .*\\n {4}.*sport = :${servePorts.smtp}`, 'm'));
  expect(status).toBe(3);
});

/** Where somebody holds it already, so much the better. */
async function hold(port: number): Promise<() => void> {
  const holder = createServer();
  await new Promise<void>((resolve) => {
    holder.once('error', () => resolve());
    holder.listen(port, '127.0.0.1', () => resolve());
  });
  return () => holder.close();
}
