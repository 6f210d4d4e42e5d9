/**
 * What a browser takes from a page without being asked: hidden fields and the options of a list. By patterns and
 * not k6's `parseHTML`, which costs more than the request itself.
 */

/** The hidden fields of the form that holds the field `name`; empty when the page has no such form. */
export function hiddenFields(html: string, name: string): Record<string, string> {
  const form = formWith(html, name) ?? '';
  const fields: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<input\b[^>]*>/gi)) {
    const field = attribute(tag, 'name');
    if (field && attribute(tag, 'type')?.toLowerCase() === 'hidden')
      fields[field] = attribute(tag, 'value') ?? '';
  }
  return fields;
}

/** Whether some form of the page holds the field `name`. */
export function hasField(html: string, name: string): boolean {
  return formWith(html, name) !== undefined;
}

/** The first option of the list `name` that stands for a choice, or undefined. */
export function firstOption(html: string, name: string): string | undefined {
  for (const [, tag = '', body = ''] of html.matchAll(/(<select\b[^>]*>)([\s\S]*?)<\/select>/gi)) {
    if (attribute(tag, 'name') !== name) continue;
    for (const [, option = '', text = ''] of body.matchAll(/(<option\b[^>]*>)([^<]*)/gi)) {
      const value = attribute(option, 'value') ?? decoded(text.trim());
      if (value !== '' && !/\sdisabled\b/i.test(option)) return value;
    }
  }
  return undefined;
}

function formWith(html: string, name: string): string | undefined {
  for (const [form] of html.matchAll(/<form\b[\s\S]*?<\/form>/gi)) {
    for (const [tag] of form.matchAll(/<(?:input|select|textarea)\b[^>]*>/gi)) {
      if (attribute(tag, 'name') === name) return form;
    }
  }
  return undefined;
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  return value === undefined ? undefined : decoded(value);
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, decimal, hexadecimal, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hexadecimal) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return entities[name] ?? whole;
  });
}
