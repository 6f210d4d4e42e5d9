import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openMailhog } from './mailhog.ts';

// A MailHog in bad company: each test says how it answers.
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const servers: Server[] = [];

async function serve(answer: Answer): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
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

const item = (id: string, to: string, data = 'Subject: x\r\n\r\nx') => ({
  ID: id,
  Created: '2026-03-03T09:00:00.123456789+01:00',
  Raw: { From: 'a@x.fr', To: [to], Data: data, Helo: 'x' },
});
const listing = (...items: unknown[]) =>
  JSON.stringify({ total: items.length, count: items.length, start: 0, items });

describe('what is no mailbox is named', () => {
  test.each<[string, Answer, string]>([
    ['an error', (_, response) => response.writeHead(502).end('Bad Gateway'), 'answered 502 "Bad Gateway"'],
    ['a page', (_, response) => response.end('<html>'), 'did not answer as MailHog does: Unexpected token'],
    ['nothing', (_, response) => response.end(), 'did not answer as MailHog does'],
    ['null', (_, response) => response.end('null'), 'did not answer as MailHog does'],
    [
      'Mailpit',
      (_, response) => response.end('{"total":1,"messages":[{"ID":"x"}]}'),
      'did not answer as MailHog does',
    ],
    ['a broken answer', (_, response) => response.socket?.destroy(), 'failed'],
  ])('%s', async (_name, answer, said) => {
    const url = await serve(answer);
    await expect(openMailhog(url)).rejects.toMatchObject({ code: 'GUICHET_MAILBOX_UNREACHABLE' });
    await expect(openMailhog(url)).rejects.toThrow(said);
    await expect(openMailhog(url)).rejects.toThrow(`${url}/api/v2/messages`);
  });

  test('a closed port', async () => {
    const url = await serve(() => {});
    servers[0]?.close();
    await expect(openMailhog(`${url}/`)).rejects.toThrow(
      `GET ${url}/api/v2/messages?limit=1 failed (ECONNREFUSED`,
    );
  });
});

test('a path before /api is kept', async () => {
  const seen: string[] = [];
  const url = await serve(({ url = '' }, response) => {
    seen.push(url);
    response.end(listing());
  });
  const mailbox = await openMailhog(`${url}/mail/`);
  await mailbox.mailsTo('1+t@x.fr');
  expect(seen.at(-1)).toBe('/mail/api/v2/search?kind=to&query=1%2Bt%40&limit=250');
  await mailbox.close();
});

test('a total that falls is an error: somebody deletes mails', async () => {
  const answers = [
    listing(),
    listing(),
    listing(item('1', 'b@x.fr'), item('2', 'b@x.fr')),
    listing(item('2', 'b@x.fr')),
  ];
  const mailbox = await openMailhog(await serve((_, response) => response.end(answers.shift() ?? listing())));
  expect(await mailbox.all()).toHaveLength(2);
  await expect(mailbox.all()).rejects.toThrow('lists 1 mails where it listed 2 before');
  await mailbox.close();
});

test('mails that are announced and not listed are an error', async () => {
  const url = await serve((_, response) => response.end('{"total":3,"items":[]}'));
  const mailbox = await openMailhog(url);
  await expect(mailbox.all()).rejects.toThrow('announces 3 mails and lists 0');
  await mailbox.close();
});

test('a mail that arrives between two pages counts once', async () => {
  const all = Array.from({ length: 300 }, (_, index) => item(String(index), 'b@x.fr'));
  const mailbox = await openMailhog(
    await serve(({ url = '' }, response) => {
      const start = Number(new URL(url, 'http://x').searchParams.get('start'));
      if (start > 0) all.push(item('late', 'b@x.fr'));
      const items = all.toReversed().slice(start, start + 250);
      response.end(JSON.stringify({ total: all.length, items }));
    }),
  );
  const seen = (await mailbox.all()).map(({ id }) => id).sort();
  expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => String(index)).sort());
  await mailbox.close();
});

test('a character that the client cut in two is read again', async () => {
  const mail = item('é', 'b@x.fr', 'Subject: été\r\n\r\nété');
  const [head = '', tail = ''] = listing(mail).split('été\\r\\n\\r');
  const bytes = Buffer.from(`${head}été\\r\\n\\r${tail}`);
  const cut = bytes.indexOf(Buffer.from('é\\r')) + 1;
  const mailbox = await openMailhog(
    await serve(({ url = '' }, response) => {
      if (url.startsWith('/api/v1/messages/')) {
        response.end(JSON.stringify(decodeURIComponent(url).endsWith('/é') ? mail : null));
        return;
      }
      response.write(bytes.subarray(0, cut), () => setImmediate(() => response.end(bytes.subarray(cut))));
    }),
  );
  expect(String((await mailbox.all())[0]?.raw)).toBe('Subject: été\r\n\r\nété\r\n');
  await mailbox.close();
});

describe('the stream of arrivals', () => {
  const stream = async (write: (response: ServerResponse) => void, list = listing) =>
    openMailhog(
      await serve(({ url }, response) => {
        if (url !== '/api/v1/events') {
          response.end(list());
          return;
        }
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        write(response);
      }),
    );

  test('that ends under a waiting reader is an error, never silence', async () => {
    const mailbox = await stream((response) => response.end());
    await expect(mailbox.waitFor('b@x.fr', 1, 60_000)).rejects.toThrow(
      /stream of arrivals .*\/api\/v1\/events ended/,
    );
    await mailbox.close();
  });

  test('that breaks under a waiting reader is an error too', async () => {
    const mailbox = await stream((response) => setImmediate(() => response.socket?.resetAndDestroy()));
    await expect(mailbox.waitFor('b@x.fr', 1, 60_000)).rejects.toThrow(/stream of arrivals .* broke/);
    await mailbox.close();
  });

  test('that is refused is an error', async () => {
    const url = await serve(({ url }, response) => {
      if (url === '/api/v1/events') response.statusCode = 404;
      response.end(listing());
    });
    const mailbox = await openMailhog(url);
    await expect(mailbox.waitFor('b@x.fr', 1, 60_000)).rejects.toThrow(
      `GET ${url}/api/v1/events answered 404`,
    );
    await mailbox.close();
  });

  test('is read in pieces, with its line ends, comments and keepalives', async () => {
    const event = `: hello\r\nkeepalive: \n\nevent: x\r\ndata: ${JSON.stringify(item('1', 'B@X.fr', 'été'))}\r\n\r\n`;
    const mailbox = await stream((response) => {
      const bytes = [...Buffer.from(event)];
      const next = () => {
        const byte = bytes.shift();
        if (byte !== undefined) response.write(Buffer.from([byte]), () => setImmediate(next));
      };
      next();
    });
    const [mail] = await mailbox.waitFor('B@x.fr', 1, 60_000);
    expect(mail?.raw.toString()).toBe('été\r\n');
    await mailbox.close();
  });

  test('that says something unclear makes the reader look', async () => {
    let there = false;
    const mailbox = await stream(
      (response) => {
        there = true;
        response.write('data: {"ID":\n\n');
      },
      () => (there ? listing(item('1', 'b@x.fr')) : listing()),
    );
    expect(await mailbox.waitFor('b@x.fr', 1, 60_000)).toHaveLength(1);
    await mailbox.close();
  });

  test('close ends a waiting reader', async () => {
    const mailbox = await stream(() => {});
    const waiting = expect(mailbox.waitFor('b@x.fr', 1, 60_000)).rejects.toMatchObject({
      code: 'GUICHET_MAILBOX_UNREACHABLE',
    });
    await mailbox.close();
    await waiting;
  });
});

describe('the newest mails', () => {
  const mails = Array.from({ length: 300 }, (_, at) => item(`m${at}`, 'a@x.fr')).reverse();
  const paged: Answer = (request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    const start = Number(query.get('start') ?? 0);
    const items = mails.slice(start, start + Number(query.get('limit') ?? 50));
    response.end(JSON.stringify({ total: mails.length, count: items.length, start, items }));
  };

  test.each([
    [0, 300],
    [295, 5],
    [300, 0],
    [200, 100],
  ])('after the first %d, oldest first', async (seen, count) => {
    const mailbox = await openMailhog(await serve(paged));
    const found = await mailbox.newest?.(seen);
    expect(found?.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, at) => `m${seen + at}`));
    await mailbox.close();
  });

  test('of a mailbox that has lost some is an error', async () => {
    const mailbox = await openMailhog(await serve(paged));
    await expect(mailbox.newest?.(301)).rejects.toThrow('lists 300 mails where it listed 301 before');
    await mailbox.close();
  });
});
