import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import type { Page } from './layout.ts';
import { means } from './support.ts';

/** Says that ENVOYER worked, and what comes next. */
export function confirmationPage(behaviour: Behaviour, siret: string): Page {
  const { confirmation, support } = behaviour;
  return {
    title: confirmation.title,
    content: html`<h1>${confirmation.title}</h1>
<div class="success"!${confirmation.announced ? ' role="status"' : ''}><p><strong>${confirmation.worked}</strong></p>
<p>${behaviour.form.siretLabel} : ${siret}</p></div>
<section class="card"><p>${confirmation.next}</p>
<p>${confirmation.existingAccess}</p></section>
<section class="card"><h2>${support.spam.title}</h2><p>${support.spam.advice}</p>
!${means(behaviour)}</section>
<p><a href="/aparts/">${confirmation.back}</a></p>`,
  };
}
