import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean "x"?` when some known name is near enough, else nothing. */
export function suggest(given: string, known: readonly string[]): string {
  const name = nearest(given, known);
  return name === undefined ? '' : ` Did you mean "${name}"?`;
}

/** The known name that was meant, whatever its case, or undefined when none is near enough. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const low = given.toLowerCase();
  const found = closest(
    low,
    known.map((name) => name.toLowerCase()),
  );
  if (distance(low, found) > Math.max(2, given.length / 3)) return undefined;
  return known.find((name) => name.toLowerCase() === found);
}
