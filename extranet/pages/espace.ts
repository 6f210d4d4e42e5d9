import { html } from 'ghtml';
import type { Account, Habilitation } from '../account.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Page } from './layout.ts';
import { passwordForm } from './mot-de-passe.ts';

/** What the personal space shows. */
export type EspaceView = {
  account: Account;
  habilitations: readonly Habilitation[];
  told?: string | undefined;
};

const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' });

/** The personal space of Activité Partielle: establishments, password, sign-out. */
export function espacePage(behaviour: Behaviour, { account, habilitations, told }: EspaceView): Page {
  const { espace, home } = behaviour;
  const rows = habilitations.map(
    ({ siret, denomination, depuis }) =>
      html`<li><strong>${denomination}</strong><br>N° de Siret : ${siret}<br>Habilité à l’activité partielle depuis le ${day.format(depuis)}</li>`,
  );
  return {
    title: espace.title,
    content: html`<h1>${espace.title}</h1>
!${signedIn(behaviour, '/aparts', account, told)}
<section class="card"><h2>${espace.establishments}</h2><ul class="establishments">!${rows.join('')}</ul>
<p>${espace.anotherHow} <a href="${home.first.createTarget}">${espace.another}</a></p></section>
!${signOut(behaviour, '/aparts')}`,
  };
}

/** Who is signed in, and the way to another password: at once in place of a temporary one. */
export function signedIn(behaviour: Behaviour, path: string, account: Account, told?: string): string {
  const { espace, login } = behaviour;
  const { change } = espace;
  return html`!${told ? html`<div class="success" role="status"><p>${told}</p></div>` : ''}
<p>Vous êtes connecté avec l’identifiant <strong>${account.identifiant}</strong>.</p>
!${
    account.temporary && login.temporaryPasswordMustChange
      ? html`<h2>${change.title}</h2>!${passwordForm(behaviour, path, account)}`
      : html`<p><a href="${path}/espace/mot-de-passe">${change.link}</a></p>`
  }`;
}

/** The button that ends the session. */
export function signOut({ espace }: Behaviour, path: string): string {
  return html`<form method="post" action="${path}/deconnexion"><p class="buttons"><button type="submit" class="quiet">${espace.signOut}</button></p></form>`;
}
