import { get as httpGet } from 'node:http';
import type { FastifyInstance } from 'fastify';
import mailhog from 'mailhog';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MailStore, openMailStore } from './mail-store.ts';
import { buildMailhogApi } from './mailhog-api.ts';
import type { MailhogItem } from './mailhog-item.ts';
import { largestMail } from './smtp-commands.ts';

let store: MailStore;
/** Oldest first. */
const kept = () => [...store.newest(0, 10_000)].reverse();
let api: FastifyInstance;

beforeEach(() => {
  store = openMailStore();
  api = buildMailhogApi(store);
});

afterEach(() => api.close());

const add = (raw: string | Buffer, to = ['b@x.fr'], sender = 'a@x.fr') =>
  store.add({
    receivedAt: new Date('2026-03-03T09:00:00.123Z'),
    helo: 'client.test',
    sender,
    recipients: to,
    raw: Buffer.from(raw as string),
  });

const get = async (url: string) => {
  const { statusCode, body, headers } = await api.inject(url);
  return { statusCode, body, type: headers['content-type'], json: () => JSON.parse(body) };
};

const firstItem = async () => (await get('/api/v2/messages')).json().items[0] as MailhogItem;

test('an item has the shape of MailHog', async () => {
  await add('Subject: Bonjour\r\nX-Twice: 1\r\nX-Twice: 2\r\nX-Long: un\r\n deux\r\n\r\nBonjour\r\n', [
    'b+1@x.fr',
  ]);
  const item = await firstItem();
  expect(item).toEqual({
    ID: kept()[0]?.id,
    From: { Relays: null, Mailbox: 'a', Domain: 'x.fr', Params: '' },
    To: [{ Relays: null, Mailbox: 'b+1', Domain: 'x.fr', Params: '' }],
    Content: {
      Headers: {
        Subject: ['Bonjour'],
        'X-Twice': ['1', '2'],
        'X-Long': ['un deux'],
        'Message-ID': [item.ID],
        Received: [expect.stringContaining('from client.test by ')],
        'Return-Path': ['<a@x.fr>'],
      },
      Body: 'Bonjour',
      Size: item.Raw.Data.length,
      MIME: null,
    },
    Created: '2026-03-03T09:00:00.123Z',
    MIME: null,
    Raw: {
      From: 'a@x.fr',
      To: ['b+1@x.fr'],
      Data: 'Subject: Bonjour\r\nX-Twice: 1\r\nX-Twice: 2\r\nX-Long: un\r\n deux\r\n\r\nBonjour',
      Helo: 'client.test',
    },
  });
});

test('parts are shown as MailHog shows them, the nested ones too', async () => {
  const inner =
    'Content-Type: multipart/alternative; boundary="in ner"\r\n\r\n--in ner\r\nContent-Type: text/plain\r\n\r\nun\r\n--in ner\r\nContent-Type: text/html\r\n\r\n<p>un\r\n--in ner--';
  await add(
    `Content-Type: multipart/mixed;\r\n boundary=out\r\n\r\npreamble\r\n--out\r\n${inner}\r\n--out--\r\n`,
  );
  const parts = (await firstItem()).MIME?.Parts;
  expect(parts).toHaveLength(1);
  expect(parts?.[0]?.MIME?.Parts.map(({ Body }) => Body)).toEqual(['un', '<p>un']);
});

test.each([
  [
    'an endless nest of multiparts',
    `${'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'.repeat(5000)}`,
  ],
  ['a header named __proto__', '__proto__: x\r\nconstructor: y\r\n\r\nx\r\n'],
  [
    'a hundred thousand headers',
    `${Array.from({ length: 100_000 }, (_, i) => `X-${i}: y\r\n`).join('')}\r\nx\r\n`,
  ],
  [
    'a million empty lines',
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b${'\n'.repeat(1e6)}x--b--\r\n`,
  ],
  ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=b\r\n\r\nx\r\n'],
  ['no boundary', 'Content-Type: multipart/mixed\r\n\r\nx\r\n'],
  ['nothing', ''],
])('%s is shown all the same', async (_name, raw) => {
  await add(raw);
  expect(`${(await firstItem()).Raw.Data}\r\n`.trimEnd()).toBe(raw.trimEnd());
});

describe('GET /api/v2/messages', () => {
  test('pages from the newest, 50 by default, 250 at most', async () => {
    for (let index = 0; index < 300; index += 1) await add(`Subject: ${index}\r\n\r\nx\r\n`);
    const subjects = async (query: string) => {
      const { total, count, start, items } = (await get(`/api/v2/messages${query}`)).json();
      expect(count).toBe(items.length);
      const shown = items.map(({ Content }: MailhogItem) => Number(Content.Headers.Subject?.[0]));
      return { total, count, start, first: shown[0], last: shown.at(-1) };
    };
    expect(await subjects('')).toEqual({ total: 300, count: 50, start: 0, first: 299, last: 250 });
    expect(await subjects('?limit=1000')).toEqual({ total: 300, count: 250, start: 0, first: 299, last: 50 });
    expect(await subjects('?start=290&limit=20')).toEqual({
      total: 300,
      count: 10,
      start: 290,
      first: 9,
      last: 0,
    });
    expect(await subjects('?start=300')).toMatchObject({ total: 300, count: 0, start: 300 });
    expect(await subjects('?start=-1&limit=x')).toMatchObject({ count: 50, start: 0 });
    expect(await subjects('?start=1&start=2&limit=1e9')).toMatchObject({ count: 50, start: 1 });
  });

  test('ends a page early rather than overflow a string, and never at zero', async () => {
    for (let index = 0; index < 3; index += 1) await add(Buffer.alloc(largestMail, 'x'));
    const { total, count } = (await get('/api/v2/messages?limit=250')).json();
    expect({ total, count }).toEqual({ total: 3, count: 1 });
  });
});

describe('GET /api/v2/search', () => {
  beforeEach(async () => {
    await add(
      'To: Jean <jean@z.fr>\r\nSubject: =?utf-8?b?w6l0w6k=?=\r\n\r\nBonjour\r\n',
      ['u1+t@x.fr'],
      'asp@x.fr',
    );
    await add('Subject: autre\r\n\r\nMot de passe\r\n', ['1+t@x.fr'], '');
  });

  test.each([
    ['kind=to&query=u1%2Bt@x.fr', 1],
    ['kind=to&query=1%2Bt@x.fr', 2],
    ['kind=to&query=1+t@x.fr', 0],
    ['kind=to&query=JEAN@z.fr', 1],
    ['kind=from&query=asp', 1],
    ['kind=containing&query=mot%20de%20PASSE', 1],
    ['kind=containing&query=%C3%A9t%C3%A9', 0],
  ])('%s finds %i', async (query, total) => {
    expect((await get(`/api/v2/search?${query}`)).json()).toMatchObject({ total, count: total, start: 0 });
  });

  test.each(['', 'kind=to', 'kind=to&query=', 'kind=subject&query=x', 'query=x', 'kind=constructor&query=x'])(
    'refuses "%s"',
    async (query) => {
      expect((await get(`/api/v2/search?${query}`)).statusCode).toBe(400);
    },
  );
});

describe('v1', () => {
  test('downloads the true bytes', async () => {
    const raw = Buffer.from('Subject:Créé\r\nA: 1\r\na: 2\r\n\r\nété\n\0\r\n', 'latin1');
    await add(raw);
    const { rawPayload, headers } = await api.inject(
      `/api/v1/messages/${encodeURIComponent(kept()[0]?.id ?? '')}/download`,
    );
    expect(rawPayload).toEqual(raw);
    expect(headers['content-type']).toBe('message/rfc822');
  });

  test('lists, shows and deletes', async () => {
    await add('Subject: un\r\n\r\nx\r\n');
    await add('Subject: deux\r\n\r\nx\r\n');
    const [newest, oldest] = (await get('/api/v1/messages')).json() as [MailhogItem, MailhogItem];
    expect(newest.Content.Headers.Subject).toEqual(['deux']);
    const url = `/api/v1/messages/${encodeURIComponent(oldest.ID)}`;
    expect((await get(url)).json()).toEqual(oldest);
    expect(await api.inject({ method: 'DELETE', url })).toMatchObject({ statusCode: 200, body: '' });
    expect((await get('/api/v2/messages')).json()).toMatchObject({ total: 1, items: [newest] });
    expect(await api.inject({ method: 'DELETE', url: '/api/v1/messages' })).toMatchObject({
      statusCode: 200,
      body: '',
    });
    expect((await get('/api/v2/messages')).json()).toEqual({ total: 0, count: 0, start: 0, items: [] });
  });

  test('knows no unknown mail', async () => {
    expect(await get('/api/v1/messages/nothing')).toMatchObject({ statusCode: 200, body: 'null' });
    expect((await api.inject({ method: 'DELETE', url: '/api/v1/messages/nothing' })).statusCode).toBe(500);
    expect((await get('/api/v1/messages/nothing/download')).statusCode).toBe(404);
    expect((await get('/api/v2/messages/nothing')).statusCode).toBe(404);
    expect((await get('/api/v1/messages/%E0%A4%A')).statusCode).toBe(400);
  });

  test('pushes one event per mail', async () => {
    const base = await api.listen({ host: '127.0.0.1', port: 0 });
    const response = await fetch(`${base}/api/v1/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await add('Subject: Créé\r\n\r\n');
    const reader = response.body?.getReader();
    const event = new TextDecoder().decode((await reader?.read())?.value);
    expect(event).toMatch(/^data: \{.*\}\n\n$/);
    expect(JSON.parse(event.slice(6))).toEqual(await firstItem());
    await reader?.cancel();
  });

  test('close ends the subscribers', async () => {
    const base = await api.listen({ host: '127.0.0.1', port: 0 });
    const ended = new Promise((resolve) => {
      httpGet(`${base}/api/v1/events`, (response) =>
        response.on('close', resolve).on('error', resolve).resume(),
      );
    });
    await fetch(`${base}/api/v2/messages`);
    await api.close();
    await ended;
  });
});

test('the mailhog client lists, finds and deletes', async () => {
  const url = new URL(await api.listen({ host: '127.0.0.1', port: 0 }));
  const client = mailhog({ host: url.hostname, port: Number(url.port) });
  await add('Subject: =?UTF-8?Q?Cr=C3=A9=C3=A9?=\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n', [
    'c+1@x.fr',
  ]);
  expect(await client.latestTo('c+1@x.fr')).toMatchObject({ subject: 'Créé', text: 'Bonjour' });
  const { items } = (await client.messages()) ?? { items: [] };
  await client.deleteMessage(items[0]?.ID ?? '');
  expect(await client.messages()).toMatchObject({ total: 0 });
});
