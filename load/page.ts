/**
 * What a script takes from a page. By searching its text and not with k6's `parseHTML`, which costs more than the
 * request itself.
 */

/** Whether the page asks for the field `name`. */
export function hasField(html: string, name: string): boolean {
  return placeOf(html, name, 0) !== undefined;
}

/**
 * What the page holds in these hidden fields of the form that asks for the field `key`, decoded; a name that comes
 * twice is the field's second place. Throws when one is missing.
 */
export function hiddenValues(html: string, key: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const at = placeOf(html, key, 0)?.start ?? 0;
  const form = Math.max(html.lastIndexOf('<form', at), html.lastIndexOf('<FORM', at), 0);
  const next: Record<string, number> = {};
  const values: string[] = [];
  for (const name of names) {
    const place = placeOf(html, name, next[name] ?? form);
    if (!place) throw new Error(`the page has no hidden field ${name}`);
    next[name] = place.end;
    values.push(decoded(heldBy(html.slice(place.start, place.end))));
  }
  return values;
}

type Place = { start: number; end: number };

/** Where the tag of a field is, from there on. */
function placeOf(html: string, name: string, from: number): Place | undefined {
  const at = html.indexOf(` name="${name}"`, from);
  // The common spelling is found without a pattern.
  if (at >= 0) {
    const start = html.lastIndexOf('<', at);
    const end = html.indexOf('>', at) + 1;
    const tag = html.slice(start, end);
    if (isCommon(tag) && !cutsQuotes(tag)) return { start, end };
  }
  const tags = patternOf(name);
  tags.lastIndex = from;
  const found = tags.exec(html);
  return found ? { start: found.index, end: tags.lastIndex } : undefined;
}

function isCommon(tag: string): boolean {
  return tag.startsWith('<input ') || tag.startsWith('<select ') || tag.startsWith('<textarea ');
}

/** Whether a quoted value goes on behind the tag. */
function cutsQuotes(tag: string): boolean {
  return tag.split('"').length % 2 === 0;
}

const patterns = new Map<string, RegExp>();

/** Finds the tags of fields of that name, however they are written. */
function patternOf(name: string): RegExp {
  const known = patterns.get(name);
  if (known) return known;
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const rest = `(?:[^>"']|"[^"]*"|'[^']*')*`;
  const made = new RegExp(
    `<(?:input|select|textarea)\\b${rest}?\\sname\\s*=\\s*(?:"${quoted}"|'${quoted}'|${quoted}(?=[\\s>]))${rest}>`,
    'gi',
  );
  patterns.set(name, made);
  return made;
}

function heldBy(tag: string): string {
  const at = tag.indexOf(' value="');
  if (at >= 0) return tag.slice(at + 8, tag.indexOf('"', at + 8));
  const found = /\svalue\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(tag);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, decimal, hexadecimal, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hexadecimal) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return entities[name] ?? whole;
  });
}

/** Whether a page says that its site is not working now, whatever its status. */
export function tellsMaintenance(html: string): boolean {
  if (!/aintenance|ndisponible|site ferm/i.test(html)) return false;
  const text = html.slice(0, 20_000).replace(/<(script|style)\b[\s\S]*?<\/\1>|<[^>]*>/gi, ' ');
  return /maintenance|(?:service|site) (?:est )?(?:momentanément |temporairement |actuellement )?indisponible|site fermé/i.test(
    text.replace(/&eacute;/gi, 'é').replace(/\s+/g, ' '),
  );
}
