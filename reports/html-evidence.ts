import { html } from 'ghtml';
import { type Exchange, exchangesOf } from './exchanges.ts';
import { evidenceAnchor, evidenceKinds } from './html-links.ts';
import { citedBy } from './html-requirement.ts';
import type { Evidence, MailEvidence, Results } from './results.ts';
import { visible } from './visible-text.ts';
import { counted, sayInstant } from './wording.ts';

const signatures: readonly (readonly [type: string, hex: string])[] = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
];

// The type comes from the bytes, never from the name: an SVG or a page called .png is no picture. What comes
// out is base64 of ours, so it may go raw into an attribute.
function dataUri(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 8).toString('hex');
  const type = signatures.find(([, signature]) => head.startsWith(signature))?.[0];
  return type === undefined ? undefined : `data:${type};base64,${bytes.toString('base64')}`;
}

function screenshot(title: string, path: string, read: (path: string) => Buffer): string {
  let uri: string | undefined;
  try {
    uri = dataUri(read(path));
  } catch {
    uri = undefined;
  }
  return uri === undefined
    ? html`<p class="missing">Capture illisible ou absente du dossier de la campagne.</p>`
    : html`<img src="!${uri}" alt="Capture d’écran : ${title}">`;
}

function message(mail: MailEvidence): string {
  const headers: [string, string][] = [
    ['De', mail.from],
    ['À', mail.to.join(', ')],
    ['Objet', mail.subject],
    ['Date', Number.isNaN(Date.parse(mail.date)) ? mail.date : sayInstant(new Date(mail.date).toISOString())],
  ];
  return html`<dl class="headers">!${headers.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>
<div class="mail-text">${mail.text}</div>
<details><summary>En-têtes du message</summary><pre tabindex="0">${mail.raw}</pre></details>`;
}

/** A recording is opened by a tool: where it is, and how. */
function recording(results: Results, { kind, path }: Evidence): string {
  const command = `npx playwright show-trace reports/out/${results.campaign.id}/${path}`;
  const how =
    kind === 'trace'
      ? html`Ouvrir : <code>${command}</code>`
      : html`À importer dans l’onglet Réseau des outils de développement d’un navigateur.`;
  return html`<p><a href="./${encodeURI(path)}" download>Télécharger</a> (secrets remplacés). !${how}</p>`;
}

const mostExchanges = 100;
/** As many as these are read at once; a whole scenario's are opened on demand. */
const fewExchanges = 20;

/** What a form sent, a line for each field that it names, decoded where it can be. */
function sentLines(sent: string): string {
  if (!/^[^=&\s]+=[^&\s]*(&[^=&\s]+=[^&\s]*)*$/.test(sent)) return sent;
  const decoded = (text: string) => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      return text; // In the charset of an old page.
    }
  };
  return sent
    .split('&')
    .map((pair) => pair.split('=').map(decoded).join(' = '))
    .join('\n');
}

/** What the browser and the target said to each other, page by page; the file has all of it. */
function exchanges(path: string, read: (path: string) => Buffer): string {
  let found: Exchange[] | undefined;
  try {
    found = exchangesOf(read(path).toString('utf8'));
  } catch {
    found = undefined;
  }
  if (found === undefined)
    return html`<p class="missing">Échanges illisibles ou absents du dossier de la campagne.</p>`;
  const rows = found.slice(0, mostExchanges).map(({ method, url, status, type, sent, to }) => {
    const body = sent === '' ? '' : html`<pre>${visible(sentLines(sent))}</pre>`;
    return html`<tr><th scope="row"><code>${method} ${visible(url)}</code>!${body}</th><td class="number">${status}</td><td>${visible(to === '' ? type : `vers ${to}`)}</td></tr>`;
  });
  const more = found.length - mostExchanges;
  return html`<details!${found.length > fewExchanges ? '' : ' open'}><summary>${counted(found.length, ['échange HTTP', 'échanges HTTP'])}</summary>
<table class="exchanges"><thead><tr><th scope="col">Requête</th><th scope="col" class="number">Réponse</th><th scope="col">Contenu</th></tr></thead>
<tbody>!${rows.join('\n')}</tbody></table>
!${more > 0 ? html`<p>… et ${more} de plus dans le fichier.</p>` : ''}
</details>`;
}

function piece(results: Results, evidence: Evidence, index: number, content: string): string {
  const cited = citedBy(results, evidence.id);
  return html`<article class="evidence ${evidence.kind}" id="${evidenceAnchor(index)}">
<h3>!${evidence.kind === 'trace' || evidence.kind === 'har' ? html`${evidenceKinds[evidence.kind]} : ` : ''}${evidence.title}</h3>
<p class="source"><code>${evidence.path}</code>!${cited === '' ? '' : html` — cité par !${cited}`}</p>
!${content}
</article>`;
}

/** Every piece once, in full; requirements link here and each piece links back. */
export function evidenceSection(
  results: Results,
  sources: readonly string[],
  read: (path: string) => Buffer,
): string {
  if (results.evidence.length === 0) return '';
  const pieces = results.evidence.map((evidence, index) => {
    const path = sources[index] ?? evidence.path;
    const pictured = evidence.kind === 'screenshot' ? screenshot(evidence.title, path, read) : '';
    const recorded = evidence.kind === 'trace' || evidence.kind === 'har' ? recording(results, evidence) : '';
    const exchanged = evidence.kind === 'har' ? exchanges(path, read) : '';
    const mailed = evidence.mail === undefined ? '' : message(evidence.mail);
    return piece(results, evidence, index, pictured + exchanged + recorded + mailed);
  });
  return html`<section aria-labelledby="preuves">
<h2 id="preuves">Preuves</h2>
!${pieces.join('\n')}
</section>`;
}
