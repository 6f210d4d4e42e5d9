import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { type Catcher, startCatcher } from '../mail/catcher.ts';
import { type MailProfile, openMailbox } from './mail.ts';
import { parsePermit } from './origin.ts';
import { assertPermitted } from './permit.ts';
import { parseProfile } from './profile.ts';

const embedded = JSON.parse(readFileSync(new URL('embedded.json', import.meta.url), 'utf8'));
const parse = (mail: object) => parseProfile({ ...embedded, mail }, 'x.json').mail;
const imap = { kind: 'imap', host: '127.0.0.1', port: 9, userEnv: 'MAIL_USER', passwordEnv: 'MAIL_PASSWORD' };

let catcher: Catcher | undefined;
afterEach(async () => {
  await catcher?.close();
  catcher = undefined;
});

describe('the profile', () => {
  test('of an IMAP mailbox has STARTTLS and INBOX by default', () => {
    expect(parse(imap)).toEqual({ ...imap, security: 'starttls', folder: 'INBOX' });
  });

  test.each([
    ['an unknown kind', { kind: 'pop3', url: 'http://127.0.0.1' }, /x\.json: mail\.kind/],
    ['a secret', { ...imap, password: 'secret' }, /x\.json: mail\.password: unknown key/],
    ['a value where a name belongs', { ...imap, userEnv: 'me@x.fr' }, /x\.json: mail\.userEnv/],
    ['a port that is none', { ...imap, port: 70_000 }, /x\.json: mail\.port/],
    ['a header that is none', { ...imap, recipientHeader: 'X-To:' }, /x\.json: mail\.recipientHeader/],
  ])('with %s names the key', (_what, mail, message) => {
    expect(() => parse(mail)).toThrow(/^GUICHET_PROFILE_INVALID/);
    expect(() => parse(mail)).toThrow(message);
  });

  test.each([
    { kind: 'mailpit', url: 'http://mail.example.org' },
    { ...imap, host: 'mail.example.org' },
    { ...imap, host: '10.0.0.1' },
    { ...imap, host: '127.0.0.1.example.org' },
    { ...imap, host: '127.0.0.1@example.org' },
  ])('%j leaves loopback and is refused', (mail) => {
    const profile = parseProfile({ ...embedded, mail }, 'x.json');
    expect(() => assertPermitted(profile, parsePermit(undefined))).toThrow(/^GUICHET_ORIGIN_REFUSED: mail\./);
  });
});

describe('a mailbox that cannot be reached', () => {
  const open = (mail: object, environment = {}) => openMailbox(mail as MailProfile, environment);

  test.each(['mailhog', 'mailpit'])('%s: its key, what was found, what to write', async (kind) => {
    await expect(open({ kind, url: 'http://127.0.0.1:9' })).rejects.toThrow(
      /^GUICHET_MAILBOX_UNREACHABLE: mail\.url: GET http:\/\/127\.0\.0\.1:9\/\S+ failed \(\S*.*\)\. Write there the base URL of a running /,
    );
  });

  test('is told apart from one of another kind', async () => {
    catcher = await startCatcher();
    await expect(open({ kind: 'mailpit', url: catcher.url })).rejects.toThrow(
      'Write "kind": "mailhog": that is what answers there.',
    );
  });

  test('names a variable that is not set', async () => {
    await expect(open(imap, { MAIL_USER: 'me' })).rejects.toThrow(
      /^GUICHET_PROFILE_INVALID: .*MAIL_PASSWORD/,
    );
  });
});
