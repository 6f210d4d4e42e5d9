import { isCanary, openCanary } from '../mail/canary.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import { type Doors, doorsOf, reach } from './doors.ts';
import { openMailbox } from './mail.ts';
import type { TargetProfile } from './profile.ts';
import { openRequests } from './request.ts';

/** A target in use: what a profile describes, opened. */
export type Target = Doors & {
  /** Without the mails that we send ourselves to prove the way to it. */
  mailbox: Mailbox;
  /**
   * Proves, by mails of our own, that what the target hands over reaches the mailbox, once and in order; false when the
   * profile names no `mail.smtp` and nothing can be proved. Throws `GUICHET_MAIL_PATH`.
   */
  proveMailPath(): Promise<boolean>;
  close(): Promise<void>;
};

type Environment = Record<string, string | undefined>;

/**
 * Opens a target and proves that it and its mailbox answer. Throws `GUICHET_TARGET_UNREACHABLE` or
 * `GUICHET_MAILBOX_UNREACHABLE`; its doors, `GUICHET_DOOR_REFUSED` too. `environment` holds the secrets that the
 * profile names.
 */
export async function openTarget(profile: TargetProfile, environment: Environment): Promise<Target> {
  await using opening = new AsyncDisposableStack();
  const requests = await openRequests(profile, environment);
  opening.defer(() => requests.close());
  await reach(requests, profile.baseUrl);
  const mailbox = await openMailbox(profile.mail, environment);
  opening.defer(() => mailbox.close());
  const { mailDomain } = profile;
  const { smtp } = profile.mail;
  const canary = smtp ? openCanary({ smtp, mailDomain, mailbox }) : undefined;
  opening.defer(() => canary?.close());
  const opened = opening.move();

  return {
    ...doorsOf(profile, requests, environment),
    mailbox: { ...mailbox, all: async () => (await mailbox.all()).filter((mail) => !isCanary(mail)) },
    proveMailPath: async () => {
      await canary?.fly();
      return canary !== undefined;
    },
    close: () => opened.disposeAsync(),
  };
}
