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

const toSupport = '<p><a href="/aparts/support">Contacter le support technique</a></p>';
const demonstration =
  'Ce site est une démonstration. Il n’est édité par aucun service de l’État et ne donne aucun droit.';

/** The knowledge base: the advice of the procedure, article by article. */
export function helpPage({ support, form, confirmation, siret }: Behaviour): Page {
  return page(
    'Base de connaissances',
    [
      { heading: 'Je n’ai pas reçu mes mails', text: [support.spam.advice] },
      { heading: 'Quels mails vais-je recevoir ?', text: [confirmation.next, confirmation.existingAccess] },
      { heading: 'Je n’arrive pas à lire le code de sécurité', text: [siret.change.tooltip.text] },
      {
        heading: 'Qui est la personne à contacter ?',
        text: [form.notices.contact, form.notices.wrongAddress],
      },
      { heading: 'Je suis Tiers Déclarant', text: [form.notices.thirdParty] },
      {
        heading: 'Mon adresse est trop longue',
        text: [
          'Le champ « libellé de la voie » est limité à 28 caractères et le champ « complément d’adresse » est limité à 38 caractères. Abrégez le nom de la voie ou utilisez le complément.',
        ],
      },
    ],
    toSupport,
  );
}

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

/** The contract between an accountant and the establishment. */
export function contractPage({ support, home }: Behaviour): Page {
  return page('Contrat de prestation', [
    {
      text: [
        home.first.accountant,
        `Imprimez cette page, complétez-la, signez-la avec l’établissement, puis envoyez-la à ${support.means.mail.address}.`,
      ],
    },
    {
      heading: 'Entre les parties',
      text: [
        'L’établissement (dénomination, SIRET, adresse, représentant) : ………………………………………………………………',
        'Le cabinet d’expertise comptable (dénomination, SIRET, représentant) : ………………………………………………………',
      ],
    },
    {
      heading: 'Il est convenu',
      text: [
        'L’établissement charge le cabinet de déposer en son nom les demandes d’activité partielle. Le cabinet est alors la personne à contacter : il reçoit tous les échanges et s’engage à les transmettre à l’établissement.',
        'Chaque partie peut mettre fin à ce contrat par écrit.',
      ],
    },
    {
      heading: 'Signatures',
      text: ['Fait à ……………………………, le ……………………………', 'L’établissement :', 'Le cabinet :'],
    },
  ]);
}

/** An error page: what happened and where to go. */
export function errorPage(title: string, text: string): Page {
  return page(title, [{ text: [text] }], '<p><a href="/aparts/">Retour à l’accueil</a></p>');
}
