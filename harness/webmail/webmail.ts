import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { MailStore } from '../mail/mail-store.ts';
import { layout, mailPolicy, pagePolicy } from './layout.ts';
import { listPage } from './list-page.ts';
import { mailPage, type View, views } from './mail-page.ts';
import { readMail } from './shown-mail.ts';

type Query = Record<string, string | string[] | undefined>;
type OneMail = { Params: { id: string }; Querystring: Query };

const asset = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Adds pages, in French, on which people read the mails of the store; `smtp` is where mails are sent to. */
export function addWebmail(app: FastifyInstance, store: MailStore, smtp: string): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', (_request, _body, done) => done(null));

  for (const [name, type] of [
    ['webmail.css', 'text/css'],
    ['webmail.js', 'text/javascript'],
    ['webmail.svg', 'image/svg+xml'],
  ] as const) {
    const text = asset(name);
    app.get(`/${name}`, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(text));
  }

  app.get<{ Querystring: Query }>('/', async (request, reply) => {
    const recipient = single(request.query.a).trim();
    const page = Math.max(1, Math.trunc(Number(single(request.query.page))) || 1);
    return show(reply, await listPage({ store, recipient, page, smtp }));
  });

  app.get<OneMail>('/courriel/:id', async (request, reply) => {
    const mail = store.find(request.params.id);
    if (!mail) return gone(reply);
    const wanted = views.find((view): view is View => view === request.query.vue);
    return show(reply, await mailPage(mail, wanted));
  });

  app.get<OneMail>('/courriel/:id/html', async (request, reply) => {
    const mail = store.find(request.params.id);
    const content = mail && (await readMail(mail)).html;
    if (content === undefined) return gone(reply);
    return reply
      .headers({ 'content-security-policy': mailPolicy, 'referrer-policy': 'no-referrer' })
      .type('text/html; charset=utf-8')
      .send(content);
  });

  app.post('/tout-supprimer', (request, reply) => {
    // A page of another site must not empty the mailbox.
    const { origin, host } = request.headers;
    if (origin !== `http://${host}`) return reply.code(403).send();
    store.clear();
    return reply.redirect('/', 303);
  });
}

function show(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .headers({
      'content-security-policy': pagePolicy,
      // Not "no-referrer": a form would then say that it comes from nowhere, as those of other sites may.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(page);
}

function gone(reply: FastifyReply): FastifyReply {
  const text = '<h1>Ce courriel n’est plus là</h1>\n<p class="back"><a href="/">Tous les courriels</a></p>';
  return show(reply.code(404), layout('Courriel introuvable', text));
}

function single(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
