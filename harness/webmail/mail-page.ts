import { html } from 'ghtml';
import type { StoredMail } from '../mail/mail-store.ts';
import { rawToText } from '../mail/raw-text.ts';
import { count, layout, size, time } from './layout.ts';
import { readMail, type ShownMail } from './shown-mail.ts';

export const views = ['texte', 'html', 'source'] as const;
export type View = (typeof views)[number];

const names: Record<View, string> = { texte: 'Texte', html: 'HTML', source: 'Source' };
/** Characters of a text that a page shows; the rest is in the file. */
const longest = 200_000;

/** One mail, read as text, as HTML in a frame that runs nothing, or as it came. */
export async function mailPage(mail: StoredMail, wanted: View | undefined): Promise<string> {
  const shown = await readMail(mail);
  const offered = views.filter((view) => view !== 'html' || shown.html !== undefined);
  const best: View = shown.text.trim() || shown.html === undefined ? 'texte' : 'html';
  const view = wanted && offered.includes(wanted) ? wanted : best;
  const here = `/courriel/${encodeURIComponent(mail.id)}`;
  return layout(
    shown.subject || 'Sans objet',
    html`<p class="back"><a href="/">Tous les courriels</a></p>
<h1>${shown.subject || 'Sans objet'}</h1>
!${envelope(mail, shown)}
!${attachments(shown)}
<nav class="views" aria-label="Lecture du courriel">
!${offered.map((each) => html`<a href="${here}?vue=${each}" !${each === view ? 'aria-current="page"' : ''}>${names[each]}</a>`)}
<a class="file" href="/api/v1/messages/${encodeURIComponent(mail.id)}/download" download>Télécharger (.eml)</a>
</nav>
!${body(view, here, mail, shown)}`,
  );
}

function envelope(mail: StoredMail, shown: ShownMail): string {
  return html`<dl>
<dt>De</dt><dd>${shown.from || 'expéditeur nul'}</dd>
!${shown.to ? html`<dt>À</dt><dd>${shown.to}</dd>` : ''}
<dt>Remis à</dt><dd>${mail.recipients.join(', ')}</dd>
<dt>Reçu</dt><dd>!${time(mail.receivedAt)}, ${size(mail.raw.length)}</dd>
!${shown.date ? html`<dt>Daté</dt><dd>${shown.date}</dd>` : ''}
</dl>`;
}

function attachments({ attachments }: ShownMail): string {
  if (attachments.length === 0) return '';
  return html`<section class="attachments">
<h2>${count(attachments.length, 'pièce')} ${attachments.length > 1 ? 'jointes' : 'jointe'}</h2>
<ul>!${attachments.map(({ name, type, bytes }) => html`<li>${name} <span>${type}, ${size(bytes)}</span></li>`)}</ul>
</section>`;
}

function body(view: View, here: string, mail: StoredMail, shown: ShownMail): string {
  if (view === 'html') {
    return html`<iframe class="html" sandbox="" src="${here}/html" title="Contenu HTML du courriel"></iframe>`;
  }
  const text = view === 'texte' ? shown.text : rawToText(mail.raw).toWellFormed();
  if (text.trim() === '') return html`<p class="empty">Ce courriel n’a pas de texte.</p>`;
  const rest = text.length - longest;
  return html`<pre class="${view}" tabindex="0">${text.slice(0, longest)}</pre>
!${rest > 0 ? html`<p class="empty">La suite (${count(rest, 'caractère')}) est dans le fichier .eml.</p>` : ''}`;
}
