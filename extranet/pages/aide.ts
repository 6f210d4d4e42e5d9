import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import { type Posted, textOf } from '../input.ts';
import { articlesOf, search } from '../knowledge.ts';
import type { Page } from './layout.ts';

/** The knowledge base with its search; where nothing is found, what to do and all articles. */
export function helpPage(behaviour: Behaviour, query: Posted): Page {
  const all = articlesOf(behaviour);
  const asked = textOf(query, 'q').trim().slice(0, 100);
  const found = asked === '' ? all : search(all, asked);
  const shown = found.length === 0 ? all : found;
  const title = 'Base de connaissances';
  return {
    title: asked === '' ? title : `Recherche «\u00a0${asked}\u00a0» – ${title}`,
    content: html`<h1>${title}</h1>
<form method="get" action="/aparts/aide" role="search" class="card narrow">
<div class="field"><label for="q">Rechercher dans la base de connaissances</label>
<input id="q" name="q" type="search" maxlength="100" autocomplete="off" value="${asked}"></div>
<p class="buttons"><button type="submit">Rechercher</button></p>
</form>
!${asked === '' ? '' : outcome(asked, found.length)}
!${shown
      .map(
        ({ id, title, text }) =>
          html`<section class="card" id="${id}"><h2><a href="#${id}">${title}</a></h2>!${text.map((one) => html`<p>${one}</p>`).join('')}</section>`,
      )
      .join('')}
<p><a href="/aparts/support">Contacter le support technique</a></p>`,
  };
}

function outcome(asked: string, count: number): string {
  const told =
    count === 0
      ? html`<p><strong>Aucun article ne répond à «&nbsp;${asked}&nbsp;».</strong></p><p>Essayez un seul mot, par exemple « mail », « SIRET » ou « code », parcourez tous les articles ci-dessous, ou <a href="/aparts/support">contactez le support technique</a>.</p>`
      : html`<p><strong>${count} ${count === 1 ? 'article' : 'articles'} pour «&nbsp;${asked}&nbsp;».</strong></p>`;
  return html`<div role="status">!${told}</div>!${count === 0 ? '' : '<p><a href="/aparts/aide">Voir tous les articles</a></p>'}`;
}
