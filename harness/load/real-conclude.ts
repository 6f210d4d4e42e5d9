import { basename, join } from 'node:path';
import { forecastBriefly } from '../../reports/forecast-outline.ts';
import { realLoadPage } from '../../reports/real-load-page.ts';
import { realLoadReport } from '../../reports/real-load-report.ts';
import { type RealLoadResults, realLoadResults } from '../../reports/real-load-results.ts';
import { writePurgeList } from '../campaign/purge.ts';
import { GuichetError } from '../errors.ts';
import { realCalibration, rowsOf } from '../judge/campaign-runs.ts';
import { settleByMails } from '../judge/load-outcomes.ts';
import { covidWeek, outlookOf } from '../judge/outlook.ts';
import { judgeRealLoad } from '../judge/real-load.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ReceivedMail } from '../mail/mailbox.ts';
import { graceMsOf } from '../target/clock.ts';
import type { TargetProfile } from '../target/profile.ts';
import type { Target } from '../target/target.ts';
import { writeWhole } from '../whole-file.ts';
import { openInbox } from './inbox.ts';
import { canaryMemo } from './real-campaign.ts';
import type { RealOrder } from './real-order.ts';
import { nameOfWorkload } from './real-plan.ts';

type Concluded = {
  folder: string;
  order: RealOrder;
  profile: TargetProfile;
  target: Pick<Target, 'mailbox'>;
  ledger: Ledger;
  /** Before the look at the mailbox: a mail that comes in between is not missing. */
  now?: Date;
};

/** A mailbox's clock may be behind by so much, in ms, and still show what went to others since the start. */
const skewMs = 60_000;
/** Possible futures that are drawn for each rate of the forecast. */
const draws = 100;

/**
 * Reads the mailbox of a campaign on a real clock, judges what can be judged by now, and writes `load.json`, `load.txt`,
 * `report.html` and `purge.csv` into its folder. Sends nothing; may be called as often as one likes. Throws
 * `GUICHET_MAILBOX_UNREACHABLE`, and what the ledger throws.
 */
export async function concludeReal(campaign: Concluded): Promise<RealLoadResults> {
  const { folder, order, profile, ledger, now = new Date() } = campaign;
  const { deadlineHours, clock } = profile;
  const crossed = await readMails(campaign);
  settleByMails(ledger);
  const rows = rowsOf(ledger, order);
  const graceMs = graceMsOf(clock);
  const { curves, ...judged } = judgeRealLoad(
    rows,
    { deadlineHours, graceMs, limit: order.limit, now },
    { crossed: crossed.length, canaryLost: ledger.recall(canaryMemo) !== undefined },
  );
  const results = realLoadResults.parse({
    ...{ version: 1, clock: 'real', campaign: basename(folder), target: profile.name },
    workload: nameOfWorkload(order.workload),
    ...{ startedAt: order.startedAt, writtenAt: now.toISOString(), deadlineHours, limit: order.limit },
    ...judged,
    crossed,
    cohorts: curves.map(({ cohort }) => cohort),
    forecast: foresee(realCalibration(profile.name, deadlineHours, rows, now)),
  } satisfies RealLoadResults);
  writeWhole(join(folder, 'load.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeWhole(join(folder, 'load.txt'), `${realLoadPage(results)}\n`);
  writeWhole(join(folder, 'report.html'), realLoadReport(results, curves));
  // Of a visit that is still planned, or left before ENVOYER, the target has nothing.
  writePurgeList(folder, ({ expects, state }) => expects.length > 0 && state !== 'planned');
  return results;
}

/** Takes the mails into the ledger; answers those that went astray. */
async function readMails({ order, target, ledger }: Concluded) {
  const { mailbox } = target;
  const since = Date.parse(order.startedAt) - skewMs;
  const submissions = ledger.rows();
  const addresses = new Set(submissions.map(({ courriel }) => courriel));
  const isOurs = ({ receivedAt, recipients }: ReceivedMail) =>
    receivedAt.getTime() >= since || recipients.some((address) => addresses.has(address));
  const own = { all: async () => (await mailbox.all()).filter(isOurs) };
  const inbox = openInbox(own, ledger, { run: 1, submissions, shared: true });
  await inbox.collect();
  return inbox.crossed().map(({ mail, why }) => ({ mail, why }));
}

/** What these runs let one foresee of covid-week, or why nothing, in French. */
function foresee(calibration: ReturnType<typeof realCalibration>): string[] {
  if (!calibration) return ['aucune : aucune demande n’a encore ses trois mails.'];
  try {
    const peak = { perDay: covidWeek.perDay };
    return forecastBriefly(outlookOf(calibration, { peak, days: covidWeek.days }, { draws, seed: 1 }));
  } catch (error) {
    if (!(error instanceof GuichetError)) throw error;
    return ['aucune : ce passage n’a pas vu de file assez longtemps (docs/forecast.md).'];
  }
}
