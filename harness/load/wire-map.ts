import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Demande } from '../../fixtures/demande.ts';
import type { FormField, WireMap } from '../../fixtures/wire-map.ts';
import { lookFolder, sendLook } from '../campaign/send-look.ts';
import { GuichetError } from '../errors.ts';
import type { TargetProfile } from '../target/profile.ts';
import { writeWhole } from '../whole-file.ts';

const path = z.string().regex(/^\/(?!\/)/, 'a path begins with one /');
const entry = z.union([
  z.strictObject({ name: z.string(), value: z.string().transform((name) => name as FormField) }),
  z.strictObject({ name: z.string(), hidden: z.literal(true) }),
  z.strictObject({ name: z.string(), fixed: z.string() }),
]);
const form = z.strictObject({
  page: path,
  size: z.int().nonnegative(),
  action: path,
  charset: z.enum(['utf-8', 'windows-1252']),
  key: z.string().min(1),
  entries: z.array(entry).min(1),
});
const request = z.strictObject({
  method: z.string(),
  path,
  headers: z.record(z.string(), z.string()),
  body: z.string().optional(),
});
const wireMap: z.ZodType<WireMap> = z.strictObject({
  home: z.array(path).min(1),
  siret: form,
  code: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('fixed'), answer: z.string() }),
    z.strictObject({ kind: z.literal('oracle'), url: z.string(), tokenHeader: z.string() }),
  ]),
  towns: z.array(request),
  form,
  confirmation: path.optional(),
  townValues: z.record(z.string(), z.string()),
});

/** Validates a wire map that was kept; throws `GUICHET_HARNESS` when it is none. */
export function parseWireMap(value: unknown): WireMap {
  const parsed = wireMap.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new GuichetError(
    'GUICHET_HARNESS',
    `The wire map is wrong at ${issue?.path.join('.') || 'its root'} (${issue?.message}).`,
    'Remove it, so that it is read anew.',
  );
}

/**
 * Reads the wire map of a target: a browser walks its form once, as that person. `sends`: the form is sent, which makes a
 * demande, to be planned in the ledger before; else it is held back, and an accepted ENVOYER is told by elimination.
 * `environment` holds the secrets that the profile names. Prints what it finds. Throws `GUICHET_BROWSER_MISSING`, and
 * `GUICHET_PROFILE_INVALID` when a step does not open or something is not posted.
 */
export async function readWireMap({
  profile,
  environment,
  demande,
  sends,
  signal,
}: {
  profile: TargetProfile;
  environment: NodeJS.ProcessEnv;
  demande: Demande;
  sends: boolean;
  signal: AbortSignal;
}): Promise<WireMap> {
  using folder = lookFolder();
  const result = join(folder.path, 'wire.json');
  const file = join(folder.path, 'target.json');
  writeFileSync(file, JSON.stringify(profile));
  const look = { kind: 'wire' as const, profile: file, demande, sends, result };
  const findings = await sendLook(look, folder.path, signal, { ...process.env, ...environment });
  if (existsSync(result)) return parseWireMap(JSON.parse(readFileSync(result, 'utf8')));
  const wrong = findings.find(({ state }) => state === 'wrong');
  throw new GuichetError(
    'GUICHET_PROFILE_INVALID',
    `The form of "${profile.name}" could not be walked (${wrong?.found ?? 'interrupted'}).`,
    wrong?.remedy ?? 'Run "npx guichet target check FILE".',
  );
}

/** The wire map that the folder of a campaign keeps, else what `read` answers now, which it then keeps. */
export async function keptWireMap(folder: string, read: () => WireMap | Promise<WireMap>): Promise<WireMap> {
  const path = join(folder, 'wire.json');
  if (existsSync(path)) return parseWireMap(JSON.parse(readFileSync(path, 'utf8')));
  const found = await read();
  writeWhole(path, `${JSON.stringify(found, null, 2)}\n`);
  return found;
}
