import type { ServerResponse } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import type { MailStore, Search, StoredMail } from './mail-store.ts';
import { toMailhogItem } from './mailhog-item.ts';
import { asciiJson } from './raw-text.ts';
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

  app.get<{ Querystring: Query }>('/api/v2/messages', ({ query }, reply) => {
    const { start, limit } = pageOf(query);
    return reply.type('text/json').send(page(store.count(), start, store.newest(start, limit)));
  });

  app.get<{ Querystring: Query }>('/api/v2/search', ({ query }, reply) => {
    const kind = kinds.find((each) => each === single(query.kind));
    const text = single(query.query).toLowerCase();
    if (!kind || text === '') return reply.code(400).send();
    const { start, limit } = pageOf(query);
    const { total, mails } = store.search({ kind, text }, start, limit);
    return reply.type('application/json').send(page(total, start, mails));
  });

  app.get('/api/v1/messages', (_request, reply) =>
    reply.type('text/json').send(asciiJson(fitting(store.newest(0, v1Limit)).map(toMailhogItem))),
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

/** MailHog's searches. */
const kinds: readonly Search['kind'][] = ['from', 'to', 'containing'];

function pageOf(query: Query): { start: number; limit: number } {
  const limit = Math.min(positive(query.limit) ?? defaultLimit, largestLimit);
  return { start: positive(query.start) ?? 0, limit };
}

function page(total: number, start: number, mails: Iterable<StoredMail>): string {
  const items = fitting(mails);
  return asciiJson({ total, count: items.length, start, items: items.map(toMailhogItem) });
}

/** At least one, and no more raw bytes than a string can carry. */
function fitting(mails: Iterable<StoredMail>): StoredMail[] {
  const items: StoredMail[] = [];
  let bytes = 0;
  for (const mail of mails) {
    bytes += mail.raw.length;
    if (bytes > largestMail && items.length > 0) break;
    items.push(mail);
  }
  return items;
}

function single(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** A positive integer, else nothing: MailHog falls back to its default on nonsense. */
function positive(value: string | string[] | undefined): number | undefined {
  const text = single(value);
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}
