import type { ServerResponse } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import type { MailStore, StoredMail } from './mail-store.ts';
import { readHeaders, toMailhogItem } from './mailhog-item.ts';
import { asciiJson, rawToText } from './raw-text.ts';
import { largestMail } from './smtp-commands.ts';

type Query = Record<string, string | string[] | undefined>;
type ById = { Params: { id: string }; Querystring: Query };

/** MailHog's defaults and cap (MailHog-Server, api/v2.go); its v1 list has a fixed length. */
const defaultLimit = 50;
const largestLimit = 250;
const v1Limit = 1000;
const keepaliveMs = 60_000;
/** A subscriber that has not read this many bytes is cut off: it learns that it missed something. */
const largestBacklog = 64 * 1024 * 1024;

/**
 * MailHog's HTTP API, v1 and v2, over the store. It answers as MailHog does, bad input included, with these
 * differences: `download` is byte-true, 8-bit mails survive (raw-text.ts), and a page ends early after
 * `largestMail` raw bytes (`count` says where), because a client holds it in one string.
 */
export function buildMailhogApi(store: MailStore): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  const subscribers = new Set<ServerResponse>();

  function notify(block: string): void {
    for (const response of subscribers) {
      if (response.writableLength > largestBacklog) response.destroy();
      else response.write(block);
    }
  }
  store.onArrival((mail) => {
    if (subscribers.size > 0) notify(`data: ${asciiJson(toMailhogItem(mail))}\n\n`);
  });
  const keepalive = setInterval(() => notify('keepalive: \n\n'), keepaliveMs).unref();
  app.addHook('onClose', async () => clearInterval(keepalive));

  app.get<{ Querystring: Query }>('/api/v2/messages', (request, reply) =>
    reply.type('text/json').send(page(store.all(), request.query)),
  );

  app.get<{ Querystring: Query }>('/api/v2/search', (request, reply) => {
    const kind = single(request.query.kind);
    const query = single(request.query.query).toLowerCase();
    const matches = searches.get(kind);
    if (!matches || query === '') return reply.code(400).send();
    const found = store.all().filter((mail) => matches(mail, query));
    return reply.type('application/json').send(page(found, request.query));
  });

  app.get('/api/v1/messages', (_request, reply) =>
    reply.type('text/json').send(asciiJson(newest(store.all(), 0, v1Limit).map(toMailhogItem))),
  );

  app.delete('/api/v1/messages', (_request, reply) => {
    store.clear();
    return reply.type('text/json').send('');
  });

  app.get<ById>('/api/v1/messages/:id', (request, reply) => {
    const mail = store.find(request.params.id);
    return reply.type('text/json').send(asciiJson(mail ? toMailhogItem(mail) : null));
  });

  app.delete<ById>('/api/v1/messages/:id', (request, reply) =>
    reply
      .code(store.remove(request.params.id) ? 200 : 500)
      .type('text/json')
      .send(''),
  );

  app.get<ById>('/api/v1/messages/:id/download', (request, reply) => {
    const mail = store.find(request.params.id);
    if (!mail) return reply.code(404).send();
    return reply
      .type('message/rfc822')
      .header('content-disposition', `attachment; filename="${mail.id}.eml"`)
      .send(mail.raw);
  });

  app.get('/api/v1/events', (_request, reply) => {
    reply.hijack();
    const response = reply.raw;
    response.on('close', () => subscribers.delete(response));
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.flushHeaders();
    subscribers.add(response);
  });

  return app;
}

function page(oldestFirst: readonly StoredMail[], query: Query): string {
  const start = positive(query.start) ?? 0;
  const items = newest(oldestFirst, start, Math.min(positive(query.limit) ?? defaultLimit, largestLimit));
  return asciiJson({
    total: oldestFirst.length,
    count: items.length,
    start,
    items: items.map(toMailhogItem),
  });
}

/** Newest first, at least one, no more raw bytes than a string can carry. */
function newest(oldestFirst: readonly StoredMail[], start: number, limit: number): StoredMail[] {
  const items: StoredMail[] = [];
  let bytes = 0;
  for (let index = oldestFirst.length - 1 - start; index >= 0 && items.length < limit; index -= 1) {
    const mail = oldestFirst[index] as StoredMail;
    bytes += mail.raw.length;
    if (bytes > largestMail && items.length > 0) break;
    items.push(mail);
  }
  return items;
}

/** MailHog's searches: a lower-case substring of the envelope and header, or of the whole mail, still encoded. */
const searches = new Map<string, (mail: StoredMail, query: string) => boolean>([
  ['from', (mail, query) => addressesOf(mail).from.includes(query)],
  ['to', (mail, query) => addressesOf(mail).to.includes(query)],
  ['containing', (mail, query) => rawToText(mail.raw).toLowerCase().includes(query)],
]);

type Addresses = { from: string; to: string };
const known = new WeakMap<StoredMail, Addresses>();

/** Envelope and header addresses in lower case; read once, as every waiting reader searches them. */
function addressesOf(mail: StoredMail): Addresses {
  let addresses = known.get(mail);
  if (!addresses) {
    const headers = readHeaders(mail.raw);
    const join = (envelope: string[], name: string) =>
      [...envelope, ...(headers[name] ?? [])].join('\n').toLowerCase();
    addresses = { from: join([mail.sender], 'From'), to: join(mail.recipients, 'To') };
    known.set(mail, addresses);
  }
  return addresses;
}

function single(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** A positive integer, else nothing: MailHog falls back to its default on nonsense. */
function positive(value: string | string[] | undefined): number | undefined {
  const text = single(value);
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}
