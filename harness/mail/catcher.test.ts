import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCatcher } from './catcher.ts';
import { openMailhog } from './mailhog.ts';
import { openDialogue, sendRaw } from './smtp-dialogue.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-catcher-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('takes a port that is given', async () => {
  const first = await startCatcher();
  const ports = { smtpPort: first.smtp.port, httpPort: Number(new URL(first.url).port) };
  await first.close();
  const second = await startCatcher(ports);
  expect(second).toMatchObject({ smtp: { host: '127.0.0.1', port: ports.smtpPort }, url: first.url });
  await second.close();
});

test.each(['smtpPort', 'httpPort'] as const)(
  'names the %s that is in use, and leaves nothing open',
  async (name) => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    const database = join(folder, 'mails.db');
    await expect(startCatcher({ [name]: port, database })).rejects.toMatchObject({
      code: 'GUICHET_PORT_IN_USE',
      message: expect.stringContaining(`port ${port} on 127.0.0.1 is taken by another program`),
    });
    squatter.close();
    await (await startCatcher({ database })).close();
  },
);

test('keeps mails over a restart, the deleted ones not', async () => {
  const database = join(folder, 'mails.db');
  const raw = Buffer.from('Subject: Créé\r\n\r\nété\r\n', 'latin1');
  const first = await startCatcher({ database });
  await Promise.all(['a@x.fr', 'b@x.fr', 'c@x.fr'].map((to) => sendRaw(first.smtp.port, { to: [to] }, raw)));
  const before = await openMailhog(first.url);
  const kept = (await before.all()).filter(({ recipients }) => !recipients.includes('b@x.fr'));
  const [gone] = await before.mailsTo('b@x.fr');
  await fetch(`${first.url}/api/v1/messages/${encodeURIComponent(gone?.id ?? '')}`, { method: 'DELETE' });
  await before.close();
  await first.close();
  const second = await startCatcher({ database });
  const after = await openMailhog(second.url);
  expect(await after.all()).toEqual(kept);
  expect(kept[0]?.raw).toEqual(raw);
  await after.close();
  await second.close();
});

test('answers 250 only for what a kill cannot take', async () => {
  const database = join(folder, 'mails.db');
  const script = `import { startCatcher } from ${JSON.stringify(new URL('catcher.ts', import.meta.url).href)};
    const { smtp } = await startCatcher({ database: ${JSON.stringify(database)} });
    console.log(smtp.port);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const port = Number(String(line));
  let accepted = 0;
  const clients = Array.from({ length: 8 }, async (_, client) => {
    for (let index = 0; index < 1000; index += 1) {
      const answer = await sendRaw(port, { to: [`u${client}.${index}@x.fr`] }, 'Subject: x\r\n\r\nx\r\n');
      if (answer.startsWith('250')) accepted += 1;
      if (accepted === 100) child.kill('SIGKILL');
    }
  });
  await Promise.allSettled(clients);
  expect(accepted).toBeGreaterThanOrEqual(100);
  const again = await startCatcher({ database });
  const mailbox = await openMailhog(again.url);
  expect((await mailbox.all()).length).toBeGreaterThanOrEqual(accepted);
  await mailbox.close();
  await again.close();
});

test('refuses a file that is no catcher’s, or another catcher’s', async () => {
  const foreign = join(folder, 'notes.txt');
  writeFileSync(foreign, 'not a database, but long enough to be taken for one'.repeat(100));
  await expect(startCatcher({ database: foreign })).rejects.toMatchObject({ code: 'GUICHET_HARNESS' });
  await expect(startCatcher({ database: join(folder, 'no', 'such.db') })).rejects.toMatchObject({
    code: 'GUICHET_HARNESS',
  });
  const database = join(folder, 'mails.db');
  const first = await startCatcher({ database });
  await expect(startCatcher({ database })).rejects.toMatchObject({
    code: 'GUICHET_HARNESS',
    message: expect.stringContaining('locked'),
  });
  await first.close();
});

test('takes what nodemailer sends over a pool', async () => {
  const catcher = await startCatcher();
  const transport = createTransport({ ...catcher.smtp, pool: true, maxConnections: 4 });
  const mails = Array.from({ length: 60 }, (_, index) => ({
    from: 'asp@x.fr',
    to: `u${index}@x.fr`,
    subject: `Création de votre compte n° ${index}`,
    text: '.\n..\nVotre identifiant à conserver',
  }));
  await Promise.all(mails.map((mail) => transport.sendMail(mail)));
  const mailbox = await openMailhog(catcher.url);
  expect(await mailbox.all()).toHaveLength(60);
  transport.close();
  await mailbox.close();
  await catcher.close();
});

test('close ends idle clients and waiting readers', async () => {
  const catcher = await startCatcher();
  const { socket } = await openDialogue(catcher.smtp.port);
  const mailbox = await openMailhog(catcher.url);
  const waiting = expect(mailbox.waitFor('a@x.fr', 1, 60_000)).rejects.toMatchObject({
    code: 'GUICHET_MAILBOX_UNREACHABLE',
  });
  await mailbox.all();
  await Promise.all([catcher.close(), once(socket, 'close'), waiting]);
  await mailbox.close();
});
