import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { startMailpit } from '../toolchain/mailpit.ts';
import { findMailpit } from '../toolchain/mailpit-build.ts';
import { openMailpit } from './mailpit.ts';
import { sendRaw } from './smtp-dialogue.ts';
import { openWire } from './wire.test-data.ts';

// A Mailpit in bad company: each test says what differs from one that is well and empty.
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const servers: Server[] = [];

async function serve(answers: Record<string, Answer | object>): Promise<string> {
  const usual: Record<string, object> = {
    '/api/v1/webui': { DuplicatesIgnored: false },
    '/api/v1/info': { RuntimeStats: { MessagesDeleted: 0 } },
    '/api/v1/messages': { total: 0, messages: [] },
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname;
    const answer = Object.entries({ ...usual, ...answers }).find(([start]) => path.startsWith(start))?.[1];
    if (typeof answer === 'function') (answer as Answer)(request, response);
    else if (answer) response.end(JSON.stringify(answer));
    else response.writeHead(404).end('404 page not found');
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const listed = (ID: string, to = 'a@x.fr') => ({
  ID,
  Created: '2026-03-03T09:00:00.123456789+01:00',
  To: [{ Name: '', Address: to }],
  Cc: null,
  Bcc: [],
});
const source: Answer = (_, response) => response.end('To: a@x.fr\r\n\r\nx\r\n');

describe('what is no Mailpit is named', () => {
  test.each<[string, Answer | object, string]>([
    ['an error', (_, response) => response.writeHead(502).end('Bad Gateway'), 'answered 502 "Bad Gateway"'],
    [
      'a sign-in',
      (_, response) => response.writeHead(401).end('Unauthorized.'),
      'answered 401 "Unauthorized."',
    ],
    ['a page', (_, response) => response.end('<html>'), 'did not answer as Mailpit does: Unexpected token'],
    ['MailHog', { total: 1, count: 1, items: [] }, 'did not answer as Mailpit does'],
    ['a broken answer', (_, response) => response.socket?.destroy(), 'failed'],
  ])('%s', async (_name, answer, said) => {
    const url = await serve({ '/api/v1/messages': answer });
    await expect(openMailpit(url)).rejects.toMatchObject({ code: 'GUICHET_MAILBOX_UNREACHABLE' });
    await expect(openMailpit(url)).rejects.toThrow(said);
  });

  test('one that drops mails which come twice', async () => {
    const url = await serve({ '/api/v1/webui': { DuplicatesIgnored: true } });
    await expect(openMailpit(url)).rejects.toThrow('MP_IGNORE_DUPLICATE_IDS');
  });
});

test('mails that are announced and not listed are an error', async () => {
  const url = await serve({ '/api/v1/messages': { total: 3, messages: [] } });
  await expect(openMailpit(url)).rejects.toThrow('announces 3 mails and lists 0');
});

test('a mail that takes the place of another does not hide that one is gone', async () => {
  let mails = [listed('1'), listed('2')];
  const url = await serve({
    '/api/v1/messages': (_, response) =>
      response.end(JSON.stringify({ total: mails.length, messages: mails.toReversed() })),
    '/api/v1/message/': source,
  });
  const mailbox = await openMailpit(url);
  expect(await mailbox.all()).toHaveLength(2);
  mails = [listed('2'), listed('3')];
  await expect(mailbox.all()).rejects.toThrow('lists 2 mails where it had 3');
  await mailbox.close();
});

test('a mail that came and went between two looks is told by the count of the deleted', async () => {
  let deleted = 7;
  const url = await serve({
    '/api/v1/info': (_, response) =>
      response.end(JSON.stringify({ RuntimeStats: { MessagesDeleted: deleted } })),
  });
  const mailbox = await openMailpit(url);
  expect(await mailbox.mailsTo('a@x.fr')).toEqual([]);
  deleted = 8;
  await expect(mailbox.mailsTo('a@x.fr')).rejects.toThrow('has deleted 8 mails, and had deleted 7');
  await mailbox.close();
});

test('mails that arrive between two pages are missed by nobody', async () => {
  const mails = Array.from({ length: 120 }, (_, index) => listed(String(index)));
  const url = await serve({
    '/api/v1/messages': ({ url }, response) => {
      const query = new URL(url ?? '', 'http://x').searchParams;
      const start = Number(query.get('start'));
      if (start > 0 && mails.length < 125) mails.push(listed(`late ${mails.length}`));
      const messages = mails.toReversed().slice(start, start + Number(query.get('limit')));
      response.end(JSON.stringify({ total: mails.length, messages }));
    },
    '/api/v1/message/': source,
  });
  const mailbox = await openMailpit(url);
  expect(new Set((await mailbox.all()).map(({ id }) => id)).size).toBeGreaterThanOrEqual(120);
  expect(await mailbox.mailsTo('a@x.fr')).toHaveLength(mails.length);
  await mailbox.close();
});

test('a mail whose summary names nobody is known by its source', async () => {
  const url = await serve({
    '/api/v1/messages': { total: 1, messages: [{ ...listed('1'), To: null }] },
    '/api/v1/message/': (_, response) =>
      response.end(
        'Received: from a (b [c])\r\n        by d (Mailpit) with SMTP\r\n        for <a@x.fr>; Tue, 3 Mar 2026 09:00:00 +0100 (CET)\r\n\r\nx\r\n',
      ),
  });
  const mailbox = await openMailpit(url);
  expect(await mailbox.mailsTo('a@x.fr')).toHaveLength(1);
  expect(await mailbox.mailsTo('b@x.fr')).toEqual([]);
  await mailbox.close();
});

test('a stream of arrivals that cannot be opened is an error, never silence', async () => {
  const mailbox = await openMailpit(await serve({}));
  await expect(mailbox.waitFor('a@x.fr', 1, 60_000)).rejects.toThrow(
    /stream of arrivals .* cannot be opened/,
  );
  await mailbox.close();
});

const found = await findMailpit({ log: (line) => process.stderr.write(`${line}\n`) });
const missing = 'missing' in found ? found.missing : undefined;

// mailbox.test.ts fails under CI when there is no Mailpit.
test.skipIf(missing)(
  'a waiting reader outlives a stream that is dropped, and has what came meanwhile',
  async () => {
    const mailpit = await startMailpit('path' in found ? found.path : '');
    const wire = await openWire(Number(new URL(mailpit.url).port));
    const mailbox = await openMailpit(`http://127.0.0.1:${wire.port}`);
    const send = () => sendRaw(mailpit.smtpPort, { to: ['a@x.fr'] }, 'Subject: x\r\n\r\nx\r\n');
    await send();
    const waiting = mailbox.waitFor('a@x.fr', 3, 60_000);
    expect(await mailbox.waitFor('a@x.fr', 1, 60_000)).toHaveLength(1);
    wire.cut();
    await send();
    expect(await mailbox.waitFor('a@x.fr', 2, 60_000)).toHaveLength(2);
    wire.cut();
    await send();
    expect(await waiting).toHaveLength(3);
    await mailbox.close();
    wire.close();
    await mailpit.stop();
  },
);
