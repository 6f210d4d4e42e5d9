import { closing, opening } from './elements.ts';
import { buttonPicture, refreshPicture } from './image.ts';
import {
  type Element,
  escaped,
  find,
  hasClass,
  isTag,
  meaningful,
  type Node,
  tag,
  textContent,
} from './markup.ts';
import { fieldTable, isStacked, securityRow, stackedTable, table } from './rows.ts';
import { wireName } from './wire-names.ts';

/** Nodes of the plain page as HTML of the legacy one. */
export type Dress = (nodes: readonly Node[]) => string;

type Component = [is: (element: Element) => boolean, render: (element: Element, dress: Dress) => string];

const ofClass = (name: string) => (element: Element) => hasClass(element, name);
const named = (name: string) => (element: Element) => element.name === name;
const within: Component[1] = ({ children }, dress) => dress(children);

/** The parts of the plain pages that look otherwise here; the first that fits counts, any other element stays. */
const components: readonly Component[] = [
  // The banner says them, and only the banner.
  ...['alert', 'error', 'tooltip'].map((name): Component => [ofClass(name), () => '']),
  ...['h1', 'svg'].map((name): Component => [named(name), () => '']),
  [ofClass('default'), () => tag('input', { type: 'submit', class: 'defaut', value: '' })],
  [ofClass('columns'), columns],
  [(element) => ofClass('card')(element) || named('fieldset')(element), box],
  [ofClass('fields'), ({ children }, dress) => fieldTable(children.filter(isTag), dress)],
  [ofClass('security'), securityRow],
  [ofClass('buttons'), ({ children }, dress) => `<p class="boutons" align="center">${dress(children)}</p>`],
  [ofClass('tip'), within],
  [ofClass('notice'), ({ children }, dress) => `<p class="nota"><i>${dress(children)}</i></p>`],
  [ofClass('success'), ({ children }, dress) => table('succes', `<tr><td>${dress(children)}</td></tr>`)],
  [ofClass('hint'), ({ children }, dress) => `<font class="aide">${dress(children)}</font>`],
  [named('label'), within],
  [named('output'), ({ children }, dress) => `<b>${dress(children)}</b>`],
  [named('button'), button],
  [ofClass('button'), (element) => pictureLink(element, element.attribs)],
];

/** A function that dresses the nodes of one page; `forms` are its forms by id. */
export function dresser(forms: ReadonlyMap<string, Element>): Dress {
  const dress: Dress = (nodes) => grouped(meaningfulOrText(nodes)).map(part).join('');
  const part = (group: Node | Element[]): string => {
    if (Array.isArray(group)) return (isStacked(group) ? stackedTable : fieldTable)(group, dress);
    if (!isTag(group)) return group.type === 'text' ? escaped(group.data) : '';
    const cancelled = group.name === 'button' ? forms.get(group.attribs.form ?? '') : undefined;
    if (cancelled?.attribs.method === 'get') {
      return pictureLink(group, { href: cancelled.attribs.action ?? '' });
    }
    if (group.name === 'form' && meaningful(group.children).length === 0) return '';
    const component = components.find(([is]) => is(group));
    return component ? component[1](group, dress) : opening(group) + dress(group.children) + closing(group);
  };
  return dress;
}

function meaningfulOrText(nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => isTag(node) || node.type === 'text');
}

/** Fields that follow one another, blanks aside, come together: they are one table. */
function grouped(nodes: readonly Node[]): (Node | Element[])[] {
  const groups: (Node | Element[])[] = [];
  for (const node of nodes) {
    const last = groups.at(-1);
    const isField = isTag(node) && hasClass(node, 'field');
    if (isField && Array.isArray(last)) last.push(node);
    else if (isField) groups.push([node]);
    else if (!(Array.isArray(last) && node.type === 'text' && node.data.trim() === '')) groups.push(node);
  }
  return groups;
}

/** A box with its heading in a bar; a form is around its box. */
function box(element: Element, dress: Dress): string {
  const heading = element.children.filter(isTag).find(({ name }) => /^(?:h2|legend)$/.test(name));
  const bar = heading
    ? `<tr>${tag('td', { class: 'entete', id: heading.attribs.id })}${dress(heading.children)}</td></tr>\n`
    : '';
  const rest = element.children.filter((node) => node !== heading);
  const content = table('boite', `${bar}<tr><td class="contenu">${dress(rest)}</td></tr>`);
  if (element.name === 'form') return opening(element) + content + closing(element);
  return element.attribs.id ? `${tag('a', { name: element.attribs.id })}</a>${content}` : content;
}

/** The boxes of the home page: help across, the others side by side. */
function columns({ children }: Element, dress: Dress): string {
  const boxes = children.filter(isTag);
  const across = boxes.filter(ofClass('help')).map((one) => `<tr><td colspan="2">${dress([one])}</td></tr>`);
  const beside = boxes.filter((one) => !hasClass(one, 'help'));
  const cells = beside.map((one) => `<td width="50%" valign="top">${dress([one])}</td>`);
  return table('colonnes', `${across.join('')}<tr>${cells.join('')}</tr>`);
}

/** A button as a picture that sends the form; one that empties it has no such picture. */
function button(element: Element): string {
  const { type, name, value = '', class: classes = '' } = element.attribs;
  const text = textContent(element).trim();
  if (type === 'reset' || type === 'button') return tag('input', { type, value: text });
  const isIcon = hasClass(element, 'icon');
  const posted = name === undefined ? undefined : wireName(`${name}=${value}`);
  const picture = isIcon ? refreshPicture : buttonPicture(text, { quiet: /quiet|plain/.test(classes) });
  const { id, formaction, tabindex } = element.attribs;
  return tag('input', {
    ...{ type: 'image', id, name: posted, formaction, tabindex },
    alt: isIcon ? 'Actualiser' : text,
    title: tooltipOf(element),
    class: hasClass(element, 'no-script') ? 'no-script' : undefined,
    ...dataOf(element),
    ...picture,
  });
}

function dataOf({ attribs }: Element): Record<string, string> {
  return Object.fromEntries(Object.entries(attribs).filter(([key]) => key.startsWith('data-')));
}

/** The tooltip that shows when the pointer is on the button: here, the browser's own. */
function tooltipOf({ parent }: Element): string | undefined {
  if (!parent || !isTag(parent) || !hasClass(parent, 'on-hover')) return undefined;
  const tooltip = find(parent.children, ofClass('tooltip'));
  return (
    tooltip &&
    meaningful(tooltip.children)
      .map((node) => textContent(node).trim())
      .join('\n')
  );
}

/** A link that looks like a button. */
function pictureLink(element: Element, attribs: Element['attribs']): string {
  const text = textContent(element).trim();
  const picture = buttonPicture(text, { quiet: hasClass(element, 'quiet') });
  const link = opening({ name: 'a', attribs }, { class: undefined });
  return `${link}${tag('img', { alt: text, border: '0', ...picture })}</a>`;
}
