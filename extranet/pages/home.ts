import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import { alert, type Page } from './layout.ts';

/** The home page; `refused` is why a sign-in was refused. */
export function homePage({ home, login }: Behaviour, refused?: string, identifiant = ''): Page {
  const { help, first, simulation } = home;
  const advice = html`<p>${first.why} ${first.siretAtHand}</p>`;
  const create = html`<p><a class="button" href="${first.createTarget}">${first.create}</a></p>`;
  return {
    title: refused ? `Connexion refusée – ${home.title}` : home.title,
    script: login.pasteRefused,
    content: html`<div class="hero"><h1>${home.title}</h1><p>${home.lead}</p></div>
!${refused ? alert([refused], []) : ''}
<div class="columns">
<aside class="card help" aria-labelledby="aide">
<p class="pictogram" aria-hidden="true">?</p>
<h2 id="aide">${help.title}</h2>
<p><a href="${help.knowledgeTarget}">${help.knowledge}</a> ${help.or} <a href="${help.supportTarget}">${help.support}</a>.</p>
</aside>
<section class="card" aria-labelledby="premiere">
<h2 id="premiere">${first.title}</h2>
!${first.adviceFirst ? advice + create : create + advice}
<div class="apart">
<p>${first.accountant}</p>
<p><a class="button quiet" href="${first.contractTarget}">${first.contract}</a></p>
</div>
</section>
<section class="card" aria-labelledby="espace">
<h2 id="espace">${login.title}</h2>
<form method="post" action="/aparts/connexion" novalidate>
<div class="field"><label for="identifiant">${login.user} :</label>
<input id="identifiant" name="identifiant" type="${login.types.user}" autocomplete="username" autocapitalize="none" spellcheck="false" value="${identifiant}"!${pasteRule(login.pasteRefused)}></div>
<div class="field"><label for="motDePasse">${login.password} :</label>
<input id="motDePasse" name="motDePasse" type="${login.types.password}" autocomplete="current-password"!${pasteRule(login.pasteRefused)}></div>
<p class="buttons"><button type="${login.types.cancel}" class="quiet">${login.cancel}</button> <button type="${login.types.submit}">${login.submit}</button></p>
</form>
<p class="links"><a href="${login.forgottenUserTarget}">${login.forgottenUser}</a> <span aria-hidden="true">|</span> <a href="${login.forgottenPasswordTarget}">${login.forgottenPassword}</a></p>
</section>
</div>
<section class="card simulation" aria-labelledby="simulation">
<h2 id="simulation"><a href="${simulation.target}">${simulation.title}</a></h2>
<p>${simulation.what}</p>
</section>`,
  };
}

function pasteRule(refused: boolean): string {
  return refused ? ' data-paste-refused="Le copier/coller est interdit dans ce champ."' : '';
}
