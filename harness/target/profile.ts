import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { findRequirement } from '../../requirements/catalogue.ts';
import { GuichetError } from '../errors.ts';
import { captcha } from './captcha.ts';
import { clock } from './clock.ts';
import { door } from './door.ts';
import { assertLoopback } from './origin.ts';
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

const css = z.strictObject({ css: z.string().min(1) });
const byRole = z.strictObject({
  role: z.enum(['button', 'checkbox', 'combobox', 'link', 'listbox', 'textbox']),
  name: z.string().min(1),
});
const locator = z.union([z.strictObject({ label: z.string().min(1) }), byRole, css]);
/** Where a button or a link is that is not found by its name. */
const controlLocator = z.union([byRole, css]);

const profileSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1),
  baseUrl: z.url().describe('The home page, such as https://integration.example/aparts/'),
  captcha,
  clock,
  mail: z.strictObject({ kind: z.literal('mailhog'), url: z.url() }),
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
  inapplicable: z.record(z.string(), z.string().min(1)).default({}),
});

/** One target: where it is, how its mails, its clock and its security code are reached. */
export type TargetProfile = z.infer<typeof profileSchema>;

/**
 * Validates a profile. Throws `GUICHET_PROFILE_INVALID` naming the key, and `GUICHET_ORIGIN_REFUSED` for any
 * address that is not on loopback.
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
