import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { writeLetters } from '../back-office.ts';
import { type Entries, lacksMandatory, problemsOf, readEntries } from '../demande.ts';
import { asPosted, type Problem, textOf } from '../input.ts';
import { confirmationPage } from '../pages/confirmation.ts';
import { formPage } from '../pages/form.ts';
import type { Extranet } from '../server.ts';
import type { Session } from '../session.ts';

/** The account form, ENVOYER, the confirmation. */
export function accountRoutes(app: FastifyInstance, extranet: Extranet): void {
  const { behaviour, sessions, demandes, backOffice, now, visit, show } = extranet;
  const path = '/aparts/creation/compte';
  const newJeton = () => randomBytes(12).toString('base64url');

  /** The session of a visit that passed the SIRET step. */
  function admitted(request: FastifyRequest, reply: FastifyReply): Session | undefined {
    if (!behaviour.form.needsSiretStep) return extranet.session(request, reply);
    const session = visit(request);
    return session?.siret ? session : undefined;
  }

  app.get(path, (request, reply) => {
    const session = admitted(request, reply);
    if (!session) return toSiretStep(reply);
    return show(reply, formPage(behaviour, { siret: session.siret ?? '', jeton: newJeton() }));
  });

  app.post(path, (request, reply) => {
    const session = admitted(request, reply);
    if (!session) return toSiretStep(reply);
    const posted = asPosted(request.body);
    const postedSiret = textOf(posted, 'siret');
    const validated = session.siret ?? '';
    const siret = behaviour.form.siretKept(postedSiret, validated);
    const jeton = textOf(posted, 'jeton').slice(0, 100) || newJeton();
    const entries = readEntries(behaviour, posted);
    if (textOf(posted, 'action') === 'villes') {
      return show(reply, formPage(behaviour, { siret, jeton, entries: { ...entries, reponse: '' } }));
    }
    const isSame = behaviour.form.once.perForm && demandes.sentBefore(session.id, jeton) !== undefined;
    if (isSame) return reply.redirect(behaviour.form.sentTo, 303);

    const problems = problemsOf(behaviour, entries, postedSiret, validated);
    if (problems.length > 0) return refuse(reply, { siret, jeton, entries, problems });
    const demande = demandes.keep({ session: session.id, jeton, siret, entries, now: now() });
    if (demande === 'taken') {
      const text = behaviour.siret.rules.free(true) ?? '';
      return refuse(reply, {
        siret,
        jeton,
        entries,
        problems: [{ field: 'siret', label: behaviour.form.siretLabel, text }],
      });
    }
    session.demande = demande;
    sessions.save(session);
    backOffice.notice();
    return reply.redirect(behaviour.form.sentTo, 303);
  });

  function refuse(
    reply: FastifyReply,
    view: { siret: string; jeton: string; entries: Entries; problems: readonly Problem[] },
  ): FastifyReply {
    const { form, backOffice: office } = behaviour;
    const { entries, siret } = view;
    const sentences = lacksMandatory(behaviour, entries)
      ? [form.emptyMandatory, form.refused]
      : [form.refused];
    writeLetters(extranet, office.mailsOnRefusal, { ...entries, entries, siret }, {});
    if (office.mailsOnRefusal.length > 0) backOffice.notice();
    return show(reply, formPage(behaviour, { ...view, sentences }), 422);
  }

  app.get('/aparts/creation/confirmation', (request, reply) => {
    const session = visit(request);
    const demande = session?.demande ? demandes.find(session.demande) : undefined;
    return demande ? show(reply, confirmationPage(behaviour, demande.siret)) : toSiretStep(reply);
  });

  app.get('/aparts/communes', (request, reply) =>
    reply.send({ villes: behaviour.form.towns.of(textOf(asPosted(request.query), 'codePostal').trim()) }),
  );
}

function toSiretStep(reply: FastifyReply): FastifyReply {
  return reply.redirect('/aparts/creation', 303);
}
