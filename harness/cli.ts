#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Command, parseArguments, suggest } from './commands/command.ts';
import { exitCode, GuichetError } from './errors.ts';

// What is loaded is compiled once, here and in the processes that we start: a third off the start.
const cache = fileURLToPath(new URL('../.cache/node', import.meta.url));
process.env.NODE_COMPILE_CACHE ??= cache;
enableCompileCache(process.env.NODE_COMPILE_CACHE);

/** A command is loaded when it is asked for: help and usage errors answer at once. */
type Entry = { summary: string; load(): Promise<Command> };

const commands: Record<string, Entry> = {
  check: {
    summary: 'judges whether the target follows the procedure',
    load: async () => (await import('./commands/check.ts')).check,
  },
  follow: {
    summary: 'judges, days later, the mails of a check or a load on a real clock',
    load: async () => (await import('./commands/follow.ts')).follow,
  },
  prove: {
    summary: 'breaks the extranet on purpose and demands that the scenarios notice',
    load: async () => (await import('./commands/prove.ts')).prove,
  },
  load: {
    summary: 'sends demandes under load and accounts for each of them and its three mails',
    load: async () => (await import('./commands/load.ts')).load,
  },
  forecast: {
    summary: 'tells from a load campaign at what rate, and at what hour, the 48 h promise breaks',
    load: async () => (await import('./commands/forecast.ts')).forecast,
  },
  ledger: {
    summary: 'takes what the pods of a load run have told into the ledger of the campaign',
    load: async () => (await import('./commands/ledger.ts')).ledger,
  },
  report: {
    summary: 'shows a campaign as Markdown, HTML, JUnit, CTRF, EARL, CSV or JSON; merges parts',
    load: async () => (await import('./commands/report.ts')).report,
  },
  diff: {
    summary: 'compares two campaigns: what turned red, green, untested, slower',
    load: async () => (await import('./commands/diff.ts')).diff,
  },
  waive: {
    summary: 'writes a dated exception for one requirement, to be filled in',
    load: async () => (await import('./commands/waive.ts')).waive,
  },
  target: {
    summary: 'tries a target profile on its live target, or drafts a first one',
    load: async () => (await import('./commands/target.ts')).target,
  },
  serve: {
    summary: 'runs the extranet and the mail catcher on fixed ports, to click around in',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  mail: {
    summary: 'catches mails as MailHog does, on loopback, and shows them on a page',
    load: async () => (await import('./commands/mail.ts')).mail,
  },
  doctor: {
    summary: 'tells what this machine has of what Guichet needs, each with its remedy',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
};

// Guichet's own tests: `npm test` runs them; not a command of the product.
const hidden: Record<string, Entry> = {
  selftest: {
    summary: 'runs the tests of Guichet itself',
    load: async () => (await import('./commands/selftest.ts')).selftest,
  },
};

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
  const entry = commands[name] ?? hidden[name];
  if (!entry) {
    throw new GuichetError(
      'GUICHET_USAGE',
      `Unknown command "${name}".${suggest(name, Object.keys(commands))}`,
    );
  }
  const command = await entry.load();
  const parsed = parseArguments(args, command);
  if (parsed.flags.help) {
    process.stdout.write(command.help);
    return 0;
  }
  return await command.run(parsed, signal);
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

// A reader that has seen enough (`| head`) is no fault: the campaign goes on to its report.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

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
