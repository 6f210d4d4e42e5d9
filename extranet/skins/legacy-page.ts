import type { Behaviour } from '../behaviour.ts';
import { dresser } from './components.ts';
import { opening } from './elements.ts';
import { type Element, escaped, find, findAll, hasClass, parsePage, tag, textContent } from './markup.ts';

const charset = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">';
const style = '<link rel="stylesheet" type="text/css" href="/aparts/assets/legacy.css">';

/** A page of the plain extranet as one of 2009: tables, pictures for buttons, its errors in a banner at the top. */
export function legacyPage(html: string): string {
  const tree = parsePage(html);
  const forms = new Map(
    findAll(tree, ({ name }) => name === 'form').map((form) => [form.attribs.id ?? '', form]),
  );
  const dress = dresser(forms);
  const one = (test: (element: Element) => boolean) => find(tree, test);
  const title = one(({ name }) => name === 'title');
  const heading = one(({ name }) => name === 'h1');
  const alert = one((element) => hasClass(element, 'alert'));
  const brand = one((element) => hasClass(element, 'brand'));
  const main = one(({ name }) => name === 'main');
  const demo = one((element) => hasClass(element, 'demo'));
  const footer = findAll(tree, (element) => element.name === 'a' && isWithin(element, 'footer'));
  const script = one(({ name }) => name === 'script');
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html>
<head>
${charset}
<title>${title ? escaped(textContent(title)) : ''}</title>
${style}
</head>
<body>
<table class="page" width="760" align="center" cellspacing="0" cellpadding="0" border="0">
${alert ? `<tr>${tag('td', { class: 'erreur', id: alert.attribs.id })}${banner(alert)}</td></tr>` : ''}
<tr><td class="fil">${brand ? `${opening(brand, { class: undefined })}${escaped(textContent(brand).trim())}</a>` : ''}</td></tr>
<tr><td class="titre">${heading ? dress(heading.children) : ''}</td></tr>
<tr><td class="corps">
${main ? dress(main.children) : ''}
</td></tr>
<tr><td class="pied" align="center">${footer.map((link) => `${opening(link)}${escaped(textContent(link))}</a>`).join(' | ')}
<br>${demo ? escaped(textContent(demo)) : ''}</td></tr>
</table>
${script ? `${opening(script)}</script>` : ''}
</body>
</html>
`;
}

/** The banner of errors: what is wrong, line by line. */
function banner(alert: Element): string {
  const lines = findAll(alert.children, ({ name }) => name === 'p' || name === 'li');
  return lines.map((line) => escaped(textContent(line).trim())).join('<br>\n');
}

function isWithin(element: Element, name: string): boolean {
  for (let around = element.parent; around; around = around.parent) {
    if (around.type === 'tag' && around.name === name) return true;
  }
  return false;
}

/** The window: a frame for the banner, and one that holds the application. */
export function framesetPage({ site }: Behaviour): string {
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Frameset//EN" "http://www.w3.org/TR/html4/frameset.dtd">
<html>
<head>
${charset}
<title>${escaped(site.service)}</title>
<link rel="icon" href="/aparts/assets/icon.svg" type="image/svg+xml">
</head>
<frameset rows="78,*" border="0" frameborder="0" framespacing="0">
<frame src="/aparts/bandeau" name="bandeau" scrolling="no" noresize>
<frame src="/aparts/accueil" name="contenu">
<noframes><body><a href="/aparts/accueil">${escaped(site.service)}</a></body></noframes>
</frameset>
</html>
`;
}

/** What the upper frame shows. */
export function bannerPage({ site }: Behaviour): string {
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html>
<head>
${charset}
<title>${escaped(site.service)}</title>
${style}
</head>
<body class="bandeau">
<table width="100%" cellspacing="0" cellpadding="0" border="0"><tr>
<td class="enseigne">Extranet ${escaped(site.service)}</td>
<td class="mention" align="right">${escaped(site.banner)}</td>
</tr></table>
</body>
</html>
`;
}
