import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { renewCode, takeCode } from '../captcha.ts';
import { asPosted, type Problem, textOf } from '../input.ts';
import { type SiretView, siretPage } from '../pages/siret.ts';
import type { Extranet } from '../server.ts';
import type { Session } from '../session.ts';

/** The SIRET step: SIRET, security code, CGU. */
export function siretRoutes(app: FastifyInstance, extranet: Extranet): void {
  const { behaviour, sessions, demandes, now, show } = extranet;
  const path = '/aparts/creation';

  function renew(session: Session, inWords: boolean): void {
    renewCode(session, now() + behaviour.siret.codeMinutes * 60_000, inWords ? 'words' : 'picture');
    sessions.save(session);
  }

  function showStep(reply: FastifyReply, session: Session, view: Omit<SiretView, 'code'>, status = 200) {
    return show(reply, siretPage(behaviour, { ...view, code: session.code ?? '' }), status);
  }

  app.get(path, (request, reply) => {
    const session = extranet.session(request, reply);
    extranet.webLoad.visited();
    renew(session, false);
    return showStep(reply, session, {});
  });

  app.post(`${path}/code`, (request, reply) => {
    const session = extranet.session(request, reply);
    const posted = asPosted(request.body);
    const { change } = behaviour.siret;
    const inWords = textOf(posted, 'forme') === 'mots';
    if (change.drawsAnother || session.code === null) renew(session, inWords);
    if (wantsJson(request)) {
      const { picture } = behaviour.siret;
      return reply.send({ image: picture(change.shows(session.code ?? '', session.formerCode)) });
    }
    const kept = {
      ...(change.keepsSiret ? { siret: textOf(posted, 'siret') } : {}),
      ...(change.keepsTerms ? { ticked: isTicked(posted) } : {}),
    };
    return showStep(reply, session, { ...kept, inWords, told: change.done });
  });

  app.post(path, (request, reply) => {
    const session = extranet.session(request, reply);
    const posted = asPosted(request.body);
    const { read, rules, label, codeLabel, refused, explains, next } = behaviour.siret;
    const siret = read(textOf(posted, 'siret'));
    const ticked = isTicked(posted);
    const { formerCode } = session;
    const code = takeCode(session, now());

    const problems: Problem[] = [];
    const add = (field: string, label: string, text: string | undefined) => {
      if (text) problems.push({ field, label, text });
    };
    add('siret', label, siretProblem(siret));
    add('code', codeLabel, codeProblem(textOf(posted, 'code').trim(), code, formerCode));
    add('cgu', '', rules.termsAccepted(ticked));
    if (problems.length > 0) {
      renew(session, false);
      const told = explains ? problems : [];
      const view = { siret: textOf(posted, 'siret'), ticked, sentences: [refused], problems: told };
      return showStep(reply, session, view, 422);
    }
    session.siret = siret;
    sessions.save(session);
    return reply.redirect(next, 303);
  });

  function siretProblem(siret: string): string | undefined {
    const { rules } = behaviour.siret;
    const missing = rules.siretGiven(siret);
    if (missing || siret === '') return missing;
    return rules.fourteenDigits(siret) ?? rules.checkDigits(siret) ?? rules.free(demandes.isTaken(siret));
  }

  function codeProblem(given: string, code: string | undefined, former: string | null): string | undefined {
    const { rules } = behaviour.siret;
    const missing = rules.codeGiven(given);
    if (missing || given === '') return missing;
    return rules.codeCurrent(code !== undefined) ?? rules.codeRight(given, code ?? '', former ?? undefined);
  }
}

function isTicked(posted: Readonly<Record<string, unknown>>): boolean {
  return textOf(posted, 'cgu') !== '';
}

/** Whether the page's own script asks, and not a person who presses a button. */
function wantsJson(request: FastifyRequest): boolean {
  return request.headers.accept === 'application/json';
}
