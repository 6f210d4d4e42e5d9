// A server of the benches, in a process of its own: the extranet on a database file, or (`memory`) the same Fastify with
// the same routes, parsing, validation and pages, whose sessions are a Map and which keeps no demande.
// Prints its URL; when its input ends, the CPU time that it took since it was up, in ms.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { procedure } from '../extranet/behaviour.ts';
import { manualClock } from '../extranet/clock.ts';
import { layout, type Page } from '../extranet/pages/layout.ts';
import { accountRoutes } from '../extranet/routes/compte.ts';
import { siretRoutes } from '../extranet/routes/creation.ts';
import { homeRoutes } from '../extranet/routes/home.ts';
import { type Extranet, startExtranet } from '../extranet/server.ts';
import type { Session } from '../extranet/session.ts';

const [kind, token = ''] = process.argv.slice(2);
const clock = manualClock(new Date('2026-03-16T09:00:00+01:00'));
const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-'));

/** The parts that the routes use, without a store. */
function memoryApp() {
  const app = fastify({ bodyLimit: 64 * 1024, routerOptions: { ignoreTrailingSlash: true } });
  app.register(cookie);
  app.register(formbody, { bodyLimit: 64 * 1024 });
  const sessions = new Map<string, Session>();
  const sirets: string[] = [];
  const visit = (request: FastifyRequest) => sessions.get(request.cookies.bench ?? '');
  const fresh = (reply: FastifyReply): Session => {
    const id = randomBytes(18).toString('base64url');
    const empty = { code: null, codeExpires: null, formerCode: null, siret: null };
    const session = { id, ...empty, demande: null, compte: null, oubli: null };
    sessions.set(id, session);
    reply.setCookie('bench', id, { httpOnly: true, sameSite: 'lax', path: '/aparts' });
    return session;
  };
  const extranet = {
    behaviour: procedure,
    now: () => clock.now().getTime(),
    visit,
    session: (request: FastifyRequest, reply: FastifyReply) => visit(request) ?? fresh(reply),
    sessions: { save: () => {} },
    demandes: {
      isTaken: () => false,
      sentBefore: () => undefined,
      keep: ({ siret }: { siret: string }) => sirets.push(siret),
      find: (id: number) => ({ siret: sirets[id - 1] }),
    },
    backOffice: { notice: () => {} },
    webLoad: { visited: () => {} },
    show: (reply: FastifyReply, page: Page, status = 200) =>
      reply
        .code(status)
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(layout(procedure, page)),
  } as unknown as Extranet;
  homeRoutes(app, extranet);
  siretRoutes(app, extranet);
  accountRoutes(app, extranet);
  app.get('/_test/code', (request) => ({ code: visit(request)?.code }));
  return app;
}

async function start(): Promise<{ url: string; close(): Promise<void> }> {
  if (kind === 'memory') {
    const app = memoryApp();
    return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
  }
  return await startExtranet({
    ...{ database: join(folder, 'extranet.sqlite'), clock, testToken: token },
    // No mail is due while the clock stands still.
    smtp: { host: '127.0.0.1', port: 1 },
  });
}

const server = await start();
process.stdout.write(`${server.url}\n`);
const before = process.cpuUsage();
process.stdin.resume().once('end', async () => {
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(`${(user + system) / 1000}\n`);
  await server.close();
  rmSync(folder, { recursive: true });
  process.exit(0);
});
