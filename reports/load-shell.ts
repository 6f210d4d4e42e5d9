import { html } from 'ghtml';
import { shell, styleOf } from './html-shell.ts';
import { visible } from './visible-text.ts';
import { typeset } from './wording.ts';

const style = styleOf('html-page', 'html-headline', 'load-report');

type LoadShell = {
  title: string;
  /** What was put on what. */
  subject: string;
  workload: string;
  campaign: string;
  exitCode: number;
  /** Plain text. */
  account: string;
};

/** The page of a campaign of load around its sections: one self-contained French file, no network, no script. */
export function loadShell(page: LoadShell, sections: readonly string[]): string {
  const { title, subject, workload, campaign, exitCode, account } = page;
  return shell(
    { title: `${title} — charge « ${workload} »`, style },
    html`<header class="headline exit-${exitCode}">
<p class="product"><b>Guichet</b> <span>${subject}</span></p>
<h1>${title}</h1>
<pre class="account">${visible(account)}</pre>
</header>
<main>
!${sections.join('\n')}
</main>
<footer><p>Guichet · campagne ${campaign}</p></footer>`,
  );
}

export function section(title: string, content: string): string {
  return html`<section><h2>${title}</h2>!${content}</section>`;
}

export function figure(caption: string, chart: string): string {
  return html`<figure><figcaption>${typeset(caption)}</figcaption>!${chart}</figure>`;
}
