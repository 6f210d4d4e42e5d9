import { readFileSync } from 'node:fs';

const towns = new Map<string, readonly string[]>(
  Object.entries(JSON.parse(readFileSync(new URL('communes.json', import.meta.url), 'utf8'))),
);

/** The towns of a postal code of five digits, in alphabetical order; none when the code is unknown. */
export function townsOf(codePostal: string): readonly string[] {
  return towns.get(codePostal) ?? [];
}
