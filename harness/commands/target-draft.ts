import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lookFolder, sendLook } from '../campaign/send-look.ts';
import { exitCode, GuichetError } from '../errors.ts';
import { reach } from '../target/doors.ts';
import { assumptions, type Code, type Draft, draftProfile, type Known } from '../target/draft.ts';
import { lineOf } from '../target/finding.ts';
import { isLoopback } from '../target/origin.ts';
import { parseProfile } from '../target/profile.ts';
import { schemaFile } from '../target/profile-schema.ts';
import { openRequests } from '../target/request.ts';
import type { Arguments } from './command.ts';

/** Where the profile goes that no flag names. */
const defaultFile = 'target.json';

/** `guichet target draft URL`: writes a first profile of a site. Answers 0 when it is written, else 3. */
export async function draftFile(
  url: string,
  flags: Arguments['flags'],
  signal: AbortSignal,
): Promise<number> {
  const file = typeof flags.out === 'string' ? flags.out : defaultFile;
  const known = readKnown(url, flags);
  if (existsSync(file) && !flags.force)
    throw new GuichetError(
      'GUICHET_USAGE',
      `${file} exists.`,
      'Give --force to write over it, or another --out.',
    );
  // Before a browser starts.
  const requests = await openRequests(
    parseProfile(draftProfile(known, { locators: {}, controls: {} }), file),
    process.env,
  );
  await reach(requests, url).finally(() => requests.close());
  using folder = lookFolder();
  const result = join(folder.path, 'draft.json');
  const findings = await sendLook({ kind: 'draft', known, result }, folder.path, signal);
  if (!existsSync(result)) {
    process.stdout.write(`${file} is not written: the look was cut short.\n`);
    return exitCode.inconclusive;
  }
  const profile = draftProfile(known, JSON.parse(readFileSync(result, 'utf8')) as Draft);
  parseProfile(profile, file);
  writeFileSync(file, `${JSON.stringify({ $schema: schemaFrom(file), ...profile }, null, 2)}\n`);
  const assumed = assumptions(profile);
  for (const line of assumed) process.stdout.write(`${lineOf(line)}\n`);
  const open = findings.filter(({ state }) => state !== 'found').length + assumed.length;
  process.stdout.write(
    `${file} is written, with ${open} lines to see to (not marked ✔). Then: npx guichet target check ${file}\n`,
  );
  return 0;
}

/** Throws `GUICHET_USAGE` for what is no URL, and `GUICHET_ORIGIN_REFUSED` for one that is not on loopback. */
function readKnown(url: string, flags: Arguments['flags']): Known {
  const { siret } = flags;
  if (typeof siret === 'string' && !/^\d{14}$/.test(siret))
    throw new GuichetError('GUICHET_USAGE', `--siret is "${siret}".`, 'Give 14 digits without spaces.');
  const code = readCode(flags);
  for (const one of [url, ...(code && 'url' in code ? [code.url] : [])]) {
    if (!URL.canParse(one))
      throw new GuichetError(
        'GUICHET_USAGE',
        `"${one}" is no URL.`,
        'Give it whole, such as http://127.0.0.1:8120/aparts/',
      );
    // A site elsewhere has no profile yet that could name SIRETs and a limit.
    if (!isLoopback(new URL(one)))
      throw new GuichetError(
        'GUICHET_ORIGIN_REFUSED',
        `${one} is not on loopback.`,
        'Write the profile of a site elsewhere by hand: docs/foreign-targets.md.',
      );
  }
  return { url, ...(code ? { code } : {}), ...(typeof siret === 'string' ? { siret } : {}) };
}

function readCode(flags: Arguments['flags']): Code | undefined {
  const { code: answer, 'code-url': url } = flags;
  if (typeof answer === 'string' && typeof url === 'string')
    throw new GuichetError('GUICHET_USAGE', '--code and --code-url exclude each other.', 'Give one.');
  if (typeof answer === 'string') return { answer };
  return typeof url === 'string' ? { url } : undefined;
}

/** The path of the schema as seen from the profile, for editors. */
function schemaFrom(file: string): string {
  const path = relative(dirname(resolve(file)), fileURLToPath(schemaFile))
    .split(sep)
    .join('/');
  return path.startsWith('.') ? path : `./${path}`;
}
