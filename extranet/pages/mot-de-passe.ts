import { html } from 'ghtml';
import type { Account } from '../account.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Problem } from '../input.ts';
import { alert, errorOf, type Page } from './layout.ts';

/** The change of the password; a temporary one is replaced without being typed again. */
export function passwordPage(
  behaviour: Behaviour,
  view: { path: string; account: Account; problems?: readonly Problem[] },
): Page {
  const { change } = behaviour.espace;
  const { path, account, problems = [] } = view;
  return {
    title: problems.length > 0 ? `Erreur – ${change.title}` : change.title,
    content: html`<h1>${change.title}</h1>
!${alert(problems.length > 0 ? [change.refused] : [], problems)}
!${passwordForm(behaviour, path, account, problems)}
<p><a href="${path}/espace">Retour à mon espace</a></p>`,
  };
}

/** The form alone, for a page that has a heading for it. */
export function passwordForm(
  { espace, login }: Behaviour,
  path: string,
  account: Account,
  problems: readonly Problem[] = [],
): string {
  const { change } = espace;
  const hint = `${login.shortestPassword} caractères au moins.`;
  const field = (name: string, label: string, autocomplete: string, hint?: string) => {
    const error = errorOf(problems, name, hint);
    return html`<div class="field"><label for="${name}">${label}</label>
!${hint ? html`<p class="hint" id="${name}-aide">${hint}</p>` : ''}
<input id="${name}" name="${name}" type="password" autocomplete="${autocomplete}" required!${error.ties}>!${error.text}</div>
`;
  };
  return html`<form method="post" action="${path}/espace/mot-de-passe" novalidate class="card narrow">
<p>${account.temporary ? `${change.why} ` : ''}${change.everywhere} Tous les champs sont obligatoires.</p>
<input type="text" name="identifiant" value="${account.identifiant}" autocomplete="username" readonly hidden>
!${account.temporary ? '' : field('motDePasseActuel', change.current, 'current-password')}
!${field('nouveauMotDePasse', change.password, 'new-password', hint)}
!${field('confirmerMotDePasse', change.confirm, 'new-password')}
<p class="buttons"><button type="submit">${change.submit}</button></p></form>`;
}
