import type { FastifyInstance } from 'fastify';
import { isCourriel, normalCourriel } from '../courriel.ts';
import { asPosted, type Problem, textOf } from '../input.ts';
import {
  forgottenPasswordPage,
  forgottenUserPage,
  questionPage,
  type Refusal,
  sentPage,
} from '../pages/oubli.ts';
import type { Extranet } from '../server.ts';

/** The forgotten identifier, and the forgotten password. No answer tells who has an account. */
export function recoveryRoutes(app: FastifyInstance, extranet: Extranet): void {
  forgottenUserRoutes(app, extranet);
  forgottenPasswordRoutes(app, extranet);
}

function forgottenUserRoutes(app: FastifyInstance, extranet: Extranet): void {
  const { behaviour, recovery, backOffice, now, show } = extranet;
  const { recovery: texts, login, siret: step } = behaviour;
  const path = '/aparts/identifiant-oublie';

  app.get(path, (_request, reply) => show(reply, forgottenUserPage(behaviour, { siret: '', courriel: '' })));

  app.post(path, (request, reply) => {
    const posted = asPosted(request.body);
    const siret = step.read(textOf(posted, 'siret'));
    const courriel = normalCourriel(textOf(posted, 'courriel'));
    const problems: Problem[] = [];
    const { identifiant } = texts;
    const siretProblem = siret === '' ? texts.empty : step.rules.fourteenDigits(siret);
    if (siretProblem) problems.push({ field: 'siret', label: identifiant.siret, text: siretProblem });
    if (!isCourriel(courriel)) {
      const text = courriel === '' ? texts.empty : identifiant.courrielInvalid;
      problems.push({ field: 'courriel', label: identifiant.courriel, text });
    }
    const refuse = (refusal: Refusal) =>
      show(reply, forgottenUserPage(behaviour, { siret, courriel }, refusal), 422);
    if (problems.length > 0) return refuse({ sentences: [texts.refused], problems });
    const found = recovery.sendIdentifiant(siret, courriel, now());
    if (!found && identifiant.unknown) return refuse({ sentences: [identifiant.unknown], problems });
    backOffice.notice();
    return reply.redirect(`${path}/envoye`, 303);
  });

  app.get(`${path}/envoye`, (_request, reply) =>
    show(reply, sentPage(behaviour, login.forgottenUser, texts.identifiant.sent)),
  );
}

function forgottenPasswordRoutes(app: FastifyInstance, extranet: Extranet): void {
  const { behaviour, recovery, sessions, backOffice, now, visit, show } = extranet;
  const { recovery: all, login } = behaviour;
  const texts = all.motDePasse;
  const path = '/aparts/mot-de-passe-oublie';

  app.get(path, (_request, reply) => show(reply, forgottenPasswordPage(behaviour, '')));

  app.post(path, (request, reply) => {
    const identifiant = textOf(asPosted(request.body), 'identifiant').trim().slice(0, 100);
    const refuse = (text: string) => {
      const problems = [{ field: 'identifiant', label: texts.identifiant, text }];
      const page = forgottenPasswordPage(behaviour, identifiant, { sentences: [all.refused], problems });
      return show(reply, page, 422);
    };
    if (identifiant === '') return refuse(all.empty);
    if (texts.unknown && !recovery.isKnown(identifiant)) return refuse(texts.unknown);
    const session = extranet.session(request, reply);
    session.oubli = identifiant;
    sessions.save(session);
    return reply.redirect(`${path}/question`, 303);
  });

  app.get(`${path}/question`, (request, reply) => {
    const identifiant = visit(request)?.oubli;
    if (!identifiant) return reply.redirect(path, 303);
    return show(reply, questionPage(behaviour, recovery.questionOf(identifiant)));
  });

  app.post(`${path}/question`, (request, reply) => {
    const session = visit(request);
    const identifiant = session?.oubli;
    if (!session || !identifiant) return reply.redirect(path, 303);
    const reponse = textOf(asPosted(request.body), 'reponse');
    const refuse = (sentences: readonly string[], text: string) => {
      const problems = text ? [{ field: 'reponse', label: texts.answer, text }] : [];
      const page = questionPage(behaviour, recovery.questionOf(identifiant), { sentences, problems });
      return show(reply, page, 422);
    };
    if (reponse.trim() === '') return refuse([all.refused], all.empty);
    const result = recovery.answer({ session: session.id, identifiant, reponse }, now());
    if (result === 'blocked') return refuse([texts.blocked], '');
    if (result === 'wrong') return refuse([all.refused], texts.wrong);
    session.oubli = null;
    sessions.save(session);
    backOffice.notice();
    return reply.redirect(`${path}/envoye`, 303);
  });

  app.get(`${path}/envoye`, (_request, reply) =>
    show(reply, sentPage(behaviour, login.forgottenPassword, texts.sent)),
  );
}
