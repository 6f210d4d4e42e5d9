import { GuichetError } from '../errors.ts';
import { parsePermit, permitVariable } from '../target/origin.ts';
import type { Arguments } from './command.ts';

/**
 * The exact origins that `--i-may` names, comma separated, or undefined without the flag. Throws `GUICHET_USAGE` for
 * anything else and where there is no `--target`, and `GUICHET_ORIGIN_REFUSED` for a government domain.
 */
export function permitOf(flags: Arguments['flags']): string | undefined {
  const given = flags['i-may'];
  if (typeof given !== 'string') return undefined;
  if (parsePermit(given).size > 0 && typeof flags.target === 'string') return given;
  throw new GuichetError(
    'GUICHET_USAGE',
    flags.target ? '--i-may names no origin.' : '--i-may without --target.',
    'Give both: --target FILE --i-may https://integration.example',
  );
}

/**
 * Puts a permit into the environment, where whatever opens the target reads it, in this process and in those that it
 * starts. One that the shell holds does not count for a command: it is given anew each time, or not at all.
 */
export function takePermit(permit: string | undefined): void {
  process.env[permitVariable] = permit ?? '';
}
