import type { Finding } from './finding.ts';
import type { ProfileFile } from './profile.ts';

/** Where MailHog stands by default. */
const assumedMailhog = 'http://127.0.0.1:8025';

/** What a look at an unknown site found out, as entries of its profile. */
export type Draft = Pick<ProfileFile, 'siretPage' | 'frame'> & {
  locators: NonNullable<ProfileFile['locators']>;
  controls: NonNullable<ProfileFile['controls']>;
  /** Whether the site was seen to ask for no code. */
  withoutCode?: boolean;
};

/** How the security code is known: an answer that never changes, or the URL of an oracle. */
export type Code = { answer: string } | { url: string };

/** What is known of a site before the look. */
export type Known = { url: string; code?: Code; siret?: string };

/** The first profile of a site: what was found, and what can only be assumed. */
export function draftProfile({ url, code, siret }: Known, draft: Draft): ProfileFile {
  const { frame, locators, controls, siretPage, withoutCode } = draft;
  return {
    name: new URL(url).host,
    baseUrl: url,
    ...(frame ? { frame } : {}),
    captcha: withoutCode ? { kind: 'none' } : captchaOf(code),
    clock: { kind: 'real' },
    mail: { kind: 'mailhog', url: assumedMailhog },
    mailDomain: 'guichet.test',
    sirets: siret ? { kind: 'list', available: [siret] } : { kind: 'generated' },
    ...(siretPage ? { siretPage } : {}),
    ...(Object.keys(locators).length > 0 ? { locators } : {}),
    ...(Object.keys(controls).length > 0 ? { controls } : {}),
  };
}

/** The environment variable that holds the token of the target's test doors. */
const tokenEnv = 'GUICHET_TEST_TOKEN';

function captchaOf(code: Code | undefined): ProfileFile['captcha'] {
  if (!code) return { kind: 'manual' };
  return 'answer' in code
    ? { kind: 'fixed', answer: code.answer }
    : { kind: 'oracle', url: code.url, tokenEnv };
}

/** What a look cannot find out, so that it was assumed or left out. */
export function assumptions({ captcha, mailDomain, sirets }: ProfileFile): Finding[] {
  const lines: [string, string, string][] = [
    [
      'clock',
      'assumed real: a campaign lasts two days',
      'Where the target opens a door to its clock, write it.',
    ],
    ['mail', `assumed a MailHog at ${assumedMailhog}`, 'Write where the mails of the target end up.'],
    ['mailDomain', `assumed ${mailDomain}`, 'Write a domain whose mails end up there.'],
    ['siblings', 'left out', 'Write the sign-in pages of SYLAé and APEA, if the target has them.'],
    ['passwordPage', 'left out', 'Write where a signed-in person changes the password.'],
    [
      'existingAccess',
      'left out',
      'Write the door that gives an establishment an access, or declare what needs it inapplicable.',
    ],
    [
      'notification',
      'left out',
      'Write the door that makes the target send a notification, or declare what needs it inapplicable.',
    ],
  ];
  if (captcha.kind === 'manual')
    lines.unshift([
      'captcha',
      'assumed that a person types the code',
      'Write "fixed" or "oracle" where there is one.',
    ]);
  if (sirets.kind === 'generated')
    lines.push([
      'sirets',
      'assumed that any valid SIRET serves',
      'Write those that the target knows, if it knows them.',
    ]);
  return lines.map(([key, found, remedy]) => ({ state: 'unsure', key, found, remedy }));
}
