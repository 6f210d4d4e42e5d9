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

const demonstration =
  'Ce site est une démonstration. Il n’est édité par aucun service de l’État et ne donne aucun droit.';

/** The legal notice. */
export function legalPage({ site }: Behaviour): Page {
  return page(site.footer.legal, [
    {
      heading: 'Éditeur',
      text: [demonstration, 'Il fonctionne sur la machine qui le lance et n’écoute que celle-ci.'],
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
export function termsPage({ site }: Behaviour): Page {
  return page(site.footer.terms, [
    {
      heading: '1. Objet',
      text: [demonstration, 'Il montre la création d’un compte d’accès à l’extranet Activité Partielle.'],
    },
    {
      heading: '2. Compte',
      text: [
        'Le compte est créé pour un établissement, désigné par son SIRET, et une personne à contacter. La personne qui fait la demande déclare pouvoir représenter l’établissement.',
        'L’identifiant et le mot de passe sont personnels. Le mot de passe reçu par mail est temporaire et doit être remplacé à la première connexion.',
      ],
    },
    {
      heading: '3. Exactitude',
      text: [
        'Les informations saisies doivent être exactes. Les échanges sont envoyés à l’adresse de la personne à contacter.',
      ],
    },
    {
      heading: '4. Disponibilité',
      text: ['Le service est fourni en l’état, sans engagement de disponibilité.'],
    },
  ]);
}

/** An error page: what happened and where to go. */
export function errorPage(title: string, text: string): Page {
  return page(title, [{ text: [text] }], '<p><a href="/aparts/">Retour à l’accueil</a></p>');
}
