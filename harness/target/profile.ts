import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { catalogue, findRequirement } from '../../requirements/catalogue.ts';
import { GuichetError } from '../errors.ts';
import { readJson } from '../json-file.ts';
import { access } from './access.ts';
import { captcha } from './captcha.ts';
import { clock } from './clock.ts';
import { door } from './door.ts';
import { mail } from './mail.ts';
import { addressesOf } from './permit.ts';
import { problemsOf, refusal, type Schema } from './profile-problems.ts';
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

const label = z.strictObject({
  label: z.string().min(1).describe('The label that the page shows, without * and colon'),
});
const css = z.strictObject({
  css: z.string().min(1).describe('A CSS selector that finds one element of its page'),
});
const byRole = z.strictObject({
  role: z.enum(['button', 'checkbox', 'combobox', 'link', 'listbox', 'textbox']).describe('Its ARIA role'),
  name: z.string().min(1).describe('Its accessible name'),
});
const locator = z.union([label, byRole, css]);
/** Where a button or a link is that is not found by its name. */
const controlLocator = z.union([byRole, css]);
export type ControlLocator = z.infer<typeof controlLocator>;

/** A requirement of the catalogue; editors propose them. */
const requirementId = z
  .string()
  .refine((id) => findRequirement(id) !== undefined, 'no such requirement')
  .meta({ enum: catalogue.map(({ id }) => id) });

/** The buttons and links that scenarios press, in the words of the procedure. */
const controlNames = [
  'CRÉER MON ESPACE',
  'CONTRAT DE PRESTATION',
  'Connexion',
  'Annuler',
  'J’ai oublié mon identifiant',
  'J’ai oublié mon mot de passe',
  'Contactez le support technique',
  'Changer le code',
  'VALIDER',
  'ANNULER',
  'ENVOYER',
] as const;
export type ControlName = (typeof controlNames)[number];

const profileSchema = z.strictObject({
  $schema: z.string().optional().describe('This schema, for editors'),
  name: z.string().min(1).describe('What reports and waivers call the target'),
  baseUrl: z.url().describe('The home page, such as https://integration.example/aparts/'),
  access: access
    .optional()
    .describe('What stands between us and the target: credentials, headers, a proxy, an authority'),
  captcha: captcha.describe('How the code of the security picture is known'),
  clock: clock.describe('The clock of the target, by which mails are due'),
  mail: mail.describe('Where the mails of the target end up'),
  mailDomain: z
    .string()
    .min(1)
    .describe('The domain of every address that Guichet invents; its mails reach "mail"'),
  sirets: sirets.describe('The SIRETs that may be used'),
  maxSubmissions: z
    .int()
    .positive()
    .optional()
    .describe('Demandes that one campaign may send at most; no limit when absent'),
  load: z
    .strictObject({
      rate: z.number().positive().describe('Submissions a minute, at most'),
      total: z.int().positive().describe('Submissions of one campaign, at most'),
    })
    .optional()
    .describe('How much load this target is given at most; needed where it is not on loopback'),
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
    .array(
      z.strictObject({
        name: z.string().min(1).describe('SYLAé, APEA, or another name'),
        signInUrl: z.url().describe('Its sign-in page'),
        passwordPage: z.url().optional().describe('Where a person signed in there changes the password'),
      }),
    )
    .default([])
    .describe('Other ASP sites over the same accounts, each with its sign-in page'),
  siretPage: z
    .url()
    .optional()
    .describe('The SIRET step, where scenarios start that do not judge the way from the home page'),
  passwordPage: z.url().optional().describe('Where a signed-in person changes the password'),
  deadlineHours: z
    .number()
    .positive()
    .default(48)
    .describe('Hours from the acceptance of ENVOYER within which the three mails are due'),
  frame: z
    .string()
    .min(1)
    .optional()
    .describe('The name, or else the id, of the frame on the home page that holds the application'),
  locators: z
    .partialRecord(z.enum(fieldNames), locator)
    .default({})
    .describe('Fields that their visible label does not find: another label, a role and name, or CSS'),
  controls: z
    .partialRecord(z.enum(controlNames), controlLocator)
    .default({})
    .describe('Buttons and links that the words of the procedure do not find, by those words'),
  inapplicable: z
    .record(requirementId, z.string().min(1).describe('Why it does not apply'))
    .default({})
    .describe('Requirements that are not judged here, each with its reason'),
});

/** One target: where it is, how its mails, its clock and its security code are reached. */
export type TargetProfile = z.infer<typeof profileSchema>;
/** A profile as it stands in its file, where what has a default may be missing. */
export type ProfileFile = z.input<typeof profileSchema>;

/** The profile as JSON Schema, for editors and for what errors say. */
export function profileJsonSchema(): Schema {
  return z.toJSONSchema(profileSchema, { target: 'draft-2020-12', io: 'input' }) as Schema;
}

/**
 * Validates a profile; whether its addresses may be contacted is the interlock's to say (`permit.ts`). Throws
 * `GUICHET_PROFILE_INVALID` with a line for each problem that names its key.
 */
export function parseProfile(value: unknown, source: string): TargetProfile {
  const parsed = profileSchema.safeParse(value);
  if (!parsed.success) {
    const problems = problemsOf(parsed.error, value, profileJsonSchema());
    throw refusal('GUICHET_PROFILE_INVALID', source, problems);
  }
  const profile = parsed.data;
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
  const value = readJson(path, {
    code: 'GUICHET_PROFILE_INVALID',
    remedy: 'Give --target an existing file.',
  });
  const profile = parseProfile(value, path);
  const { access } = profile;
  return access?.caFile
    ? { ...profile, access: { ...access, caFile: resolve(dirname(path), access.caFile) } }
    : profile;
}
