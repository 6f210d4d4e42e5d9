import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Accounts, openAccounts } from './account.ts';
import { type BackOffice, openBackOffice } from './back-office.ts';
import { type Behaviour, procedure } from './behaviour.ts';
import type { Clock } from './clock.ts';
import { type Demandes, openDemandes } from './demande.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { errorPage } from './pages/information.ts';
import { layout, type Page } from './pages/layout.ts';
import { openRecovery, type Recovery } from './recovery.ts';
import { accountRoutes } from './routes/compte.ts';
import { signInRoutes } from './routes/connexion.ts';
import { siretRoutes } from './routes/creation.ts';
import { homeRoutes } from './routes/home.ts';
import { recoveryRoutes } from './routes/oubli.ts';
import { openSessions, type Session, type Sessions } from './session.ts';
import { aparts, type Place } from './sites.ts';
import type { Skin } from './skins/skin.ts';
import { openStore, type Store } from './store.ts';
import { testDoors } from './test-doors.ts';
import { openWebLoad, type WebLoad } from './web-load.ts';

/** What the extranet runs on. */
export type ExtranetOptions = {
  /** A file, or `:memory:`. */
  database: string;
  smtp: { host: string; port: number };
  clock: Clock;
  /** Opens the test doors to requests that carry it; they do not exist without it. */
  testToken?: string;
  /** Another look of the same pages; the plain one when absent. */
  skin?: Skin;
};

/** The parts that the routes use. */
export type Extranet = {
  behaviour: Behaviour;
  clock: Clock;
  store: Store;
  sessions: Sessions;
  accounts: Accounts;
  demandes: Demandes;
  outbox: Outbox;
  backOffice: BackOffice;
  recovery: Recovery;
  webLoad: WebLoad;
  /** Milliseconds by the extranet's clock. */
  now(): number;
  /** The live session of a request on a site, or undefined; `session` starts one when there is none. */
  visit(request: FastifyRequest, place?: Place): Session | undefined;
  session(request: FastifyRequest, reply: FastifyReply): Session;
  /** Starts a session in place of the request's own. */
  freshSession(request: FastifyRequest, reply: FastifyReply, place?: Place): Session;
  show(reply: FastifyReply, page: Page, status?: number): FastifyReply;
};

const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};

const assets: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'form.css': 'text/css; charset=utf-8',
  'security.css': 'text/css; charset=utf-8',
  'contract.css': 'text/css; charset=utf-8',
  'form.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml; charset=utf-8',
};

/** The extranet with that behaviour, not listening yet. Closing it stops the back office and the mail. */
export function buildExtranet(behaviour: Behaviour, options: ExtranetOptions): FastifyInstance {
  const { clock, smtp, testToken, skin } = options;
  const store = openStore(options.database);
  const sessions = openSessions(store);
  const accounts = openAccounts(store, behaviour);
  const demandes = openDemandes(store, behaviour, accounts);
  const outbox = openOutbox(store, { behaviour, clock, smtp });
  const webLoad = openWebLoad(clock);
  const backOffice = openBackOffice({ store, behaviour, clock, accounts, demandes, outbox, webLoad });

  const recovery = openRecovery({ store, behaviour, accounts, sessions, outbox });

  const app = fastify({
    bodyLimit: 64 * 1024,
    routerOptions: { ignoreTrailingSlash: true, ...(skin ? { querystringParser: skin.readQuery } : {}) },
    ...(skin ? { rewriteUrl: ({ url = '/' }: IncomingMessage) => skin.addressOf(url) } : {}),
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => refuse(reply, error.statusCode ?? 400),
  });
  app.addHook('onRequest', async (_request, reply) => void reply.headers(headers));
  app.register(cookie);
  app.register(formbody, { bodyLimit: 64 * 1024, ...(skin ? { parser: skin.readBody } : {}) });
  skin?.dress(app, behaviour);

  const now = () => clock.now().getTime();
  const visit = (request: FastifyRequest, { cookie, site }: Place = aparts) =>
    sessions.find(request.cookies[cookie], now(), site);
  const freshSession = (request: FastifyRequest, reply: FastifyReply, place: Place = aparts) => {
    const former = visit(request, place);
    if (former) sessions.end(former.id);
    const session = sessions.start(now(), behaviour.sessionMinutes, place.site);
    reply.setCookie(place.cookie, session.id, { httpOnly: true, sameSite: 'lax', path: place.cookiePath });
    return session;
  };
  const show = (reply: FastifyReply, page: Page, status = 200) =>
    reply
      .code(status)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(layout(behaviour, page));
  const refuse = (reply: FastifyReply, status: number) => {
    const [title, text] = errors[status] ?? errors[status < 500 ? 400 : 500] ?? ['Erreur', ''];
    return show(reply, errorPage(title, text), status);
  };
  const extranet: Extranet = {
    ...{ behaviour, clock, store, sessions, accounts, demandes, outbox, backOffice, recovery, webLoad },
    ...{ now, visit, freshSession, show },
    session: (request, reply) => visit(request) ?? freshSession(request, reply),
  };

  app.setNotFoundHandler((_request, reply) => refuse(reply, 404));
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) =>
    refuse(reply, error.statusCode ?? 500),
  );
  app.get('/', (_request, reply) => reply.redirect(behaviour.site.rootTarget, 302));
  for (const [name, type] of Object.entries(assets)) {
    const content = readFileSync(new URL(`assets/${name}`, import.meta.url));
    app.get(`/aparts/assets/${name}`, (_request, reply) =>
      reply
        .header('cache-control', 'max-age=3600')
        .type(type)
        .send(name === 'style.css' ? `${content}${behaviour.site.ownStyle}` : content),
    );
  }
  homeRoutes(app, extranet);
  siretRoutes(app, extranet);
  accountRoutes(app, extranet);
  signInRoutes(app, extranet);
  recoveryRoutes(app, extranet);
  if (testToken) testDoors(app, extranet, testToken);

  app.addHook('onClose', async () => {
    await backOffice.close();
    store.close();
  });
  return app;
}

const errors: Readonly<Record<number, readonly [title: string, text: string]>> = {
  400: ['Demande incorrecte', 'Votre navigateur a envoyé une demande que le site ne comprend pas.'],
  404: ['Page introuvable', 'Cette page n’existe pas. Vérifiez son adresse ou repartez de l’accueil.'],
  413: [
    'Envoi trop volumineux',
    'Les informations envoyées dépassent la taille acceptée. Rien n’a été enregistré.',
  ],
  415: ['Format non accepté', 'Le site n’accepte que ses propres formulaires. Rien n’a été enregistré.'],
  500: ['Erreur du site', 'Le site a rencontré une erreur. Réessayez, ou contactez le support technique.'],
};

/** A running extranet. */
export type Running = { url: string; close(): Promise<void> };

/** Starts the extranet on 127.0.0.1; port 0, the default, takes a free one. Rejects with EADDRINUSE. */
export async function startExtranet(
  options: ExtranetOptions & { behaviour?: Behaviour; port?: number },
): Promise<Running> {
  const app = buildExtranet(options.behaviour ?? procedure, options);
  try {
    await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => app.close() };
}
