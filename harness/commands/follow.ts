import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { followOutline } from '../../reports/follow-outline.ts';
import { sayInstant } from '../../reports/wording.ts';
import { concludeCampaign, playCampaign } from '../campaign/campaign.ts';
import { noteDeadline, noteMails, pendingScenarios, standings } from '../campaign/follow.ts';
import { followJournal, followJournals, journalVariable } from '../campaign/journal.ts';
import { readOrder } from '../campaign/order.ts';
import { exitCode, GuichetError } from '../errors.ts';
import { openLedger } from '../ledger/ledger.ts';
import { takeLock } from '../ledger/lock.ts';
import { followVariable, ledgerName } from '../ledger/records.ts';
import { readRealOrder } from '../load/real-order.ts';
import { readProfile } from '../target/profile.ts';
import { openTarget } from '../target/target.ts';
import { bringBrowser } from '../toolchain/browser.ts';
import { campaignFolder } from './campaign-folder.ts';
import type { Command } from './command.ts';
import { judgedBy } from './kept-order.ts';
import { followOnTarget } from './load-target.ts';
import { takePermit } from './permit-flag.ts';
import { hasColour, printResults } from './print-results.ts';
import { checkOf, usedSirets } from './used-sirets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const follow: Command = {
  help: `Usage: npx guichet follow CAMPAIGN

Judges what "npx guichet check" has sent to a target whose clock is real: reads the mailbox, says of every demande and
mail whether it is on time, late, missing or too early to say, and, once the mails of a scenario are due, plays the rest
of it. Of "npx guichet load --target": tells how its cohorts stand, and its verdict once all are due. Sends no demande.
Run it as often as you like, by hand, by cron or by a scheduled job; kill it when you like.

CAMPAIGN is a folder of reports/out/, by its name or path, or "last": the latest one. Exit codes as "check"; 3 while it
is too early.

Example: npx guichet follow 2026-11-25T19-18-29-check-16487
`,
  options: {},
  run: async ({ words: [named, ...others] }, signal) => {
    if (!named || others.length > 0)
      throw new GuichetError('GUICHET_USAGE', 'One campaign is needed.', 'Run "npx guichet follow --help".');
    const folder = campaignFolder(named);
    const load = readRealOrder(folder);
    if (load) return await followOnTarget(folder, load, (line) => process.stdout.write(`${line}\n`));
    const { startedAt, order } = readOrder(folder);
    const profile = order.target ? readProfile(order.target) : undefined;
    if (profile?.clock.kind !== 'real') {
      throw new GuichetError(
        'GUICHET_USAGE',
        `The clock of ${profile ? `"${profile.name}"` : 'the embedded extranet'} is not real: "check" has judged it to the end.`,
        'There is nothing to follow.',
      );
    }
    // What was permitted for sending is for reading what came of it.
    takePermit(order.iMay);
    const target = await openTarget(profile, process.env);
    const ledger = openLedger(join(folder, ledgerName));
    try {
      // Before the look: a mail that comes in between is not missing.
      const now = new Date();
      await noteMails(ledger, target);
      const submissions = standings(ledger, target, now);
      process.stdout.write(
        `${followOutline(
          submissions.map((each) => ({ ...each.row, ...each })),
          hasColour(),
        )}\n`,
      );
      const release = takeLock(join(folder, 'follow.lock'));
      if (!release) {
        process.stdout.write(
          'Un autre suivi de cette campagne est en cours ; son rapport dira le verdict.\n',
        );
        return exitCode.inconclusive;
      }
      try {
        const { due, later } = pendingScenarios(folder, now);
        const journal = followJournal(followJournals(folder).length + 1);
        const current = { ...order, today: now.toISOString().slice(0, 10) };
        const judged = judgedBy(root, current, profile);
        const campaign = { root, folder, startedAt, order: current, ...judged, profile };
        let played: Awaited<ReturnType<typeof playCampaign>> = { failure: undefined, secrets: [] };
        if (due.length > 0) {
          bringBrowser(order.browser ?? 'chromium', (line) => process.stdout.write(`${line}\n`));
          const environment = { [followVariable]: '1', [journalVariable]: journal };
          played = await playCampaign(campaign, due, signal, environment);
        }
        if (!signal.aborted && submissions.every(({ overdue }) => overdue))
          noteDeadline(folder, journal, submissions);
        const results = await concludeCampaign(campaign, played);
        await usedSirets(profile, order.target).giveBack(checkOf(results));
        const exit = printResults(results, folder);
        if (later) process.stdout.write(`Verdict à partir du ${sayInstant(later.toISOString())}.\n`);
        return exit;
      } finally {
        release();
      }
    } finally {
      ledger.close();
      await target.close();
    }
  },
};
