import type { FastifyInstance } from 'fastify';
import type { Behaviour } from '../behaviour.ts';
import { asPosted } from '../input.ts';
import { homePage } from '../pages/home.ts';
import { comingPage, contractPage, helpPage, legalPage, termsPage } from '../pages/information.ts';
import type { Page } from '../pages/layout.ts';
import { simulationPage } from '../pages/simulation.ts';
import { supportPage } from '../pages/support.ts';
import type { Extranet } from '../server.ts';

/** Pages that show no state: home, help, legal, and those not built yet. */
const pages: Readonly<Record<string, (behaviour: Behaviour) => Page>> = {
  '/aparts': (behaviour) => homePage(behaviour),
  '/aparts/aide': helpPage,
  '/aparts/support': supportPage,
  '/aparts/mentions-legales': legalPage,
  '/aparts/cgu': termsPage,
  '/aparts/contrat-de-prestation': contractPage,
  '/aparts/identifiant-oublie': ({ login }) =>
    comingPage(
      login.forgottenUser,
      'Cette page vous renverra votre identifiant par mail.',
      'Votre identifiant figure dans le premier mail reçu après la validation de votre demande. Si vous ne le retrouvez pas, le support technique peut vous aider.',
    ),
  '/aparts/mot-de-passe-oublie': ({ login }) =>
    comingPage(
      login.forgottenPassword,
      'Cette page vous posera votre question secrète, puis vous enverra par mail un nouveau mot de passe temporaire.',
      'Contactez le support technique depuis l’adresse de la personne à contacter.',
    ),
};

export function homeRoutes(app: FastifyInstance, { behaviour, show }: Extranet): void {
  for (const [path, page] of Object.entries(pages)) {
    app.get(path, (_request, reply) => show(reply, page(behaviour)));
  }
  app.get('/aparts/simulation', (request, reply) =>
    show(reply, simulationPage(behaviour, asPosted(request.query))),
  );
}
