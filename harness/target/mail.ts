import { z } from 'zod';
import { GuichetError } from '../errors.ts';
import { httpKindOf } from '../mail/http-kind.ts';
import { openImap } from '../mail/imap.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import { openMailhog } from '../mail/mailhog.ts';
import { openMailpit } from '../mail/mailpit.ts';
import { unreachable } from '../mail/unreachable.ts';
import { environmentName } from './door.ts';

/** Where the target hands its mails over, so that a mail of our own can take the same way. */
const smtp = z
  .url({ protocol: /^smtp$/ })
  .optional()
  .describe('smtp://host:port of the mail path; without it a lost mail is not told from a broken path');

/** Where a target's mails are read, by the kind of what keeps them. */
export const mail = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mailhog').describe('MailHog, or a server with its API'),
    url: z.url().describe('Base URL of a MailHog, or of "guichet mail", without /api'),
    smtp,
  }),
  z.strictObject({
    kind: z.literal('mailpit').describe('Mailpit'),
    url: z.url().describe('Base URL of a Mailpit without cap (MP_MAX_MESSAGES=0), without /api'),
    smtp,
  }),
  z.strictObject({
    kind: z.literal('imap').describe('A folder of an IMAP server'),
    host: z.string().min(1).describe('Its name or address'),
    port: z.int().min(1).max(65_535).describe('Commonly 143 with starttls or none, 993 with tls'),
    security: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe('How the connection is encrypted'),
    userEnv: environmentName.describe('Environment variable that holds the user name'),
    passwordEnv: environmentName.describe('Environment variable that holds the password'),
    caFile: z
      .string()
      .optional()
      .describe('PEM file of the authority that signed the certificate of the server'),
    folder: z.string().default('INBOX').describe('The folder that the mails of every address reach'),
    recipientHeader: z
      .string()
      .regex(/^[!-9;-~]+$/)
      .optional()
      .describe(
        'Header that holds the envelope recipient; else Delivered-To, X-Original-To, Envelope-To, the last Received, To',
      ),
    smtp,
  }),
]);

export type MailProfile = z.infer<typeof mail>;

/** The addresses that reading these mails contacts. */
export function mailUrls(profile: MailProfile): string[] {
  return profile.kind === 'imap' ? [`imap://${profile.host}:${profile.port}`] : [profile.url];
}

/**
 * Opens the mailbox of a target and proves that it answers. Throws `GUICHET_MAILBOX_UNREACHABLE`, which names the
 * key of the profile, and `GUICHET_PROFILE_INVALID` for an environment variable that is not set.
 */
export async function openMailbox(
  profile: MailProfile,
  environment: Record<string, string | undefined>,
): Promise<Mailbox> {
  if (profile.kind === 'imap') {
    const { userEnv, passwordEnv, smtp: _path, ...settings } = profile;
    const [user, password] = [userEnv, passwordEnv].map((name) => secret(name, environment));
    return openImap({ ...settings, user: user ?? '', password: password ?? '' });
  }
  const { kind, url } = profile;
  try {
    return await (kind === 'mailhog' ? openMailhog(url) : openMailpit(url));
  } catch (error) {
    if (!(error instanceof GuichetError)) throw error;
    const is = await httpKindOf(url);
    const remedy =
      is && is !== kind
        ? `Write "kind": "${is}": that is what answers there.`
        : error.remedy === unreachable('').remedy
          ? remedies[kind]
          : error.remedy;
    throw new GuichetError(error.code, `mail.url: ${error.what}`, remedy);
  }
}

const remedies = {
  mailhog:
    'Write there the base URL of a running MailHog, without /api; "npx guichet mail" starts a stand-in.',
  mailpit: 'Write there the base URL of a running Mailpit, without /api.',
};

function secret(name: string, environment: Record<string, string | undefined>): string {
  const value = environment[name];
  if (value) return value;
  throw new GuichetError(
    'GUICHET_PROFILE_INVALID',
    `The environment variable ${name}, named by mail of the profile, is empty.`,
    'Set it; secrets never stand in the profile.',
  );
}
