import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { findRequirement } from '../../requirements/catalogue.ts';
import { GuichetError } from '../errors.ts';
import { access } from './access.ts';
import { captcha } from './captcha.ts';
import { clock } from './clock.ts';
import { door } from './door.ts';
import { mail } from './mail.ts';
import { addressesOf } from './permit.ts';
import { sirets } from './sirets.ts';

/** A named control or field that a person sees; profiles may say where it is when its label does not. */
const fieldNames = [
  'siret',
  'code',
  'cgu',
  'denomination',
  'numeroVoie',
  'extensionVoie',
  'typeVoie',
  'libelleVoie',
  'complement',
  'codePostal',
  'ville',
  'telephone',
  'fax',
  'courriel',
  'confirmerCourriel',
  'nom',
  'prenom',
  'telephoneUtilisateur',
  'courrielUtilisateur',
  'confirmerCourrielUtilisateur',
  'questionSecrete',
  'reponse',
  'utilisateur',
  'motDePasse',
  'motDePasseActuel',
  'nouveauMotDePasse',
  'confirmerMotDePasse',
] as const;
export type FieldName = (typeof fieldNames)[number];

const locator = z.union([z.strictObject({ label: z.string() }), z.strictObject({ css: z.string() })]);

const profileSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1),
  baseUrl: z.url().describe('The home page, such as https://integration.example/aparts/'),
  access: access.optional(),
  captcha,
  clock,
  mail,
  mailDomain: z.string().describe('Domain of every address that Guichet invents; its mails reach `mail`'),
  sirets,
  maxSubmissions: z
    .int()
    .positive()
    .optional()
    .describe('Demandes that one campaign may send at most; no limit when absent'),
  reset: door
    .optional()
    .describe('POST {"sirets": [...]} makes the target forget those SIRETs, so that they serve again'),
  existingAccess: door
    .optional()
    .describe('POST {siret, courriel, identifiant, motDePasse, site} gives an establishment an access'),
  notification: door
    .optional()
    .describe('POST {siret, kind: instruction | invalidation | decision} makes the target send that mail'),
  siblings: z
    .array(z.strictObject({ name: z.string(), signInUrl: z.url(), passwordPage: z.url().optional() }))
    .default([])
    .describe('Other ASP sites over the same accounts, each with its sign-in page'),
  siretPage: z
    .url()
    .optional()
    .describe('The SIRET step, where scenarios start that do not judge the way from the home page'),
  passwordPage: z.url().optional().describe('Where a signed-in person changes the password'),
  deadlineHours: z.number().positive().default(48),
  locators: z.partialRecord(z.enum(fieldNames), locator).default({}),
  inapplicable: z.record(z.string(), z.string().min(1)).default({}),
});

/** One target: where it is, how its mails, its clock and its security code are reached. */
export type TargetProfile = z.infer<typeof profileSchema>;

/**
 * Validates a profile; whether its addresses may be contacted is the interlock's to say (`permit.ts`). Throws
 * `GUICHET_PROFILE_INVALID` naming the key.
 */
export function parseProfile(value: unknown, source: string): TargetProfile {
  const parsed = profileSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const key = issue?.path.join('.') || '(root)';
    throw new GuichetError('GUICHET_PROFILE_INVALID', `${source}: ${key}: ${issue?.message}.`);
  }
  const profile = parsed.data;
  for (const id of Object.keys(profile.inapplicable)) {
    if (!findRequirement(id)) {
      throw new GuichetError(
        'GUICHET_PROFILE_INVALID',
        `${source}: inapplicable.${id}: no such requirement.`,
      );
    }
  }
  for (const [key, { username, password }] of addressesOf(profile)) {
    if (!username && !password) continue;
    throw new GuichetError(
      'GUICHET_PROFILE_INVALID',
      `${source}: ${key}: holds a user or a password.`,
      'Write access.credentials with the names of environment variables instead.',
    );
  }
  return profile;
}

/** Reads a profile file; what it names beside itself gets its full path. Throws `GUICHET_PROFILE_INVALID` when it is missing or not JSON. */
export function readProfile(path: string): TargetProfile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new GuichetError(
      'GUICHET_PROFILE_INVALID',
      `${path} cannot be read.`,
      'Give --target an existing file.',
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new GuichetError('GUICHET_PROFILE_INVALID', `${path} is not JSON: ${(error as Error).message}.`);
  }
  const profile = parseProfile(value, path);
  const { access } = profile;
  return access?.caFile
    ? { ...profile, access: { ...access, caFile: resolve(dirname(path), access.caFile) } }
    : profile;
}
