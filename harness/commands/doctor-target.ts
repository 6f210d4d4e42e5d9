import { startEmbedded } from '../target/embedded.ts';
import { mailUrls } from '../target/mail.ts';
import { readProfile, type TargetProfile } from '../target/profile.ts';
import { openTarget } from '../target/target.ts';

/** One thing that the doctor looked at; `remedy` is said when it is not well. */
export type Finding = { what: string; ok: boolean; found: string; remedy?: string };

/** Whether a target answers and its mails reach its mailbox: the target of that profile, else the embedded one. */
export async function examineTarget(file: string | undefined): Promise<Finding[]> {
  if (file) return await examine(readProfile(file), process.env);
  const embedded = await startEmbedded();
  try {
    return await examine(embedded.profile, embedded.environment);
  } finally {
    await embedded.close();
  }
}

async function examine(profile: TargetProfile, environment: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { name, baseUrl, mail } = profile;
  const findings: Finding[] = [];
  const answers = { what: 'target', ok: true, found: `« ${name} » answers (${baseUrl})` };
  try {
    const target = await openTarget(profile, environment);
    findings.push(answers, { what: 'mailbox', ok: true, found: `answers (${mailUrls(mail).join()})` });
    try {
      const proved = await target.proveMailPath();
      // Not held against the machine: the profile may have no way to say it.
      const unproved = 'not proved: the profile has no mail.smtp, so a lost mail is blamed on the target';
      findings.push({
        what: 'mail path',
        ok: true,
        found: proved ? `${mail.smtp} to ${mailUrls(mail).join()}` : unproved,
      });
    } finally {
      await target.close();
    }
  } catch (error) {
    const remedy = (error as Error).message;
    if (findings.length > 0) findings.push({ what: 'mail path', ok: false, found: 'broken', remedy });
    // The target is asked first.
    else if (remedy.startsWith('GUICHET_MAILBOX_UNREACHABLE'))
      findings.push(answers, { what: 'mailbox', ok: false, found: 'does not answer', remedy });
    else findings.push({ what: 'target', ok: false, found: 'does not answer', remedy });
  }
  return findings;
}
