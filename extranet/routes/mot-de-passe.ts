import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from '../account.ts';
import { asPosted, characters, type Posted, type Problem, textOf } from '../input.ts';
import { passwordPage } from '../pages/mot-de-passe.ts';
import type { Extranet } from '../server.ts';
import type { Place } from '../sites.ts';

/** The change of the password on one extranet, which goes for all of them. */
export function passwordRoutes(
  app: FastifyInstance,
  extranet: Extranet,
  place: Place,
  signedIn: (request: FastifyRequest) => Account | undefined,
): void {
  const { behaviour, sessions, accounts, visit, show } = extranet;
  const { site, path } = place;
  const url = `${path}/espace/mot-de-passe`;
  const pageOf = (account: Account, problems: readonly Problem[] = []) => {
    const page = passwordPage(behaviour, { path, account, problems });
    return site === 'Activité Partielle' ? page : { ...page, service: { name: site, path } };
  };

  app.get(url, (request, reply) => {
    const account = signedIn(request);
    return account ? show(reply, pageOf(account)) : reply.redirect(`${path}/`, 303);
  });

  app.post(url, async (request, reply) => {
    const account = signedIn(request);
    if (!account) return reply.redirect(`${path}/`, 303);
    const posted = asPosted(request.body);
    const problems = await problemsOf(account, posted);
    if (problems.length > 0) return show(reply, pageOf(account, problems), 422);
    await accounts.changePassword(account.id, textOf(posted, 'nouveauMotDePasse'), site);
    sessions.endOf(account.id, visit(request, place)?.id);
    return reply.redirect(`${path}/espace?enregistre=oui`, 303);
  });

  async function problemsOf(account: Account, posted: Posted): Promise<Problem[]> {
    const { espace, login } = behaviour;
    const { change } = espace;
    const password = textOf(posted, 'nouveauMotDePasse');
    const problems: Problem[] = [];
    const current = textOf(posted, 'motDePasseActuel');
    if (!account.temporary && !(await accounts.isPassword(account.id, current))) {
      const text = current === '' ? change.empty : change.wrong;
      problems.push({ field: 'motDePasseActuel', label: change.current, text });
    }
    if (characters(password.trim()) < login.shortestPassword) {
      const text = `${login.shortestPassword} caractères au moins.`;
      problems.push({ field: 'nouveauMotDePasse', label: change.password, text });
    } else if (password !== textOf(posted, 'confirmerMotDePasse')) {
      problems.push({ field: 'confirmerMotDePasse', label: change.confirm, text: change.different });
    }
    // Told only to who has shown the current password.
    if (problems.length === 0 && (await accounts.hadPassword(account.id, password))) {
      problems.push({ field: 'nouveauMotDePasse', label: change.password, text: change.again });
    }
    return problems;
  }
}
