import type { FastifyInstance } from 'fastify';
import type { Behaviour } from '../behaviour.ts';
import { asPosted } from '../input.ts';
import { helpPage } from '../pages/aide.ts';
import { contractPage } from '../pages/contrat.ts';
import { homePage } from '../pages/home.ts';
import { legalPage, termsPage } from '../pages/information.ts';
import type { Page } from '../pages/layout.ts';
import { simulationPage } from '../pages/simulation.ts';
import { supportPage } from '../pages/support.ts';
import type { Extranet } from '../server.ts';

/** Pages that show no state: home, help, legal. */
const pages: Readonly<Record<string, (behaviour: Behaviour) => Page>> = {
  '/aparts': (behaviour) => homePage(behaviour),
  '/aparts/support': supportPage,
  '/aparts/mentions-legales': legalPage,
  '/aparts/cgu': termsPage,
  '/aparts/contrat-de-prestation': contractPage,
};

export function homeRoutes(app: FastifyInstance, { behaviour, show }: Extranet): void {
  for (const [path, page] of Object.entries(pages)) {
    app.get(path, (_request, reply) => show(reply, page(behaviour)));
  }
  app.get('/aparts/aide', (request, reply) => show(reply, helpPage(behaviour, asPosted(request.query))));
  app.get('/aparts/simulation', (request, reply) =>
    show(reply, simulationPage(behaviour, asPosted(request.query))),
  );
}
