import { GuichetError } from '../errors.ts';
import { type Arguments, suggest } from './command.ts';

/** What `--fault`, `--skin` or `--browser` names, or undefined without the flag. Throws `GUICHET_USAGE` for an unknown name. */
export function nameOf(
  flags: Arguments['flags'],
  flag: 'fault' | 'skin' | 'coupling' | 'browser',
  known: readonly string[],
): string | undefined {
  const given = flags[flag];
  if (typeof given !== 'string' || known.includes(given)) return given as string | undefined;
  throw new GuichetError(
    'GUICHET_USAGE',
    `Unknown ${flag} "${given}".${suggest(given, known)}`,
    listOf(flag, given, known),
  );
}

/** As many as are read at once; of more, those that share a word with what was given. */
const few = 20;

function listOf(flag: string, given: string, known: readonly string[]): string {
  if (known.length <= few) return `Known ${flag}s: ${known.join(', ')}.`;
  const words = given
    .toLowerCase()
    .split(/\W+/)
    .filter((word) => word.length > 3);
  const akin = known.filter((name) => words.some((word) => name.includes(word))).slice(0, few);
  const some = akin.length === 0 ? '' : ` Some are: ${akin.join(', ')}.`;
  return `${known.length} are known (extranet/faults, harness/network).${some}`;
}
