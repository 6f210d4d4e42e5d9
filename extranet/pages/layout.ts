import { html } from 'ghtml';
import type { Behaviour } from '../behaviour.ts';
import type { Problem } from '../input.ts';

/** A page's own part: its title, its content as HTML, the files of its own, the extranet it belongs to. */
export type Page = {
  title: string;
  content: string;
  script?: boolean;
  styles?: readonly string[];
  service?: { name: string; path: string };
};

/** A whole page: banner, header, the content, footer. */
export function layout({ site }: Behaviour, page: Page): string {
  const { title, content, script = false, styles = [] } = page;
  const { name, path } = page.service ?? { name: site.service, path: '/aparts' };
  const { footer, footerTargets: targets } = site;
  return html`<!doctype html>
<html!${site.language ? html` lang="${site.language}"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="${site.viewport}">
<title>${site.tabTitle(title, name)}</title>
<link rel="icon" href="/aparts/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/aparts/assets/style.css">
<link rel="stylesheet" href="/aparts/assets/form.css">
!${styles.map((name) => html`<link rel="stylesheet" href="/aparts/assets/${name}.css">`).join('')}
!${script ? '<script src="/aparts/assets/form.js" defer></script>' : ''}
</head>
<body>
<a class="skip" href="#contenu">${site.skip}</a>
<header class="top"><p class="demo">${site.banner}</p>
<div class="width">
<a class="brand" href="${path}/"><svg aria-hidden="true" focusable="false" viewBox="0 0 32 32" width="32" height="32"><rect width="32" height="32" rx="7" fill="currentColor"/><path d="M8 22V12l8-5 8 5v10M13 22v-6h6v6" fill="none" stroke="#fff" stroke-width="2.4" stroke-linejoin="round" stroke-linecap="round"/></svg>${name}</a>
</div></header>
<main id="contenu" class="width">
!${content}
</main>
<footer class="bottom"><div class="width">
<ul>
<li><a href="${targets.legal}">${footer.legal}</a></li>
<li><a href="${targets.terms}">${footer.terms}</a></li>
<li><a href="${targets.support}">${footer.support}</a></li>
</ul>
</div></footer>
</body>
</html>
`;
}

/** The alert at the top of a refused form: a sentence, and a link to each faulty field. */
export function alert(
  sentences: readonly string[],
  problems: readonly Problem[],
  { announced } = { announced: true },
): string {
  if (sentences.length === 0) return '';
  return html`<div class="alert"!${announced ? ' role="alert" id="alerte" tabindex="-1"' : ''}>
!${sentences.map((sentence) => html`<p><strong>${sentence}</strong></p>`).join('')}
!${problems.length === 0 ? '' : `<ul>${problems.map(summaryLine).join('')}</ul>`}
</div>`;
}

function summaryLine(problem: Problem): string {
  return html`<li><a href="#${problem.field}">${sentence(problem)}</a></li>`;
}

/** « Nom : ce champ est obligatoire. » */
function sentence({ label, text }: Problem): string {
  return label ? `${label}\u00a0: ${text}` : text;
}

/** The error of a field, and the attributes that expose it as invalid and tie it to the error and to its hint. */
export function errorOf(
  problems: readonly Problem[],
  field: string,
  hint?: string,
  { invalid, tied } = { invalid: true, tied: true },
): { text: string; ties: string } {
  const problem = problems.find((one) => one.field === field);
  const described = [hint ? `${field}-aide` : '', problem && tied ? `${field}-erreur` : '']
    .filter(Boolean)
    .join(' ');
  return {
    text: problem ? html`<p class="error" id="${field}-erreur">${sentence(problem)}</p>` : '',
    ties:
      (problem && invalid ? ' aria-invalid="true"' : '') +
      (described === '' ? '' : html` aria-describedby="!${described}"`),
  };
}

/** The mark of a mandatory field, at the end of its label. */
export function mark(marked: boolean): string {
  return marked ? '\u00a0*' : '';
}
