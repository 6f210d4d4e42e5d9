const name = '[A-Za-z_][\\w.-]*';
const value = '(?:[^<&"]|&(?:amp|lt|gt|quot|apos|#\\d+);)*';
const tag = new RegExp(`^<(/?)(${name})((?:\\s+${name}="${value}")*)\\s*(/?)>`);
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\]\]>/;

/** The first reason why the text is no well-formed XML 1.0 (no comments, CDATA or DTD), or undefined. */
export function malformed(xml: string): string | undefined {
  if (!xml.isWellFormed()) return 'a lone surrogate';
  const bad = forbidden.exec(xml);
  if (bad) return `a forbidden sequence at ${bad.index}`;
  let rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/, '');
  const open: string[] = [];
  let roots = 0;
  while (rest.trim() !== '') {
    const text = /^[^<]*/.exec(rest)?.[0] ?? '';
    if (text.replace(/&(?:amp|lt|gt|quot|apos|#\d+);/g, '').includes('&')) return `a bare & in ${text}`;
    if (open.length === 0 && text.trim() !== '') return `text outside the root: ${text}`;
    rest = rest.slice(text.length);
    const [whole, closing, element = '', attributes = '', empty] = tag.exec(rest) ?? [];
    if (whole === undefined) return `no tag at: ${rest.slice(0, 60)}`;
    const names = attributes.replace(/"[^"]*"/g, '').match(new RegExp(name, 'g')) ?? [];
    if (new Set(names).size < names.length) return `an attribute twice: ${whole}`;
    if (closing && open.pop() !== element) return `unexpected ${whole}`;
    if (!closing && open.length === 0) roots += 1;
    if (!closing && !empty) open.push(element);
    rest = rest.slice(whole.length);
  }
  return open.length > 0 || roots !== 1 ? `${roots} roots, ${open.length} left open` : undefined;
}
