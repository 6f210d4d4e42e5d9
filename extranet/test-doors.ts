import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { writeLetters } from './back-office.ts';
import { forgetSirets } from './forget.ts';
import { asPosted, textOf } from './input.ts';
import { notificationKinds } from './mails.ts';
import type { Extranet } from './server.ts';
import { sites } from './sites.ts';

/**
 * Doors for tests and demonstrations: the clock, the security code, existing accesses, a refusal, a notification, SIRETs to
 * forget.
 * Shut, as any unknown page, without the token.
 */
export function testDoors(app: FastifyInstance, extranet: Extranet, token: string): void {
  const { store, clock, accounts, demandes, backOffice, outbox, now, visit } = extranet;
  const expected = Buffer.from(token);
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    const given = Buffer.from(String(request.headers['x-test-token'] ?? ''));
    if (given.length === expected.length && timingSafeEqual(given, expected)) return;
    reply.callNotFound();
    return reply;
  };

  app.get('/_test/clock', { onRequest }, () => ({ now: clock.now().toISOString() }));

  app.post('/_test/clock/advance', { onRequest }, async (request, reply) => {
    const to = new Date(textOf(asPosted(request.body), 'to'));
    if (!clock.advance) return reply.code(409).send({ error: 'The clock is not advanced by hand.' });
    if (Number.isNaN(to.getTime())) return reply.code(400).send({ error: 'to is not an ISO 8601 instant.' });
    try {
      await clock.advance(to);
    } catch (error) {
      if (error instanceof RangeError) return reply.code(400).send({ error: error.message });
      throw error;
    }
    const waiting = outbox.waiting(to.getTime());
    if (waiting > 0)
      return reply.code(503).send({ error: `The mail server has not taken ${waiting} mails.` });
    return { now: clock.now().toISOString() };
  });

  app.get('/_test/code', { onRequest }, (request, reply) => {
    const code = visit(request)?.code;
    return code ? { code } : reply.code(404).send({ error: 'This session has no security code.' });
  });

  app.post('/_test/acces', { onRequest }, async (request, reply) => {
    const posted = asPosted(request.body);
    const [siret, courriel, identifiant, motDePasse] = ['siret', 'courriel', 'identifiant', 'motDePasse'].map(
      (name) => textOf(posted, name),
    );
    const site = sites.find((one) => one === textOf(posted, 'site'));
    if (!siret || !courriel || !identifiant || !motDePasse || !site) {
      return reply.code(400).send({ error: 'siret, courriel, identifiant, motDePasse and site are needed.' });
    }
    const [question, reponse] = [textOf(posted, 'questionSecrete'), textOf(posted, 'reponse')];
    const access = { siret, courriel, identifiant, motDePasse, site, question, reponse };
    if (!(await accounts.seed(access, now()))) {
      return reply.code(409).send({ error: 'This identifier exists.' });
    }
    return reply.code(201).send({ site });
  });
  // The next decision on that SIRET, automatic validation or agent, whichever comes first, is a refusal.
  app.post('/_test/refus', { onRequest }, (request, reply) => {
    const posted = asPosted(request.body);
    const [siret, motif] = [textOf(posted, 'siret'), textOf(posted, 'motif')];
    if (!siret || !motif) return reply.code(400).send({ error: 'siret and motif are needed.' });
    demandes.planRefusal(siret, motif);
    return reply.code(201).send({ siret });
  });

  app.post('/_test/reset', { onRequest }, (request, reply) => {
    const { sirets } = request.body as { sirets?: unknown };
    if (!Array.isArray(sirets)) return reply.code(400).send({ error: 'sirets is a list.' });
    forgetSirets(store, sirets.map(String));
    return { forgotten: sirets.length };
  });

  app.post('/_test/notification', { onRequest }, (request, reply) => {
    const posted = asPosted(request.body);
    const kind = notificationKinds.find((one) => one === textOf(posted, 'kind'));
    if (!kind) return reply.code(400).send({ error: `kind is one of ${notificationKinds.join(', ')}.` });
    const demande = demandes.habilitated(textOf(posted, 'siret'));
    if (!demande) return reply.code(404).send({ error: 'This SIRET is not habilitated.' });
    writeLetters(extranet, [kind], demande, {});
    backOffice.notice();
    return reply.code(201).send({ kind });
  });
}
