import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import type { Page } from './layout.ts';

type Part = { heading?: string; text: readonly string[] };

function page(title: string, parts: readonly Part[], after = ''): Page {
  const sections = parts.map(
    ({ heading, text }) =>
      html`<section class="card">!${heading ? html`<h2>${heading}</h2>` : ''}!${text.map((one) => html`<p>${one}</p>`).join('')}</section>`,
  );
  return { title, content: html`<h1>${title}</h1>!${sections.join('')}!${after}` };
}

/** The legal notice. */
export function legalPage({ site }: Behaviour): Page {
  return page(site.footer.legal, [
    {
      heading: 'Éditeur',
      text: [site.demonstration, 'Il fonctionne sur la machine qui le lance et n’écoute que celle-ci.'],
    },
    {
      heading: 'Données personnelles',
      text: [
        'Ce que vous saisissez reste dans la base de cette démonstration et sert à créer le compte demandé. Un seul cookie est déposé : il identifie votre session et disparaît avec elle.',
      ],
    },
    {
      heading: 'Sources',
      text: ['Communes et codes postaux : Insee et La Poste, par Etalab, sous Licence Ouverte 2.0.'],
    },
  ]);
}

/** The terms that the SIRET step asks to accept. */
export function termsPage({ site, terms }: Behaviour): Page {
  return page(site.footer.terms, terms.articles);
}

/** An error page: what happened and where to go. */
export function errorPage(title: string, text: string): Page {
  return page(title, [{ text: [text] }], '<p><a href="/aparts/">Retour à l’accueil</a></p>');
}
