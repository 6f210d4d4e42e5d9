import { html } from 'ghtml';
import type { MailStore, StoredMail } from '../mail/mail-store.ts';
import { count, layout, size, time } from './layout.ts';
import { readLine } from './shown-mail.ts';

type List = {
  store: Pick<MailStore, 'count' | 'newest' | 'search'>;
  /** Part of a recipient's address; empty for all. */
  recipient: string;
  /** From 1. */
  page: number;
  /** Where mails are to be sent. */
  smtp: string;
};

const pageLength = 50;

/** The mails, newest first, those to a recipient alone when one is looked for. */
export async function listPage({ store, recipient, page, smtp }: List): Promise<string> {
  const wanted = recipient.toLowerCase();
  const search = (start: number) =>
    wanted
      ? store.search({ kind: 'recipient', text: wanted }, start, pageLength)
      : { total: store.count(), mails: store.newest(start, pageLength) };
  const first = search((page - 1) * pageLength);
  const { total } = first;
  const pages = Math.max(1, Math.ceil(total / pageLength));
  const shown = Math.min(page, pages);
  const { mails } = shown === page ? first : search((shown - 1) * pageLength);
  const items = await Promise.all([...mails].map(item));
  const kept = store.count();
  const heading = wanted
    ? `${count(total, 'courriel')} sur ${kept.toLocaleString('fr-FR')}`
    : count(total, 'courriel');
  return layout(
    heading,
    html`<div class="bar">
<h1 id="heading" aria-live="polite">${heading}</h1>
<form role="search" action="/">
<label for="a">Destinataire</label>
<input id="a" name="a" type="search" value="${recipient}" autocomplete="off" spellcheck="false">
<button>Chercher</button>
</form>
</div>
<div id="mails">
!${items.length > 0 ? html`<ol class="mails">!${items}</ol>` : empty(wanted !== '', smtp)}
!${pages > 1 ? links({ recipient, shown, pages }) : ''}
!${kept > 0 ? deletion(kept) : ''}
</div>`,
  );
}

async function item(mail: StoredMail): Promise<string> {
  const { subject, from } = await readLine(mail);
  return html`<li><a href="/courriel/${encodeURIComponent(mail.id)}">
<span class="subject">${subject || 'Sans objet'}</span>
<span class="to">À ${mail.recipients.join(', ')}</span>
<span class="from">De ${from || 'expéditeur nul'}</span>
<span class="when">!${time(mail.receivedAt)}, ${size(mail.raw.length)}</span>
</a></li>
`;
}

function empty(searched: boolean, smtp: string): string {
  return searched
    ? html`<p class="empty">Aucun courriel pour ce destinataire. <a href="/">Voir tous les courriels</a></p>`
    : html`<p class="empty">Aucun courriel. Ceux qui sont envoyés à <code>${smtp}</code> apparaissent ici dès leur arrivée.</p>`;
}

function links({ recipient, shown, pages }: { recipient: string; shown: number; pages: number }): string {
  const to = (page: number) =>
    `/?${new URLSearchParams({ ...(recipient ? { a: recipient } : {}), page: String(page) })}`;
  return html`<nav aria-label="Pages">
!${shown > 1 ? html`<a href="${to(shown - 1)}" rel="prev">Plus récents</a>` : ''}
<span>Page ${shown} sur ${pages}</span>
!${shown < pages ? html`<a href="${to(shown + 1)}" rel="next">Plus anciens</a>` : ''}
</nav>`;
}

function deletion(total: number): string {
  return html`<details class="deletion">
<summary>Tout supprimer</summary>
<form method="post" action="/tout-supprimer">
<p>${count(total, 'courriel')} ${total > 1 ? 'seront perdus' : 'sera perdu'}, et une campagne en cours ne pourra pas conclure.</p>
<button>Supprimer ${total > 1 ? 'tous les courriels' : 'le courriel'}</button>
</form>
</details>`;
}
