import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { findRequirement } from '../../requirements/catalogue.ts';
import { GuichetError } from '../errors.ts';

/** How far ahead a waiver may end, in days: a longer one is a requirement given up. */
const longestDays = 90;
/** What `guichet waive` writes where a person must write. */
const toFill = 'À COMPLÉTER';

const day = z.iso.date();

const waiver = z.strictObject({
  requirement: z.string().describe('Id of a MUST or a SHOULD, such as FORM-49'),
  target: z.string().min(1).describe('Name in the target profile'),
  reason: z.string().describe('Why it may fail for now'),
  owner: z.string().describe('Who answers for it: a person or a team, with an address'),
  expires: z
    .string()
    .describe(`Last day, YYYY-MM-DD: ${longestDays} days ahead at most`)
    .meta({ format: 'date' }),
});
export type Waiver = z.infer<typeof waiver>;

const file = z.strictObject({
  $schema: z.string().optional().describe('Where editors find this schema'),
  waivers: z.array(waiver).describe('Each for one requirement on one target'),
});

/** What an editor completes and explains; a first line of the files that are written here. */
export const waiversSchemaFile = new URL('./waivers.schema.json', import.meta.url);

/** The waivers' file as JSON Schema (draft 2020-12). */
export function waiversSchemaText(): string {
  const schema = z.toJSONSchema(file, { target: 'draft-2020-12' });
  return `${JSON.stringify({ ...schema, title: 'Guichet: waivers' }, null, 2)}\n`;
}

function refused(path: string, what: string, remedy?: string): GuichetError {
  return new GuichetError('GUICHET_WAIVER_INVALID', `${path}: ${what}`, remedy);
}

/**
 * The waivers of one target. Throws `GUICHET_WAIVER_INVALID` for any waiver of the file, whatever its target, that has no
 * reason, owner or date, names no judged requirement, ends more than 90 days after `today` (YYYY-MM-DD), or stands twice.
 */
export function readWaivers(path: string, { target, today }: { target: string; today: string }): Waiver[] {
  const { waivers } = parse(path);
  const seen = new Set<string>();
  for (const [at, each] of waivers.entries()) {
    const where = `waivers.${at}`;
    const level = findRequirement(each.requirement)?.level;
    if (!level || level === 'INFO')
      throw refused(path, `${where}.requirement is "${each.requirement}", which is no MUST or SHOULD.`);
    for (const key of ['reason', 'owner'] as const) {
      if (each[key].trim() === '' || each[key].includes(toFill))
        throw refused(
          path,
          `${where}.${key} is "${each[key]}".`,
          `Write the ${key} of the waiver of ${each.requirement}.`,
        );
    }
    if (!day.safeParse(each.expires).success)
      throw refused(path, `${where}.expires is "${each.expires}".`, 'Write a day as YYYY-MM-DD.');
    if (daysBetween(today, each.expires) > longestDays)
      throw refused(
        path,
        `${where}.expires is ${each.expires}, ${daysBetween(today, each.expires)} days ahead.`,
        `A waiver may last ${longestDays} days at most; renew it when it is still needed.`,
      );
    const key = `${each.requirement}/${each.target}`;
    if (seen.has(key))
      throw refused(path, `${where} waives ${each.requirement} on "${each.target}" a second time.`);
    seen.add(key);
  }
  return waivers.filter((each) => each.target === target);
}

/** Adds a waiver to the file, to be filled in by hand; until then the file is refused. */
export function draftWaiver(
  path: string,
  { requirement, target }: Pick<Waiver, 'requirement' | 'target'>,
): void {
  const { waivers, ...rest } = existsSync(path) ? parse(path) : { $schema: schemaFrom(path), waivers: [] };
  if (waivers.some((each) => each.requirement === requirement && each.target === target))
    throw refused(path, `${requirement} is waived on "${target}" already.`, 'Edit that entry.');
  const draft: Waiver = { requirement, target, reason: toFill, owner: toFill, expires: 'AAAA-MM-JJ' };
  writeFileSync(path, `${JSON.stringify({ ...rest, waivers: [...waivers, draft] }, null, 2)}\n`);
}

/** The schema's path as a file there names it. */
function schemaFrom(path: string): string {
  const found = relative(dirname(resolve(path)), fileURLToPath(waiversSchemaFile))
    .split(sep)
    .join('/');
  return found.startsWith('.') ? found : `./${found}`;
}

function parse(path: string): z.infer<typeof file> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw refused(path, `${(error as Error).message}.`, 'Give --waivers an existing JSON file.');
  }
  const parsed = file.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refused(path, `${issue?.path.join('.') || '(root)'}: ${issue?.message}.`);
}

/** Whole days from one day to another, both YYYY-MM-DD; negative when it is past. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

if (import.meta.main) writeFileSync(waiversSchemaFile, waiversSchemaText());
