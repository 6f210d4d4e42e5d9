import { DomUtils, parseDocument } from 'htmlparser2';

export type Node = ReturnType<typeof parseDocument>['childNodes'][number];
export type Element = Extract<Node, { attribs: unknown }>;

export const { isTag, textContent } = DomUtils;

/** A page as a tree; its texts and attributes are decoded. */
export function parsePage(html: string): Node[] {
  return parseDocument(html).childNodes;
}

export function hasClass(element: Element, name: string): boolean {
  return (element.attribs.class ?? '').split(' ').includes(name);
}

/** The first element within that the test finds, in document order. */
export function find(nodes: readonly Node[], test: (element: Element) => boolean): Element | undefined {
  return DomUtils.findOne(test, [...nodes]) ?? undefined;
}

/** All elements within that the test finds, in document order. */
export function findAll(nodes: readonly Node[], test: (element: Element) => boolean): Element[] {
  return DomUtils.findAll(test, [...nodes]);
}

/** The nodes without white space between elements, comments and the doctype. */
export function meaningful(nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => isTag(node) || (node.type === 'text' && node.data.trim() !== ''));
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A tag with its attributes; an attribute that is undefined is left out, an empty text stands alone. */
export function tag(name: string, attributes: Readonly<Record<string, string | undefined>> = {}): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : value === '' ? ` ${key}` : ` ${key}="${escaped(value)}"`,
  );
  return `<${name}${written.join('')}>`;
}
