import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import type { Page } from './layout.ts';

const parties = [
  ['L’établissement', ['Dénomination', 'N° de Siret', 'Adresse', 'Représenté par']],
  [
    'Le cabinet d’expertise comptable',
    ['Dénomination', 'N° de Siret', 'Adresse', 'Représenté par', 'Courriel de la personne à contacter'],
  ],
] as const;

/** The contract between an accountant and the establishment: printed, signed by both, sent by mail. */
export function contractPage({ support, home, form }: Behaviour): Page {
  const { address } = support.means.mail;
  const blanks = parties.map(
    ([party, lines]) =>
      html`<h3>${party}</h3><dl class="blanks">!${lines.map((line) => html`<div><dt>${line} :</dt><dd></dd></div>`).join('')}</dl>`,
  );
  return {
    title: 'Contrat de prestation',
    styles: ['contract'],
    content: html`<h1>Contrat de prestation</h1>
<section class="card not-printed"><h2>Mode d’emploi</h2>
<p>${home.first.accountant}</p>
<ol class="means">
<li>Imprimez cette page : seul le contrat s’imprime.</li>
<li>Complétez-le, puis signez-le avec l’établissement.</li>
<li>Envoyez-le à <a href="mailto:${address}">${address}</a>.</li>
</ol>
<p>Le formulaire de création de compte ne demande pas ce contrat au préalable : vous pouvez <a href="${home.first.createTarget}">créer l’espace</a> avant de l’envoyer. ${form.notices.thirdParty}</p>
</section>
<article class="card">
<h2>Entre les parties</h2>
!${blanks.join('')}
<h2>Il est convenu</h2>
<ol class="means">
<li>L’établissement charge le cabinet de déposer en son nom ses demandes d’activité partielle.</li>
<li>Le cabinet est la personne à contacter : il reçoit tous les échanges liés à l’activité partielle et les transmet à l’établissement.</li>
<li>Chaque partie peut mettre fin à ce contrat par écrit, en prévenant l’autre et ${address}.</li>
</ol>
<h2>Signatures</h2>
<dl class="blanks"><div><dt>Fait à :</dt><dd></dd></div><div><dt>Le :</dt><dd></dd></div></dl>
<div class="signatures"><p>Pour l’établissement</p><p>Pour le cabinet</p></div>
<p class="hint">Modèle de démonstration, sans lien avec l’État et sans valeur juridique.</p>
</article>`,
  };
}
