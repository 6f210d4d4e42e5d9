import { basename, join, relative, resolve } from 'node:path';
import { availableSirets } from '../../fixtures/siret.ts';
import type { WireMap } from '../../fixtures/wire-map.ts';
import { realLoadPage } from '../../reports/real-load-page.ts';
import type { RealLoadResults } from '../../reports/real-load-results.ts';
import { realPlanPage } from '../../reports/real-plan.ts';
import { campaignName, campaignsFolder, makeFolder } from '../campaign/folder.ts';
import { exitCode, GuichetError } from '../errors.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import { takeLock } from '../ledger/lock.ts';
import { ledgerName, openSirets } from '../ledger/records.ts';
import { assertWithin, capOf, integrate } from '../load/cap.ts';
import { openLive, type Screen } from '../load/live.ts';
import type { Sizing } from '../load/plan.ts';
import { dropPassed, submitReal } from '../load/real-campaign.ts';
import { concludeReal } from '../load/real-conclude.ts';
import { keepRealOrder, type RealOrder } from '../load/real-order.ts';
import { nameOfWorkload, planReal, type RealWorkload, realStages } from '../load/real-plan.ts';
import type { Share } from '../load/share.ts';
import { type Keyboard, stopKey } from '../load/stop-key.ts';
import { graceMsOf } from '../target/clock.ts';
import { openMailbox } from '../target/mail.ts';
import { isLoopback, parsePermit, permitVariable } from '../target/origin.ts';
import { assertPermitted } from '../target/permit.ts';
import { readProfile, type TargetProfile } from '../target/profile.ts';
import { openRequests } from '../target/request.ts';
import { openTarget } from '../target/target.ts';
import { findK6 } from '../toolchain/k6.ts';
import { takePermit } from './permit-flag.ts';
import { usedSirets } from './used-sirets.ts';

type Asked = {
  /** The target profile. */
  file: string;
  iMay?: string;
  workload: RealWorkload;
  sizing: Omit<Sizing, 'mailDomain'>;
  limit: number;
};

type Surroundings = {
  signal: AbortSignal;
  share: Share;
  screen: Screen;
  keyboard: Keyboard;
  /** What a browser reads of the form, when absent. */
  wire?: WireMap;
  /** Where the folder of the campaign goes; `reports/out` when absent. */
  out?: string;
  environment?: NodeJS.ProcessEnv;
};

/**
 * What `--dry-run` prints of a campaign on a target, in French, and the exit code: 3 where SIRETs are missing. Sends nothing.
 * Throws `GUICHET_USAGE`, `GUICHET_PROFILE_INVALID` and `GUICHET_CAP_EXCEEDED`.
 */
export function dryRunOnTarget(asked: Asked): { page: string; exitCode: number } {
  const profile = onRealClock(asked.file);
  const { plan, cap, perMinute } = withinProfile(profile, orderOf(asked, profile));
  const demandes = plan.visits.filter(({ leaves }) => !leaves).length;
  const store = openSirets(profile, availableSirets(profile.sirets), { file: resolve(asked.file) });
  const free = store?.count().free;
  store?.close();
  const page = realPlanPage({
    ...{ target: profile.name, origin: new URL(profile.baseUrl).origin },
    workload: nameOfWorkload(asked.workload),
    sources: 'smoke' in asked.workload ? {} : asked.workload.sources,
    ...{ visits: plan.visits.length, demandes, perMinute, factor: plan.factor, limit: asked.limit },
    ...(free === undefined ? {} : { siretsFree: free }),
    ...(cap ? { cap: { ...cap, consents: !isLoopback(new URL(profile.baseUrl)) } } : {}),
    durationMs: (plan.to - plan.from) * 60_000,
    verdictAfterMs:
      (plan.to - plan.from) * 60_000 + profile.deadlineHours * 3_600_000 + graceMsOf(profile.clock),
  });
  const suffices = free === undefined || free >= plan.visits.length;
  return { page, exitCode: suffices ? exitCode.conform : exitCode.inconclusive };
}

/** Starts a campaign on a target with a real clock, sends its visits, and says when it can be judged. Answers the exit code. */
export async function startOnTarget(asked: Asked, around: Surroundings): Promise<number> {
  const profile = onRealClock(asked.file);
  const order = orderOf(asked, profile);
  // What can be refused without asking anybody leaves no folder.
  withinProfile(profile, order);
  const { environment = process.env } = around;
  assertPermitted(profile, parsePermit(environment[permitVariable]));
  const folder = join(around.out ?? campaignsFolder, campaignName('load', order.startedAt));
  makeFolder(folder);
  keepRealOrder(folder, order);
  return await goOn(folder, order, around);
}

/** Sends what a campaign has not sent yet. Answers the exit code. */
export async function goOn(folder: string, order: RealOrder, around: Surroundings): Promise<number> {
  const { screen, share } = around;
  if (order.pods)
    throw new GuichetError(
      'GUICHET_USAGE',
      `${folder} is sent by pods.`,
      `Bring their logs: npx guichet ledger import ${basename(folder)} FILE, then follow it.`,
    );
  const plan = planReal(order);
  const live = openLive(screen, {
    runs: 1,
    size: () => ({ visits: plan.visits.length, seconds: Math.max(1, 60 * (plan.to - plan.from)) }),
  });
  const print = (line: string) => {
    live.clear();
    screen.write(`${line}\n`);
  };
  const stop = stopKey(around.keyboard, around.signal);
  try {
    return await opened(folder, order, around, async ({ profile, environment, ledger, defer }) => {
      const target = await openTarget(profile, environment);
      defer.defer(() => target.close());
      const k6 = await findK6({ log: print, signal: stop.signal });
      print(
        `Charge « ${nameOfWorkload(order.workload)} » sur « ${profile.name} » : ${plan.visits.length} visites, graine ${order.sizing.seed}`,
      );
      if (plan.factor > 1)
        print(`Demande divisée par ${plan.factor.toFixed(1).replace('.', ',')} (--demandes)`);
      print(`Dossier : ${relative(process.cwd(), folder)}`);
      if (around.keyboard.isTTY) print('q arrête ; « npx guichet load --resume » reprend.');
      try {
        await submitReal({
          ...{ folder, order, profile, environment, target, ledger, k6: k6.path, share, signal: stop.signal },
          ...(around.wire ? { wire: around.wire } : {}),
          onProgress: (progress) => live.show(progress, 0),
        });
      } catch (error) {
        // Refused before anything was planned, there is nothing to judge.
        if (!(error instanceof GuichetError) || ledger.count() === 0) throw error;
        print(error.message);
      }
      const results = await concludeReal({ folder, order, profile, target, ledger });
      print(realLoadPage(results));
      await giveBack(results, { folder, order, profile, environment, ledger });
      print(`Rapport : ${join(relative(process.cwd(), folder), 'report.html')}`);
      print(
        results.sent
          ? `Suivre : npx guichet follow ${basename(folder)}`
          : `Reprendre : npx guichet load --resume ${basename(folder)}`,
      );
      return results.exitCode;
    });
  } finally {
    live.clear();
    stop.close();
  }
}

/** Judges what a campaign has sent, as far as it can be by now; sends nothing. Answers the exit code. */
export async function followOnTarget(
  folder: string,
  order: RealOrder,
  print: (line: string) => void,
  around: Pick<Surroundings, 'environment'> = {},
): Promise<number> {
  return await opened(folder, order, around, async ({ profile, environment, ledger, defer }) => {
    // The target itself may be closed by now: nothing but its mails is read.
    const requests = await openRequests(profile, environment);
    defer.defer(() => requests.close());
    const mailbox = await openMailbox(profile.mail, environment);
    defer.defer(() => mailbox.close());
    // Before the look: a mail that comes in between is not missing.
    const now = new Date();
    // No resumption would send them.
    if (!order.pods) dropPassed(ledger, now);
    const results = await concludeReal({ folder, order, profile, target: { mailbox }, ledger, now });
    print(realLoadPage(results));
    print(`Rapport : ${join(relative(process.cwd(), folder), 'report.html')}`);
    const next = order.pods
      ? `ledger import ${basename(folder)} FICHIER`
      : `load --resume ${basename(folder)}`;
    if (!results.sent) print(`Reprendre : npx guichet ${next}`);
    await giveBack(results, { folder, order, profile, environment, ledger });
    return results.exitCode;
  });
}

type Concluded = Omit<Opened, 'defer'> & { folder: string; order: RealOrder };

/** Frees the SIRETs that nobody will send any more; once all is judged, the target forgets those that were used. */
async function giveBack(
  { sent, provisional }: RealLoadResults,
  { folder, order, profile, environment, ledger }: Concluded,
): Promise<void> {
  if (!sent && ledger.count() > 0) return;
  const used = usedSirets(profile, order.target, environment);
  await used.giveBack({ id: basename(folder), isOver: !provisional });
}

type Opened = {
  profile: TargetProfile;
  environment: Record<string, string>;
  ledger: Ledger;
  /** What is opened besides is closed before them. */
  defer: AsyncDisposableStack;
};

/** Opens what a campaign needs, for one process at a time, and closes it. */
async function opened(
  folder: string,
  order: RealOrder,
  { environment: given = process.env }: Pick<Surroundings, 'environment'>,
  work: (opened: Opened) => Promise<number>,
): Promise<number> {
  const profile = onRealClock(order.target);
  if (given === process.env) takePermit(order.iMay);
  const environment = Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  await using defer = new AsyncDisposableStack();
  const release = takeLock(join(folder, 'lock.sqlite'));
  if (!release) {
    process.stdout.write(`Un autre processus mène cette campagne (${folder}).\n`);
    return exitCode.inconclusive;
  }
  defer.defer(release);
  const ledger = openLedger(join(folder, ledgerName));
  defer.defer(() => ledger.close());
  return await work({ profile, environment, ledger, defer });
}

/** The plan of an order, and what the profile lets it have; the consent may say less. Throws `GUICHET_PROFILE_INVALID` and `GUICHET_CAP_EXCEEDED`. */
function withinProfile(profile: TargetProfile, order: RealOrder) {
  if (profile.captcha.kind === 'manual')
    throw new GuichetError(
      'GUICHET_PROFILE_INVALID',
      'captcha.kind is "manual": under load nobody can type the codes.',
      'Have the target tell its codes: captcha.kind "oracle" or "fixed".',
    );
  const plan = planReal(order);
  const demand = integrate(realStages(plan));
  const cap = capOf(profile, undefined);
  assertWithin(cap, demand, plan.visits.length);
  return { plan, cap, perMinute: demand.perMinute };
}

function orderOf({ file, iMay, workload, sizing, limit }: Asked, { mailDomain }: TargetProfile): RealOrder {
  const now = new Date();
  return {
    ...{ clock: 'real', startedAt: now.toISOString(), target: resolve(file), workload, limit },
    ...(iMay ? { iMay } : {}),
    sizing: { ...sizing, mailDomain },
    tag: now.getTime().toString(36).slice(-6),
  };
}

/** Throws `GUICHET_USAGE` for a target whose clock is not real. */
function onRealClock(file: string): TargetProfile {
  const profile = readProfile(file);
  if (profile.clock.kind === 'real') return profile;
  throw new GuichetError(
    'GUICHET_USAGE',
    `${file}: clock.kind is "${profile.clock.kind}": a load on a target runs on a real clock.`,
    'Write {"kind": "real"}, or leave --target out: two arms on the virtual clock of the extranet that comes with Guichet.',
  );
}
