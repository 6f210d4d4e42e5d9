/** What a form posted, whatever it posted: only single texts count. */
export type Posted = Readonly<Record<string, unknown>>;

/** The body of a request as a form; anything that is not a form counts as an empty one. */
export function asPosted(body: unknown): Posted {
  return typeof body === 'object' && body !== null ? (body as Posted) : {};
}

/** The text posted under that name; empty when it is missing, or posted more than once. */
export function textOf(posted: Posted, name: string): string {
  const value = Object.hasOwn(posted, name) ? posted[name] : undefined;
  return typeof value === 'string' ? value.toWellFormed() : '';
}

/** How many characters a person counts in it. */
export function characters(value: string): number {
  return [...value.normalize('NFC')].length;
}

/** What is wrong with a field: its POST name, its label, the end of the sentence. */
export type Problem = { field: string; label: string; text: string };
