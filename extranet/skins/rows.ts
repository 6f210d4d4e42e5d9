import type { Dress } from './components.ts';
import { opening } from './elements.ts';
import { type Element, find, hasClass, isTag, meaningful, type Node, tag } from './markup.ts';

/** How many of the six columns of the plain grid a field takes. */
const widths: Readonly<Record<string, number>> = { half: 3, third: 2, short: 2 };

/** The fields of a form as the rows of one table: labels in the cells beside them, nothing that ties the two. */
export function fieldTable(fields: readonly Element[], dress: Dress): string {
  const rows = packed(fields).map((row) => {
    if (row.length > 2) return headedRow(row, dress);
    const [first] = row;
    if (first && hasClass(first, 'check')) return boxRow(first, dress);
    return `<tr>${row.map((field) => pair(field, row.length === 1, dress)).join('')}</tr>`;
  });
  return table('saisie', rows.join('\n'));
}

/** Several passwords one below the other in one cell, their labels in the cell beside it. */
export function stackedTable(fields: readonly Element[], dress: Dress): string {
  const column = (part: (field: Element) => string) => fields.map(part).join('<br>\n');
  const labels = column((field) => `<span class="ligne">${labelOf(field, dress)}</span>`);
  const controls = column((field) => `<span class="ligne">${controlOf(field, dress)}</span>`);
  return table(
    'saisie',
    `<tr>${tag('td', { class: 'libelle', width: '40%' })}${labels}</td><td>${controls}</td></tr>`,
  );
}

export function isStacked(fields: readonly Element[]): boolean {
  const secret = (field: Element) => find(field.children, ({ attribs }) => attribs.type === 'password');
  return fields.length > 1 && fields.every(secret);
}

/** The code to copy in a row with its picture and what changes it. */
export function securityRow(security: Element, dress: Dress): string {
  const [field, challenge] = security.children.filter(isTag);
  if (!field || !challenge) return dress(security.children);
  const cells = meaningful(challenge.children).map((node) => `<td>${dress([node])}</td>`);
  return table('saisie', `<tr>${pair(field, false, dress)}${cells.join('')}</tr>`);
}

export function table(className: string, rows: string): string {
  const plain = { cellspacing: '0', cellpadding: '3', border: '0', width: '100%' };
  return `${tag('table', { class: className, ...plain })}\n${rows}\n</table>\n`;
}

function packed(fields: readonly Element[]): Element[][] {
  const rows: Element[][] = [];
  let room = 0;
  let before = 0;
  for (const field of fields) {
    const own = Object.keys(widths).find((name) => hasClass(field, name));
    // In the plain grid too, a wide field after a short one stands beside it.
    const width = own ? (widths[own] ?? 6) : before === 2 && room === 4 ? 4 : 6;
    if (width > room) {
      rows.push([]);
      room = 6;
    }
    rows.at(-1)?.push(field);
    room -= width;
    before = width;
  }
  return rows;
}

function pair(field: Element, alone: boolean, dress: Dress): string {
  const cell = tag('td', { valign: 'top', ...(alone ? { colspan: '3' } : { width: '30%' }) });
  return `${tag('td', { class: 'libelle', width: '20%' })}${labelOf(field, dress)}</td>${cell}${controlOf(field, dress)}</td>`;
}

/** Three and more in a table of their own: a row of labels above a row of fields. */
function headedRow(row: readonly Element[], dress: Dress): string {
  const heads = row.map((field) => `<td class="tete">${labelOf(field, dress)}</td>`).join('');
  const cells = row.map((field) => `<td valign="top">${controlOf(field, dress)}</td>`).join('');
  return `<tr><td colspan="4">${table('trois', `<tr>${heads}</tr>\n<tr>${cells}</tr>`)}</td></tr>`;
}

function boxRow(field: Element, dress: Dress): string {
  const box = find(field.children, ({ name }) => name === 'input');
  const cell = tag('td', { class: 'libelle', width: '20%' });
  return `<tr>${cell}${box ? opening(box) : ''}</td><td colspan="3">${labelOf(field, dress)}</td></tr>`;
}

function labelOf(field: Element, dress: Dress): string {
  const label = find(field.children, ({ name, attribs }) => name === 'label' && attribs.hidden === undefined);
  const text = label ? dress(label.children).trim() : '';
  return hasClass(field, 'check') || text === '' || text.endsWith(':') ? text : `${text}\u00a0:`;
}

/** The field itself, then what is said about it. */
function controlOf(field: Element, dress: Dress): string {
  const isLabel = (node: Node) => isTag(node) && node.name === 'label';
  const isHint = (node: Node) => isTag(node) && hasClass(node, 'hint');
  const nodes = meaningful(field.children);
  const hints = nodes.filter(isHint).map((node) => `<br>${dress([node])}`);
  return dress(nodes.filter((node) => !isLabel(node) && !isHint(node))) + hints.join('');
}
