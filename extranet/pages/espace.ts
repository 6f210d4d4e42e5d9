import { html } from 'ghtml';
import type { Account, Habilitation } from '../account.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Problem } from '../input.ts';
import { alert, errorOf, type Page } from './layout.ts';

/** What the personal space shows. */
export type EspaceView = {
  account: Account;
  habilitations: readonly Habilitation[];
  problems?: readonly Problem[];
  told?: string | undefined;
};

const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' });

/** The personal space: establishments, password, sign-out. */
export function espacePage({ espace, login }: Behaviour, view: EspaceView): Page {
  const { account, habilitations, problems = [], told } = view;
  const { change } = espace;
  const mustChange = account.temporary && login.temporaryPasswordMustChange;
  const password = errorOf(problems, 'nouveauMotDePasse', 'hint');
  const confirm = errorOf(problems, 'confirmerMotDePasse');
  const rows = habilitations.map(
    ({ siret, denomination, depuis }) =>
      html`<li><strong>${denomination}</strong><br>N° de Siret : ${siret}<br>Habilité à l’activité partielle depuis le ${day.format(depuis)}</li>`,
  );
  return {
    title: problems.length > 0 ? `Erreur – ${espace.title}` : espace.title,
    content: html`<h1>${espace.title}</h1>
!${alert(problems.length > 0 ? ['Le mot de passe n’est pas enregistré : corrigez les points suivants.'] : [], problems)}
!${told ? html`<div class="success" role="status"><p>${told}</p></div>` : ''}
<p>Vous êtes connecté avec l’identifiant <strong>${account.identifiant}</strong>.</p>
!${
      mustChange
        ? html`<form method="post" action="/aparts/espace/mot-de-passe" novalidate class="card narrow"><h2>${change.title}</h2>
<p>${change.why} ${change.everywhere}</p>
<input type="text" name="identifiant" value="${account.identifiant}" autocomplete="username" readonly hidden>
<div class="field"><label for="nouveauMotDePasse">${change.password}</label>
<p class="hint" id="nouveauMotDePasse-aide">${login.shortestPassword} caractères au moins.</p>
<input id="nouveauMotDePasse" name="nouveauMotDePasse" type="password" autocomplete="new-password" required!${password.ties}>!${password.text}</div>
<div class="field"><label for="confirmerMotDePasse">${change.confirm}</label>
<input id="confirmerMotDePasse" name="confirmerMotDePasse" type="password" autocomplete="new-password" required!${confirm.ties}>!${confirm.text}</div>
<p class="buttons"><button type="submit">${change.submit}</button></p></form>`
        : ''
    }
<section class="card"><h2>${espace.establishments}</h2><ul class="establishments">!${rows.join('')}</ul></section>
<form method="post" action="/aparts/deconnexion"><p class="buttons"><button type="submit" class="quiet">${espace.signOut}</button></p></form>`,
  };
}
