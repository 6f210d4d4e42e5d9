// Control characters, bidirectional overrides and other invisible ones: a judged page could use them to drive
// a terminal or to make a report read otherwise than it is. The last two no XML document may hold.
const invisible = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|[\ufffe\uffff]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * A text of the judged target made harmless and honest: control and invisible characters are shown as
 * escapes (`\u001b`), lone surrogates replaced. New lines and tabs stay.
 */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').toWellFormed().replace(invisible, escaped);
}

/** The same on one line. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}
