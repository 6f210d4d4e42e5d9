#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { check } from './commands/check.ts';
import { type Command, parseArguments, suggest } from './commands/command.ts';
import { doctor } from './commands/doctor.ts';
import { load } from './commands/load.ts';
import { selftest } from './commands/selftest.ts';
import { serve } from './commands/serve.ts';
import { exitCode, GuichetError } from './errors.ts';

const commands: Record<string, Command> = { check, load, serve, doctor };
// Guichet's own tests: `npm test` runs them; not a command of the product.
const hidden: Record<string, Command> = { selftest };

function help(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `guichet: judges whether an extranet lets an employer open an Activité Partielle account.

Usage: npx guichet COMMAND [FLAGS]

${lines.join('\n')}

"npx guichet COMMAND --help" explains one. Exit codes: 0 conform, 1 not conform, 2 usage, 3 inconclusive.
`;
}

async function main([name, ...args]: string[], signal: AbortSignal): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') {
    process.stdout.write(help());
    return name === undefined ? exitCode.usage : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const command = commands[name] ?? hidden[name];
  if (!command) {
    throw new GuichetError(
      'GUICHET_USAGE',
      `Unknown command "${name}".${suggest(name, Object.keys(commands))}`,
    );
  }
  const parsed = parseArguments(args, command.options);
  if (parsed.flags.help) {
    process.stdout.write(command.help);
    return 0;
  }
  return await command.run(parsed, signal);
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

const stop = new AbortController();
// Once is enough to end in order; a second Ctrl+C finds the default and ends at once.
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

try {
  process.exitCode = await main(process.argv.slice(2), stop.signal);
} catch (error) {
  const known =
    error instanceof GuichetError
      ? error
      : new GuichetError('GUICHET_HARNESS', `${(error as Error).message}.`);
  process.stderr.write(`${known.message}\n`);
  if (known !== error && process.env.GUICHET_DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = known.exit;
}
