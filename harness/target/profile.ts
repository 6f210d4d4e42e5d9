import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { catalogue, findRequirement } from '../../requirements/catalogue.ts';
import { GuichetError } from '../errors.ts';
import { captcha } from './captcha.ts';
import { clock } from './clock.ts';
import { door } from './door.ts';
import { assertLoopback } from './origin.ts';
import { type Problem, problemsOf, type Schema } from './profile-problems.ts';
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

/** Buttons and links by the words of the procedure; the last one has a picture there, and no words. */
const controlNames = [
  'CRÉER MON ESPACE',
  'CONTRAT DE PRESTATION',
  'Annuler',
  'Connexion',
  'J’ai oublié mon identifiant',
  'J’ai oublié mon mot de passe',
  'Contactez le support technique',
  'VALIDER',
  'ANNULER',
  'ENVOYER',
  'Changer le code',
] as const;
export type ControlName = (typeof controlNames)[number];

const css = z.strictObject({
  css: z.string().min(1).describe('A CSS selector that finds one element of its page'),
});
const byRole = z.strictObject({
  role: z.enum(['button', 'checkbox', 'combobox', 'link', 'listbox', 'textbox']).describe('Its ARIA role'),
  name: z.string().min(1).describe('Its accessible name'),
});
const byLabel = z.strictObject({
  label: z.string().min(1).describe('The label that the page shows, without * and colon'),
});
const locator = z.union([byLabel, byRole, css]);
/** Where a button or a link is that is not found by its name. */
const controlLocator = z.union([byRole, css]);
export type ControlLocator = z.infer<typeof controlLocator>;

/** A requirement of the catalogue; editors propose them. */
const requirementId = z
  .string()
  .refine((id) => findRequirement(id) !== undefined, 'no such requirement')
  .meta({ enum: catalogue.map(({ id }) => id) });

const profileSchema = z.strictObject({
  $schema: z.string().optional().describe('This schema, for editors'),
  name: z.string().min(1).describe('What reports and waivers call the target'),
  baseUrl: z.url().describe('The home page, such as https://integration.example/aparts/'),
  captcha: captcha.describe('How the code of the security picture is known'),
  clock: clock.describe('The clock of the target, by which mails are due'),
  mail: z
    .strictObject({
      kind: z.literal('mailhog').describe('MailHog, or what speaks its API'),
      url: z.url().describe('Its base URL, without /api'),
    })
    .describe('Where the mails of the target end up'),
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
 * Validates a profile. Throws `GUICHET_PROFILE_INVALID` with a line for each problem that names its key, and `GUICHET_ORIGIN_REFUSED` for any
 * address that is not on loopback.
 */
export function parseProfile(value: unknown, source: string): TargetProfile {
  const parsed = profileSchema.safeParse(value);
  if (!parsed.success) throw refused(source, problemsOf(parsed.error, value, profileJsonSchema()));
  const profile = parsed.data;
  const urls = [profile.baseUrl, profile.mail.url];
  if (profile.clock.kind !== 'real') urls.push(profile.clock.now.url);
  if (profile.clock.kind === 'advance') urls.push(profile.clock.advance.url);
  if (profile.captcha.kind === 'oracle') urls.push(profile.captcha.url);
  if (profile.reset) urls.push(profile.reset.url);
  if (profile.existingAccess) urls.push(profile.existingAccess.url);
  if (profile.notification) urls.push(profile.notification.url);
  if (profile.siretPage) urls.push(profile.siretPage);
  if (profile.passwordPage) urls.push(profile.passwordPage);
  for (const { signInUrl, passwordPage = signInUrl } of profile.siblings) urls.push(signInUrl, passwordPage);
  for (const url of urls) assertLoopback(url);
  return profile;
}

function refused(source: string, problems: readonly Problem[]): GuichetError {
  const lines = problems.map(({ key, found, remedy }) => [`${source}: ${key}: ${found}.`, remedy] as const);
  const [last, remedy] = lines.at(-1) ?? [source];
  const before = lines.slice(0, -1).map((line) => `${line.join(' ')}\n`);
  return new GuichetError('GUICHET_PROFILE_INVALID', `${before.join('')}${last}`, remedy);
}

/** Reads a profile file. Throws `GUICHET_PROFILE_INVALID` when it is missing or not JSON. */
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
  return parseProfile(value, path);
}
