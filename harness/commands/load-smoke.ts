import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Demande, demandeForLoad } from '../../fixtures/demande.ts';
import { campaignName, campaignsFolder, makeFolder } from '../campaign/folder.ts';
import { type Misdirected, sortMails } from '../judge/deliveries.ts';
import { accountOf } from '../judge/load-account.ts';
import { endedByItself, readOutcomes, recordOutcomes } from '../judge/load-outcomes.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import { durationLine, histogramOf, mergeHistograms } from '../load/histogram.ts';
import { submissionOf } from '../load/plan.ts';
import { partName, runShared, type Share, unshared } from '../load/share.ts';
import { decode } from '../mail/message.ts';
import { startEmbedded } from '../target/embedded.ts';
import { openTarget, type Target } from '../target/target.ts';
import { findK6 } from '../toolchain/k6.ts';
import { k6Access } from '../toolchain/k6-access.ts';
import type { K6End } from '../toolchain/k6-run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Smoke = {
  seed: number;
  /** How many demandes are sent; 10 when absent. */
  submissions?: number;
  /** Name of a fault to break the extranet with. */
  fault?: string;
  /** One k6 when absent. */
  share?: Share;
  signal: AbortSignal;
  /** Takes a line of the account, in French. */
  print: (line: string) => void;
  /** Where the folder of the campaign goes; `reports/out` when absent. */
  out?: string;
};
type Plan = { id: string; demande: Demande }[];

/**
 * Sends a few demandes to the embedded extranet through k6, advances its clock to the deadline, and accounts for
 * each demande and its mails; ledger and log stay in the campaign's folder. Answers 0 when all is accounted for
 * and right, 1 when a mail is lost, doubled, unexpected or misdirected, 3 when demandes were not accepted, k6
 * failed, or it was stopped. Throws coded errors of the parts. Instants in the ledger are this machine's.
 */
export async function runSmoke(options: Smoke): Promise<0 | 1 | 3> {
  const { seed, submissions = 10, share = unshared, fault, signal, print } = options;
  const { out = campaignsFolder } = options;
  const k6 = await findK6({ log: print, signal });
  const planned = new Date();
  const id = campaignName('load', planned.toISOString());
  const folder = join(out, id);
  makeFolder(folder);
  print(`Charge « smoke » : ${submissions} demandes, graine ${seed}, k6 ${k6.version} (${k6.source})`);

  await using defer = new AsyncDisposableStack();
  const embedded = await startEmbedded(fault ? { fault } : {});
  defer.defer(() => embedded.close());
  const { profile, environment } = embedded;
  const ledger = openLedger(join(folder, 'ledger.sqlite'));
  defer.defer(() => ledger.close());
  const target = await openTarget(profile, environment);
  defer.defer(() => target.close());

  const deadline = new Date((await target.now()).getTime() + profile.deadlineHours * 3_600_000);
  const plan = Array.from({ length: submissions }, (_, index) => ({
    id: String(index + 1),
    demande: demandeForLoad({ seed, index, mailDomain: profile.mailDomain }),
  }));
  ledger.plan(plan.map((one) => submissionOf(one, planned)));
  const env = {
    ...k6Access(profile, environment),
    ...{ BASE_URL: profile.baseUrl, TEST_TOKEN: environment.GUICHET_TEST_TOKEN ?? '' },
  };
  const end = await send(plan, { k6: k6.path, folder, env, signal, share });
  const logs = share.parts.map((_, part) => readOutcomes(join(folder, partName('k6.log', part, share))));
  const said = logs.flatMap((log) => log.said);
  recordOutcomes(
    ledger,
    logs.flatMap(({ outcomes }) => outcomes),
    end,
    new Date(),
  );
  const durations = mergeHistograms(logs.map(({ outcomes }) => histogramOf(outcomes)));
  const stopped = signal.aborted;
  const misdirected = stopped ? [] : await collect(ledger, target, deadline);

  const { deadlineHours } = profile;
  const account = accountOf({ summary: ledger.summary(), misdirected, deadlineHours, end, stopped });
  if (!stopped && !endedByItself(end)) for (const line of said.slice(-5)) print(`k6 : ${line}`);
  for (const line of account.lines) print(line);
  if (durations.count > 0) print(`Durée d’une demande : ${durationLine(durations)}`);
  print(`Registre : ${relative(process.cwd(), join(folder, 'ledger.sqlite'))}`);
  return account.exit;
}

type Sending = {
  k6: string;
  folder: string;
  env: Record<string, string>;
  signal: AbortSignal;
  share: Share;
};

/** Hands the plan to k6 and waits for its end; logs and summaries stay in the folder. */
async function send(plan: Plan, { k6, folder, env, signal, share }: Sending): Promise<K6End> {
  // The plan holds secret answers: it never lies among the reports, and is gone after the run.
  const scratch = mkdtempSync(join(tmpdir(), 'guichet-load-'));
  const summaries = share.parts.map((): string[] => []);
  try {
    const PLAN = join(scratch, 'plan.json');
    writeFileSync(PLAN, JSON.stringify(plan), { mode: 0o600 });
    const run = {
      ...{ k6, signal, script: join(root, 'load', 'submission.ts') },
      argsOf: (part: number) => [
        `--log-output=file=${join(folder, partName('k6.log', part, share))}`,
        '--log-format=raw',
      ],
      env: { ...env, PLAN, OUTCOMES: '1' },
      onLine: (line: string, part: number) => void summaries[part]?.push(line),
    };
    return await runShared(run, share);
  } finally {
    writeFileSync(join(folder, 'k6-summary.txt'), `${summaries.flat().join('\n')}\n`);
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Lets the target work until the deadline, then reads every mail into the ledger. */
async function collect(ledger: Ledger, target: Target, deadline: Date): Promise<Misdirected[]> {
  await target.advanceTo(deadline);
  const received = await target.mailbox.all();
  const mails = await Promise.all(
    received.map(async (mail) => ({ received: mail, message: await decode(mail.raw) })),
  );
  const { deliveries, misdirected } = sortMails(mails, ledger.rows());
  for (const { mail, submission, kind } of deliveries)
    ledger.mail(mail.id, submission, kind, mail.receivedAt);
  return misdirected;
}
