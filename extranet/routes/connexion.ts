import type { FastifyInstance } from 'fastify';
import type { Account } from '../account.ts';
import { asPosted, characters, type Problem, textOf } from '../input.ts';
import { espacePage } from '../pages/espace.ts';
import { homePage } from '../pages/home.ts';
import type { Extranet } from '../server.ts';

/** Sign-in, the personal space, sign-out. */
export function signInRoutes(app: FastifyInstance, extranet: Extranet): void {
  const { behaviour, sessions, accounts, visit, show } = extranet;

  app.post('/aparts/connexion', async (request, reply) => {
    const posted = asPosted(request.body);
    const identifiant = textOf(posted, 'identifiant').trim();
    const account = await accounts.verify(identifiant, textOf(posted, 'motDePasse'));
    const refused = refusal(account);
    if (refused !== undefined) return show(reply, homePage(behaviour, refused, identifiant), 422);
    const former = visit(request);
    if (former) sessions.end(former.id);
    const session = extranet.freshSession(request, reply);
    session.compte = (account as Account).id;
    sessions.save(session);
    return reply.redirect('/aparts/espace', 303);
  });

  function refusal(account: Account | 'unknown' | 'wrong'): string | undefined {
    const { login } = behaviour;
    if (account === 'unknown') return login.unknownUser;
    if (account === 'wrong') return login.wrongPassword;
    if (login.opensBeforeHabilitation || accounts.opens(account.id, 'Activité Partielle')) return undefined;
    return login.notYetOpen;
  }

  app.get('/aparts/espace', (request, reply) => {
    const account = signedIn(visit(request)?.compte);
    if (!account) return reply.redirect('/aparts/', 303);
    const told = textOf(asPosted(request.query), 'enregistre') ? behaviour.espace.change.done : undefined;
    return show(
      reply,
      espacePage(behaviour, { account, habilitations: accounts.habilitationsOf(account.id), told }),
    );
  });

  app.post('/aparts/espace/mot-de-passe', async (request, reply) => {
    const account = signedIn(visit(request)?.compte);
    if (!account) return reply.redirect('/aparts/', 303);
    const posted = asPosted(request.body);
    const password = textOf(posted, 'nouveauMotDePasse');
    const problems = passwordProblems(password, textOf(posted, 'confirmerMotDePasse'));
    if (problems.length > 0) {
      const habilitations = accounts.habilitationsOf(account.id);
      return show(reply, espacePage(behaviour, { account, habilitations, problems }), 422);
    }
    await accounts.changePassword(account.id, password);
    return reply.redirect('/aparts/espace?enregistre=oui', 303);
  });

  function passwordProblems(password: string, confirmed: string): Problem[] {
    const { espace, login } = behaviour;
    const { change } = espace;
    if (characters(password.trim()) < login.shortestPassword) {
      const text = `${login.shortestPassword} caractères au moins.`;
      return [{ field: 'nouveauMotDePasse', label: change.password, text }];
    }
    if (password === confirmed) return [];
    return [
      {
        field: 'confirmerMotDePasse',
        label: change.confirm,
        text: 'les deux mots de passe sont différents.',
      },
    ];
  }

  function signedIn(compte: number | null | undefined): Account | undefined {
    return compte ? accounts.find(compte) : undefined;
  }

  app.post('/aparts/deconnexion', (request, reply) => {
    const session = visit(request);
    if (session) sessions.end(session.id);
    return reply.redirect('/aparts/', 303);
  });
}
