import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { GuichetError } from '../errors.ts';
import { suggest } from '../suggest.ts';

export { suggest };

/** One command of the CLI. */
export type Command = {
  /** The whole text of `guichet COMMAND --help`, example included. */
  help: string;
  options: ParseArgsOptionsConfig;
  /** What stands after `--` is another program's, and comes as `passed`. */
  passes?: boolean;
  /** Runs it and answers the exit code. `signal` aborts on Ctrl+C; servers and children are then ended. */
  run(args: Arguments, signal: AbortSignal): Promise<number>;
};

/** Parsed arguments: flags by name, then the words that are no flags, then those after `--` of a command that passes. */
export type Arguments = {
  flags: Record<string, string | boolean | undefined>;
  words: string[];
  passed?: string[];
};

/** Parses by the command's options. Throws `GUICHET_USAGE` that names the nearest flag. */
export function parseArguments(
  all: string[],
  { options, passes }: Pick<Command, 'options' | 'passes'>,
): Arguments {
  const end = passes ? all.indexOf('--') : -1;
  const args = end < 0 ? all : all.slice(0, end);
  const passed = end < 0 ? [] : all.slice(end + 1);
  const known = { ...options, help: { type: 'boolean', short: 'h' } } satisfies ParseArgsOptionsConfig;
  for (const arg of args) {
    const name = /^--(?:no-)?([^=]+)/.exec(arg)?.[1];
    if (name && !(name in known)) {
      throw new GuichetError(
        'GUICHET_USAGE',
        `Unknown flag "${arg}".${suggest(
          `--${name}`,
          Object.keys(known).map((flag) => `--${flag}`),
        )}`,
      );
    }
  }
  try {
    const { values, positionals } = parseArgs({ args, options: known, allowPositionals: true });
    return { flags: values as Arguments['flags'], words: positionals, passed };
  } catch (error) {
    throw new GuichetError('GUICHET_USAGE', `${(error as Error).message.replace(/\.?$/, '.')}`);
  }
}

/** A whole number of a flag, or undefined when the flag is absent. Throws `GUICHET_USAGE` otherwise. */
export function wholeNumber(
  flags: Arguments['flags'],
  name: string,
  { min = 0, max = 2 ** 31 - 1 } = {},
): number | undefined {
  const given = flags[name];
  if (given === undefined) return undefined;
  const value = Number(given);
  if (typeof given === 'string' && /^\d+$/.test(given) && value >= min && value <= max) return value;
  throw new GuichetError(
    'GUICHET_USAGE',
    `--${name} is "${given}".`,
    `Give a whole number from ${min} to ${max}.`,
  );
}
