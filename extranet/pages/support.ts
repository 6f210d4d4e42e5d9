import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import type { Page } from './layout.ts';

/** The technical support page: what to try first, then how to reach somebody. */
export function supportPage(behaviour: Behaviour): Page {
  const { support } = behaviour;
  const spam = html`<section class="card"><h2>${support.spam.title}</h2><p>${support.spam.advice}</p></section>`;
  const contact = html`<section class="card"><h2>${support.means.title}</h2>!${means(behaviour)}</section>`;
  return {
    title: support.title,
    content: html`<h1>${support.title}</h1>!${support.spam.first ? spam + contact : contact + spam}`,
  };
}

/** The list of contact means: mail, and a telephone number per territory with its price. */
export function means({ support }: Behaviour): string {
  const { mail, metropole, dom } = support.means;
  const telephones = [metropole, dom].map(
    ({ intro, number, price, territory }) =>
      html`<li>${intro} <a href="tel:${number.replaceAll(' ', '')}"><strong>${number}</strong></a> ${price} ${territory}.</li>`,
  );
  return html`<ul class="means"><li>${mail.intro} (<a href="mailto:${mail.address}">${mail.address}</a>)</li>!${telephones.join('')}</ul>`;
}
