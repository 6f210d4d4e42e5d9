/** A header, cookie or form value as HAR and Playwright's traces write it. */
const pair = /("name":\s*"((?:[^"\\]|\\.)*)",\s*"value":\s*")((?:[^"\\]|\\.)+)"/g;

const cookie = /^(?:set-)?cookie$/i;
/** Who comes, and what a session or a form is known by. */
const telling = /^(?:proxy-)?authorization$|^(?:set-)?cookie$|session|token|jeton|csrf|secret|api-?key/i;

/** Long and drawn at random, as a session's id is; a value such as `fr-FR` stands in ordinary text. */
const drawn = /^(?=.*\d)(?=.*[a-z])\S{10,}$/i;

/** The session ids, tokens and credentials that a recording of exchanges holds: secrets that nobody handed over. */
export function tokensIn(recording: string): string[] {
  const found = new Set<string>();
  for (const [, , name = '', value = ''] of recording.matchAll(pair)) {
    if (!telling.test(name)) continue;
    // « a=1; b=2 », « a=1; Path=/ » and « Basic … » too.
    const parts = cookie.test(name)
      ? value.split(/;\s*/).map((part) => part.replace(/^[^=]*=/, ''))
      : value.split(' ');
    for (const part of parts) if (drawn.test(part)) found.add(part);
  }
  return [...found];
}

/** The recording with the values of such headers, cookies and form fields replaced, whatever they are. */
export function withoutTokens(recording: string, mark: (value: string) => string): string {
  return recording.replace(pair, (whole, before: string, name: string, value: string) =>
    telling.test(name) ? `${before}${mark(value)}"` : whole,
  );
}
