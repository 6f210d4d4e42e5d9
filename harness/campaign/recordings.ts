import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which scenarios leave a recording: those that did not pass, or all. */
type Kept = 'failed' | 'all';

/** What scenarios are recorded as, raw, in a folder outside the campaign's: it is redacted before anybody sees it. Checks
 * that do not pass leave their last exchanges there whatever is asked for. */
export type Recordings = { folder: string; trace?: Kept | undefined; har?: Kept | undefined };

/** The environment variable that holds them as JSON; absent outside a campaign. */
export const recordingsVariable = 'GUICHET_RECORDINGS';

export function readRecordings(environment: NodeJS.ProcessEnv = process.env): Recordings | undefined {
  const text = environment[recordingsVariable];
  return text ? (JSON.parse(text) as Recordings) : undefined;
}

/** Where the HAR of a scenario's n-th browser context is written; `test` is Playwright's id and repetition of it. */
export function harPath({ folder }: Recordings, test: string, number: number): string {
  return join(folder, 'har', `${test}-har-${number}.har`);
}

/** A recording that is kept, raw: its evidence id and its file's name, once for all in the campaign. */
export type Raw = { id: string; type: 'trace' | 'har'; name: string };

/** Sets aside what was recorded of one scenario, if it is to be kept; `trace` is the file that Playwright attached. */
export function keepRaw(
  { folder, trace: tracesOf, har: harsOf }: Recordings,
  { test, passed, trace }: { test: string; passed: boolean; trace: string | undefined },
): Raw[] {
  const isKept = (kept: Kept | undefined) => kept === 'all' || (kept === 'failed' && !passed);
  const aside = setAside(folder);
  mkdirSync(aside, { recursive: true });
  const kept: Raw[] = [];
  if (trace && isKept(tracesOf)) {
    renameSync(trace, join(aside, `${test}-trace.zip`));
    kept.push({ id: `${test}-trace`, type: 'trace', name: `${test}-trace.zip` });
  }
  for (const name of isKept(harsOf) ? filesIn(join(folder, 'har')) : []) {
    if (!name.startsWith(`${test}-har-`)) continue;
    renameSync(join(folder, 'har', name), join(aside, name));
    kept.push({ id: name.replace(/\.har$/, ''), type: 'har', name });
  }
  return kept;
}

/** Sets aside the exchanges that a check cites, as a HAR by that file name. */
export function keepExchanges({ folder }: Recordings, name: string, har: Buffer): void {
  mkdirSync(setAside(folder), { recursive: true });
  writeFileSync(join(setAside(folder), name), har);
}

/** The folder of what is kept, raw. */
function setAside(folder: string): string {
  return join(folder, 'kept');
}

/** The raw recordings that are kept. */
export function rawRecordings({ folder }: Recordings): { name: string; path: string }[] {
  return filesIn(setAside(folder)).map((name) => ({ name, path: join(setAside(folder), name) }));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
