import { GuichetError } from '../errors.ts';
import { type Arguments, suggest } from './command.ts';

/** The fault that `--fault` names, or undefined without the flag. Throws `GUICHET_USAGE` for an unknown one. */
export function faultOf(flags: Arguments['flags'], known: readonly string[]): string | undefined {
  const { fault } = flags;
  if (typeof fault !== 'string' || known.includes(fault)) return fault as string | undefined;
  throw new GuichetError(
    'GUICHET_USAGE',
    `Unknown fault "${fault}".${suggest(fault, known)}`,
    `Known faults: ${known.join(', ')}.`,
  );
}
