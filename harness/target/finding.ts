import { stripVTControlCharacters, styleText } from 'node:util';
import { z } from 'zod';
import { GuichetError } from '../errors.ts';

/** What was found where a profile says that something is; one line of `guichet target check` and `draft`. */
export const finding = z.strictObject({
  /** `unsure`: assumed, or guessed; `untried`: nothing to find out, or not without what the finding names. */
  state: z.enum(['found', 'wrong', 'unsure', 'untried']),
  /** The key of the profile (`locators.siret`), or the control by its name (`VALIDER`). */
  key: z.string(),
  /** What is there, in a few words. */
  found: z.string(),
  /** What to write instead, or what to do. */
  remedy: z.string().optional(),
});
export type Finding = z.infer<typeof finding>;

/** Takes a finding the moment it is made. */
export type Tell = (finding: Finding) => void;

const marks = {
  found: ['✔', 'green'],
  wrong: ['×', 'red'],
  unsure: ['?', 'yellow'],
  untried: ['–', 'yellow'],
} as const;

/** The longest key of a field: what is found stands in one column. */
const keyWidth = 'locators.confirmerCourrielUtilisateur'.length;

/** The line that a person reads; in colour on a terminal. */
export function lineOf({ state, key, found, remedy }: Finding): string {
  const [mark, colour] = marks[state];
  const painted = styleText(colour, mark, { stream: process.stdout });
  const said = remedy ? `${found.replace(/\.$/, '')}${/[?!]$/.test(found) ? '' : '.'} ${remedy}` : found;
  return `${painted} ${key.padEnd(keyWidth)}  ${said}`;
}

/**
 * Finds out one thing: what `look` answers is found, what it throws is wrong. `remedy`: what to do then, where the
 * error does not know better.
 */
export async function findOut(
  tell: Tell,
  key: string,
  look: () => Promise<string>,
  remedy?: string,
): Promise<boolean> {
  try {
    tell({ state: 'found', key, found: await look() });
    return true;
  } catch (error) {
    const coded = error instanceof GuichetError ? error : undefined;
    // At a door, "check baseUrl" would lead astray.
    const own = coded && (coded.code !== 'GUICHET_TARGET_UNREACHABLE' || !remedy) ? coded.remedy : remedy;
    const found = coded ? coded.what.replace(/\.$/, '') : firstLine(error);
    tell({ state: 'wrong', key, found, ...(own ? { remedy: own } : {}) });
    return false;
  }
}

/** The first line of what an error says. */
export function firstLine(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return (stripVTControlCharacters(said).split('\n')[0] ?? '').replace(/^Error: /, '');
}
