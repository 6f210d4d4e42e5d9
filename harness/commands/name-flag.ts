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
    `Known ${flag}s: ${known.join(', ')}.`,
  );
}
