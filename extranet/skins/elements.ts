import { readFileSync } from 'node:fs';
import { homeAddress } from './addresses.ts';
import { type Element, tag } from './markup.ts';
import { wireName } from './wire-names.ts';

/** What the HTML of 2009 had, the few newer ones that the pages do not work without, and what the script reads. */
const kept =
  /^(?:name|value|type|src|href|alt|width|height|checked|selected|disabled|readonly|hidden|maxlength|action|method|target|title|class|formaction|tabindex|id|data-.+)$/;

/** The ids that the pages' script looks for: the only ones that a field keeps. */
const script = readFileSync(new URL('../assets/form.js', import.meta.url), 'utf8');
const scriptIds = new Set([...script.matchAll(/getElementById\('([\w-]+)'\)/g)].map(([, id]) => id));

const newer = /^(?:section|article|aside|header|footer|main|nav|figure|fieldset)$/;
const voids = /^(?:input|img|br|hr)$/;
const fields = /^(?:input|select|textarea|button)$/;

/** The opening tag of an element with other attributes put over its own; `undefined` takes one away. */
export function opening(
  { name, attribs }: Pick<Element, 'name' | 'attribs'>,
  other: Readonly<Record<string, string | undefined>> = {},
): string {
  const own: Record<string, string | undefined> = {};
  for (const [key, value] of Object.entries(attribs)) {
    if (!kept.test(key)) continue;
    if (key === 'id' && fields.test(name) && !scriptIds.has(value)) continue;
    own[key] = key === 'href' || key === 'action' ? homeAddress(value) : value;
  }
  if (own.name !== undefined) own.name = wireName(own.name);
  // The kinds that came later: a browser of then made a text field of them.
  if (name === 'input' && !/^(?:hidden|password|checkbox|radio|file)$/.test(own.type ?? ''))
    own.type = 'text';
  return tag(newer.test(name) ? 'div' : name, { ...own, ...other });
}

export function closing({ name }: Element): string {
  return voids.test(name) ? '' : `</${newer.test(name) ? 'div' : name}>`;
}
