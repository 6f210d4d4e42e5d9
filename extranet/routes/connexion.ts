import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from '../account.ts';
import { asPosted, textOf } from '../input.ts';
import { espacePage } from '../pages/espace.ts';
import { homePage } from '../pages/home.ts';
import type { Page } from '../pages/layout.ts';
import { siblingPage, siblingSpacePage } from '../pages/site.ts';
import type { Extranet } from '../server.ts';
import { aparts, type Place, siblings } from '../sites.ts';
import { passwordRoutes } from './mot-de-passe.ts';

/** An extranet with its pages for who is signed in, and for who is not. */
type Front = {
  place: Place;
  signInPage(refused?: string, identifiant?: string): Page;
  spacePage(account: Account, told: string | undefined): Page;
  /** What an account without an access is told; undefined where it is let in. */
  shut(): string | undefined;
};

/** Sign-in, the signed-in page, the change of the password and sign-out of Activité Partielle and its siblings. */
export function signInRoutes(app: FastifyInstance, extranet: Extranet): void {
  const { behaviour, accounts, show } = extranet;
  const { login, siblings: texts } = behaviour;
  openFront(app, extranet, {
    place: aparts,
    signInPage: (refused, identifiant) => homePage(behaviour, refused, identifiant),
    spacePage: (account, told) =>
      espacePage(behaviour, { account, habilitations: accounts.habilitationsOf(account.id), told }),
    shut: () => (login.opensBeforeHabilitation ? undefined : login.notYetOpen),
  });
  for (const sibling of siblings) {
    app.get(sibling.path, (_request, reply) => show(reply, siblingPage(behaviour, sibling)));
    openFront(app, extranet, {
      place: sibling,
      signInPage: (refused, identifiant) => siblingPage(behaviour, sibling, refused, identifiant),
      spacePage: (account, told) => siblingSpacePage(behaviour, sibling, { account, told }),
      shut: () => texts.notYours(sibling.site),
    });
  }
}

function openFront(app: FastifyInstance, extranet: Extranet, front: Front): void {
  const { behaviour, sessions, accounts, visit, show } = extranet;
  const { place } = front;
  const { site, path } = place;

  app.post(`${path}/connexion`, async (request, reply) => {
    const posted = asPosted(request.body);
    const identifiant = textOf(posted, 'identifiant').trim();
    const account = await accounts.verify(identifiant, textOf(posted, 'motDePasse'), site);
    const refused = refusal(account);
    if (refused !== undefined) return show(reply, front.signInPage(refused, identifiant), 422);
    const session = extranet.freshSession(request, reply, place);
    session.compte = (account as Account).id;
    sessions.save(session);
    return reply.redirect(`${path}/espace`, 303);
  });

  function refusal(account: Account | 'unknown' | 'wrong'): string | undefined {
    if (account === 'unknown') return behaviour.login.unknownUser;
    if (account === 'wrong') return behaviour.login.wrongPassword;
    return accounts.opens(account.id, site) ? undefined : front.shut();
  }

  function signedIn(request: FastifyRequest): Account | undefined {
    const compte = visit(request, place)?.compte;
    return compte ? accounts.find(compte) : undefined;
  }

  app.get(`${path}/espace`, (request, reply) => {
    const account = signedIn(request);
    if (!account) return reply.redirect(`${path}/`, 303);
    const told = textOf(asPosted(request.query), 'enregistre') ? behaviour.espace.change.done : undefined;
    return show(reply, front.spacePage(account, told));
  });

  passwordRoutes(app, extranet, place, signedIn);

  app.post(`${path}/deconnexion`, (request, reply) => {
    const session = visit(request, place);
    if (session) sessions.end(session.id);
    return reply.redirect(`${path}/`, 303);
  });
}
