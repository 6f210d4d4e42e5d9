import { resolve } from 'node:path';
import { lookFolder, sendLook } from '../campaign/send-look.ts';
import { exitCode } from '../errors.ts';
import { type Finding, lineOf } from '../target/finding.ts';
import { inspect } from '../target/inspection.ts';
import { readProfile } from '../target/profile.ts';

/** `guichet target check FILE`: a line for each thing that the profile says. Answers 0 when all is so, else 3. */
export async function checkProfile(file: string, signal: AbortSignal): Promise<number> {
  const profile = readProfile(file);
  const findings: Finding[] = [];
  const tell = (found: Finding) => {
    findings.push(found);
    process.stdout.write(`${lineOf(found)}\n`);
  };
  tell({ state: 'found', key: 'name', found: `« ${profile.name} », a valid profile` });
  const home = await inspect(profile, process.env, tell);
  if (home) {
    using folder = lookFolder();
    findings.push(...(await sendLook({ kind: 'check', profile: resolve(file) }, folder.path, signal)));
  } else {
    tell({ state: 'untried', key: 'locators', found: 'not without baseUrl' });
  }
  for (const [id, reason] of Object.entries(profile.inapplicable))
    tell({ state: 'untried', key: `inapplicable.${id}`, found: `not judged: ${reason}` });
  const wrong = findings.filter(({ state }) => state === 'wrong').length;
  const found = findings.filter(({ state }) => state === 'found').length;
  process.stdout.write(
    signal.aborted
      ? 'Interrupted.\n'
      : `${found} found, ${wrong} to correct: ${wrong > 0 ? `mend ${file} and try again` : `npx guichet check --target ${file}`}\n`,
  );
  return wrong > 0 || signal.aborted ? exitCode.inconclusive : 0;
}
