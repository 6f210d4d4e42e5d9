import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendRaw } from '../mail/smtp-dialogue.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const children: ChildProcess[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-mail-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function run(...flags: string[]): ChildProcess {
  const child = spawn(process.execPath, ['harness/cli.ts', 'mail', ...flags], { cwd: root });
  children.push(child);
  return child;
}

/** Starts it on free ports and reads where they are from what it says. */
async function serve(...flags: string[]) {
  const child = run('--smtp-port', '0', '--http-port', '0', ...flags);
  let said = '';
  for await (const text of child.stdout ?? []) {
    said += text;
    if (said.includes('Ctrl+C')) break;
  }
  const stop = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return (await once(child, 'close'))[0];
  };
  return {
    said,
    smtpPort: Number(/^SMTP\s+127\.0\.0\.1:(\d+)$/m.exec(said)?.[1]),
    url: /^mails\s+(http:\S+\d)\/$/m.exec(said)?.[1] ?? '',
    stop,
  };
}

const total = async (url: string) => (await (await fetch(`${url}/api/v2/messages`)).json()).total;

test('what it took is back after kill -9, and Ctrl+C ends it in order', async () => {
  const file = join(folder, 'mails.db');
  const first = await serve('--durable', file);
  expect(first.said).toContain(`kept in    ${file}`);
  await sendRaw(first.smtpPort, { to: ['a@x.fr'] }, 'Subject: Bonjour\r\n\r\nx\r\n');
  await first.stop('SIGKILL');
  const second = await serve('--durable', file);
  expect(await total(second.url)).toBe(1);
  expect(await (await fetch(`${second.url}/`)).text()).toContain('Bonjour');
  expect(await second.stop('SIGINT')).toBe(0);
});

test('forgets without a file', async () => {
  const { said, smtpPort, url, stop } = await serve();
  expect(said).toContain('kept in    a file that ends with it');
  await sendRaw(smtpPort, { to: ['a@x.fr'] }, 'Subject: x\r\n\r\nx\r\n');
  expect(await total(url)).toBe(1);
  expect(await stop('SIGTERM')).toBe(0);
});

test('names a port that is taken, and a flag that is wrong', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as { port: number };
  const refused = async (...flags: string[]) => {
    const child = run(...flags);
    let said = '';
    child.stderr?.on('data', (text) => {
      said += text;
    });
    const [status] = await once(child, 'close');
    return { said, status };
  };
  expect(await refused('--smtp-port', String(port), '--http-port', '0')).toMatchObject({
    status: 3,
    said: expect.stringMatching(`GUICHET_PORT_IN_USE: SMTP port ${port} .* choose another port`),
  });
  expect(await refused('--http-port', '65536')).toMatchObject({
    status: 2,
    said: expect.stringContaining('--http-port is "65536"'),
  });
  expect(await refused('--smtp-port', '0', '--http-port', '0', '--durable', folder)).toMatchObject({
    status: 3,
    said: expect.stringContaining(`The catcher's file ${folder} cannot be used`),
  });
  holder.close();
});
