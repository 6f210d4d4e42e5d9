import { html } from 'ghtml';
import type { Account } from '../account.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Sibling } from '../sites.ts';
import { signedIn, signOut } from './espace.ts';
import { alert, type Page } from './layout.ts';

/** The sign-in page of a sibling extranet; `refused` is why a sign-in was refused. */
export function siblingPage(
  { siblings, login }: Behaviour,
  { site, path }: Sibling,
  refused?: string,
  identifiant = '',
): Page {
  const { title, lead } = siblings.sites[site];
  return {
    title: refused ? `Connexion refusée – ${title}` : siblings.signIn,
    service: { name: title, path },
    content: html`<div class="hero"><h1>${title}</h1><p>${lead}</p></div>
!${refused ? alert([refused], []) : ''}
<section class="card narrow" aria-labelledby="espace">
<h2 id="espace">${siblings.signIn}</h2>
<p>${siblings.sameAccount}</p>
<form method="post" action="${path}/connexion" novalidate>
<div class="field"><label for="identifiant">${login.user} :</label>
<input id="identifiant" name="identifiant" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" value="${identifiant}"></div>
<div class="field"><label for="motDePasse">${login.password} :</label>
<input id="motDePasse" name="motDePasse" type="password" autocomplete="current-password"></div>
<p class="buttons"><button type="submit">${login.submit}</button> <button type="reset" class="quiet">${login.cancel}</button></p>
</form>
<p class="links"><a href="/aparts/identifiant-oublie">${login.forgottenUser}</a> <span aria-hidden="true">|</span> <a href="/aparts/mot-de-passe-oublie">${login.forgottenPassword}</a></p>
</section>
<p><a href="/aparts/">${siblings.toAparts}</a></p>`,
  };
}

/** The page of a sibling extranet that a sign-in opens. */
export function siblingSpacePage(
  behaviour: Behaviour,
  { site, path }: Sibling,
  { account, told }: { account: Account; told?: string | undefined },
): Page {
  const { espace, siblings } = behaviour;
  const { title } = siblings.sites[site];
  return {
    title: espace.title,
    service: { name: title, path },
    content: html`<h1>${espace.title} ${title}</h1>
<p>${siblings.opened(title)}</p>
!${signedIn(behaviour, path, account, told)}
!${signOut(behaviour, path)}`,
  };
}
