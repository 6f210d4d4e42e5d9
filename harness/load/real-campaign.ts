import { basename } from 'node:path';
import { setInterval as every } from 'node:timers/promises';
import { availableSirets } from '../../fixtures/siret.ts';
import type { WireMap } from '../../fixtures/wire-map.ts';
import { GuichetError } from '../errors.ts';
import { dropPlanned, type OutcomeLine } from '../judge/load-outcomes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openSirets } from '../ledger/records.ts';
import type { TargetProfile } from '../target/profile.ts';
import { openRequests } from '../target/request.ts';
import type { Target } from '../target/target.ts';
import type { Progress } from './drive.ts';
import { generate } from './generator.ts';
import { addDuration, emptyHistogram } from './histogram.ts';
import { openInbox } from './inbox.ts';
import { assertMayLoad } from './interlock.ts';
import { addresseeOf, submissionOf, type Visit } from './plan.ts';
import type { RealOrder } from './real-order.ts';
import { planReal, type RealPlan, realStages, withSirets, withSpare } from './real-plan.ts';
import type { Share } from './share.ts';
import { assertEnded, stoppedByOperator } from './stopped.ts';
import { openTurns } from './turns.ts';
import { watchLoad } from './watch.ts';
import { keptWireMap, readWireMap } from './wire-map.ts';

/** A campaign on a real clock that is to send what it has planned and not yet sent. */
export type RealCampaign = {
  folder: string;
  order: RealOrder;
  profile: TargetProfile;
  environment: Record<string, string>;
  target: Pick<Target, 'mailbox' | 'proveMailPath'>;
  ledger: Ledger;
  k6: string;
  share: Share;
  /** What a browser reads of the form, when absent. */
  wire?: WireMap;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
};

/** Visits at once, at most. */
const atOnce = 300;
/** How long k6 takes to start, about: the first visit is planned for then. */
const leadMs = 3_000;
/** Later than that, and whoever was to come meanwhile did not come. */
const lateMs = 60_000;
/** How often mails are looked for while visits come, in ms. */
const lookMs = 5_000;
/** Under which the ledger keeps that a mail of our own was lost. */
export const canaryMemo = 'canary';

/**
 * Sends the visits of a campaign on a real clock, each once, as they are planned; those whose time passed while nobody was
 * there are dropped. Each is unknown in the ledger from before it is sent until its outcome is told, so that it may be
 * killed at any instant and called again. Throws `GUICHET_LOAD_STOPPED` when the operator stops it, k6 is killed, the target
 * closes or its consent is withdrawn; `GUICHET_MAIL_PATH`; `GUICHET_SIRETS_EXHAUSTED`; what the interlock and the ledger throw.
 */
export async function submitReal(campaign: RealCampaign): Promise<void> {
  const { folder, order, profile, environment, ledger, target, signal } = campaign;
  const plan = planReal(order);
  await using defer = new AsyncDisposableStack();
  const requests = await openRequests(profile, environment);
  defer.defer(() => requests.close());
  const sirets = openSirets(profile, availableSirets(profile.sirets), { file: order.target, folder });
  defer.defer(() => sirets?.close());
  const isFresh = ledger.count() === 0;
  if (isFresh) await assertMayLoad(profile, requests, realStages(plan), plan.visits.length);
  await proveMailPath(campaign);
  if (isFresh) await planVisits(campaign, plan, sirets);
  const visits = withTheirs(campaign, plan);
  const wire = await wireOf(campaign, visits);

  const left = leftOf(campaign, plan, visits);
  if (left.visits.length > 0) {
    const failed = new AbortController();
    const fail = (error: unknown) => failed.abort(error);
    signal.addEventListener('abort', () => fail(stoppedByOperator()), { once: true });
    if (signal.aborted) fail(stoppedByOperator());
    const stages = realStages(plan, left);
    const { demand } = await assertMayLoad(profile, requests, stages, left.visits.length);
    const watch = watchLoad({
      ...{ profile, requests, demand },
      ...(profile.mail.smtp ? { proveMailPath: () => proveMailPath({ target, ledger }) } : {}),
    });
    defer.defer(() => watch.close());
    watch.signal.addEventListener('abort', () => fail(watch.signal.reason), { once: true });
    const byId = new Map(left.visits.map((visit) => [visit.id, visit]));
    const turns = await openTurns((id) => {
      ledger.outcome(id, 'unknown', new Date());
      const { demande, leaves } = byId.get(id) ?? {};
      // Who leaves before ENVOYER uses none up.
      if (demande && !leaves) sirets?.use(demande.siret);
    }, fail);
    defer.defer(() => turns.close());
    turns.open([...byId.keys()]);
    const tally = openTally(campaign, left.visits);
    const looking = lookAround(campaign, visits, tally, failed.signal).catch(fail);
    // However it ends, nobody looks on.
    defer.defer(async () => {
      fail(new Error('over'));
      await looking;
    });
    const end = await generate({
      ...{ k6: campaign.k6, share: campaign.share, visits: left.visits, stage: { profile, environment } },
      ...{ signal: failed.signal, turnUrl: turns.url, folder },
      run: { wire, stages: withSpare(stages), atOnce, mailDomain: profile.mailDomain },
      ...{ ledger, onOutcome: tally.outcome, onFailure: fail },
    });
    await watch.close();
    if (failed.signal.aborted) throw failed.signal.reason;
    assertEnded(end, folder);
    dropPlanned(ledger, byId.keys());
  }
  await proveMailPath(campaign);
}

/** Drops whoever is still planned and late by more than a minute: nobody was there to send them. */
export function dropPassed(ledger: Ledger, now: Date): void {
  for (const { id, state, planned } of ledger.rows())
    if (state === 'planned' && now.getTime() - planned.getTime() > lateMs)
      ledger.outcome(id, 'dropped', now, 'its time passed while the campaign was stopped');
}

/** Takes the SIRETs and writes the plan into the ledger, once all is there that it takes to begin. */
async function planVisits(
  campaign: RealCampaign,
  { visits, from }: RealPlan,
  sirets: ReturnType<typeof openSirets>,
): Promise<void> {
  const name = basename(campaign.folder);
  // Those that it held when it was killed here.
  sirets?.release({ campaign: name });
  // Whether there are enough is told before a browser opens, which takes its time and needs but one.
  withSirets(visits, sirets, name);
  sirets?.release({ campaign: name });
  try {
    await wireOf(campaign, withSirets(visits.slice(0, 1), sirets, name));
  } finally {
    sirets?.release({ campaign: name });
  }
  const own = withSirets(visits, sirets, name);
  const start = Date.now() + leadMs;
  campaign.ledger.plan(
    own.map((visit) => submissionOf(visit, new Date(start + (visit.minute - from) * 60_000))),
  );
}

/** The visits with the SIRETs that the ledger has for them. */
function withTheirs({ ledger, order }: RealCampaign, { visits }: RealPlan): Visit[] {
  const sirets = new Map(ledger.rows().map(({ id, siret }) => [id, siret]));
  return visits.map((visit) => {
    const siret = sirets.get(visit.id);
    if (!siret)
      throw new GuichetError(
        'GUICHET_HARNESS',
        `The ledger has no ${visit.id} of seed ${order.sizing.seed}.`,
      );
    return { ...visit, demande: { ...visit.demande, siret } };
  });
}

/** Who is still to come, and from which minute of the plan on. */
function leftOf({ ledger }: RealCampaign, { from }: RealPlan, visits: readonly Visit[]) {
  const now = new Date();
  dropPassed(ledger, now);
  const rows = new Map(ledger.rows().map((row) => [row.id, row]));
  const [first] = visits;
  const start =
    (rows.get(first?.id ?? '')?.planned.getTime() ?? 0) - ((first?.minute ?? from) - from) * 60_000;
  return {
    visits: visits.filter(({ id }) => rows.get(id)?.state === 'planned'),
    from: Math.max(from, from + (now.getTime() - start) / 60_000),
  };
}

/** Takes mails into the ledger and tells how it stands, now and then, until all visits have ended. */
async function lookAround(
  { ledger, target, onProgress }: RealCampaign,
  visits: readonly Visit[],
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  const submissions = visits.filter(({ leaves }) => !leaves).map(addresseeOf);
  const inbox = openInbox(target.mailbox, ledger, { run: 1, submissions });
  onProgress(tally.progress(0));
  const looks = every(lookMs, undefined, { signal })[Symbol.asyncIterator]();
  while (!signal.aborted) {
    try {
      await looks.next();
      await inbox.collect();
    } catch (error) {
      // A mailbox that is away for a moment is read later on; whether its mails come is the canary's to tell.
      if (!signal.aborted && !(error instanceof GuichetError)) throw error;
    }
    if (!signal.aborted) onProgress(tally.progress(inbox.received()));
  }
}

type Tally = ReturnType<typeof openTally>;

/** Counts what happens while visits come. */
function openTally({ ledger }: RealCampaign, visits: readonly Visit[]) {
  const rows = new Map(ledger.rows().map((row) => [row.id, row]));
  const instants = visits.map(({ id }) => rows.get(id)?.planned.getTime() ?? 0);
  const [first, last] = [instants[0] ?? 0, instants.at(-1) ?? 0];
  const expecting = new Set(visits.filter(({ leaves }) => !leaves).map(({ id }) => id));
  const durations = emptyHistogram();
  const accepted: number[] = [];
  let errors = 0;
  return {
    outcome: ({ id, state, durationMs }: OutcomeLine) => {
      addDuration(durations, durationMs);
      if (state === 'errored' || state === 'unknown' || state === 'refused') errors++;
      if (state === 'accepted' && expecting.has(id)) accepted.push(Date.now());
    },
    progress: (mails: number): Progress => {
      const now = Date.now();
      const oldest = accepted[Math.floor(mails / 3)];
      return {
        ...{ run: 1, arm: 'load', phase: 'load', errors, durations, ended: durations.count },
        done: Math.min(1, Math.max(0, (now - first) / Math.max(1, last - first))),
        due: instants.filter((instant) => instant <= now).length,
        backlog: Math.max(0, 3 * accepted.length - mails),
        // The oldest are served first, as far as a count can tell.
        oldestHours: oldest ? (now - oldest) / 3_600_000 : 0,
      };
    },
  };
}

/** The wire map of the folder, else what a browser reads now; it sends no demande. */
async function wireOf(
  { folder, profile, environment, wire, signal }: RealCampaign,
  [first]: readonly Visit[],
): Promise<WireMap> {
  return await keptWireMap(folder, () => {
    if (!first) throw new GuichetError('GUICHET_USAGE', 'No visit is planned.', 'Ask for more.');
    const { demande } = first;
    return wire ?? readWireMap({ profile, environment, demande, sends: false, signal });
  });
}

/** Throws `GUICHET_MAIL_PATH` when mails of our own do not arrive; once anything was sent, that is kept for the judge. */
async function proveMailPath({ target, ledger }: Pick<RealCampaign, 'target' | 'ledger'>): Promise<void> {
  try {
    await target.proveMailPath();
  } catch (error) {
    const isBroken = error instanceof GuichetError && error.code === 'GUICHET_MAIL_PATH';
    if (isBroken && ledger.count() > 0) ledger.remember(canaryMemo, 'lost');
    throw error;
  }
}
