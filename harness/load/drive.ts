import type { WireMap } from '../../fixtures/wire-map.ts';
import { GuichetError } from '../errors.ts';
import { dropPlanned, type OutcomeLine } from '../judge/load-outcomes.ts';
import type { Arm } from '../judge/load-runs.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openRequests } from '../target/request.ts';
import { openTarget } from '../target/target.ts';
import type { K6End } from '../toolchain/k6-run.ts';
import { generate } from './generator.ts';
import { addDuration, emptyHistogram, type Histogram } from './histogram.ts';
import { type Crossed, openInbox } from './inbox.ts';
import { assertMayLoad } from './interlock.ts';
import { addresseeOf, type Visit } from './plan.ts';
import { keepPosition } from './position.ts';
import type { Share } from './share.ts';
import { type Slice, sliceMinutes, slicesOf, stagesOf } from './slices.ts';
import type { Stage } from './stage.ts';
import { assertEnded, stopped, stoppedByOperator } from './stopped.ts';
import { openTurns, type Turns } from './turns.ts';
import { watchLoad } from './watch.ts';

/** One run that is to be driven, or driven on. */
export type Drive = {
  run: number;
  arm: Arm;
  /** All of its visits; those that the ledger has as planned are sent, no other. */
  visits: readonly Visit[];
  /** From when to when of the day visits come, in minutes, and how many hours the last ones are followed. */
  from: number;
  to: number;
  tauHours: number;
  wire: WireMap;
  /** Arrivals a second of this machine at most, and visits at once. */
  perSecond: number;
  atOnce: number;
  share: Share;
  k6: string;
  stage: Stage;
  ledger: Ledger;
  folder: string;
  /** The instant at which its clock stands. */
  start: Date;
  onProgress: (progress: Progress) => void;
  signal: AbortSignal;
};

/** How a run stands. */
export type Progress = {
  run: number;
  arm: Arm;
  phase: 'load' | 'drain';
  /** Of the run, from 0 to 1. */
  done: number;
  /** Visits that should have ended by now, that have, and how many of them badly. */
  due: number;
  ended: number;
  errors: number;
  /** Of all visits so far. */
  durations: Histogram;
  /** Mails that accepted demandes still lack, and how long the oldest of these has waited, in hours. */
  backlog: number;
  oldestHours: number;
};

/** What a run leaves beside the ledger. */
export type Driven = {
  end: K6End | undefined;
  canariesKept: boolean;
  crossed: Crossed[];
  /** Durations of visits in ms, by the instant of the target's clock at which they went. */
  times: { at: Date; durations: number[] }[];
  /** Durations of ENVOYER in ms. */
  envoyer: readonly number[];
};

/**
 * Drives one run: the planned instants move the target's clock slice by slice, each slice's visits go while it stands,
 * and the clock moves on when all of them have ended; then it is advanced in steps until the last visit was followed
 * for τ. Each visit is unknown in the ledger from before it is sent until its outcome is told. Throws
 * `GUICHET_LOAD_STOPPED` when the operator stops it, k6 is killed, or the target closes; what the target, the mailbox
 * and the ledger throw. The ledger then has all that was known.
 */
export async function driveRun(drive: Drive): Promise<Driven> {
  const { run, visits, stage, ledger, folder, tauHours } = drive;
  await using defer = new AsyncDisposableStack();
  const target = await openTarget(stage.profile, stage.environment);
  defer.defer(() => target.close());
  const failed = new AbortController();
  const fail = (error: unknown) => failed.abort(error);
  const check = () => {
    if (failed.signal.aborted) throw failed.signal.reason;
    if (drive.signal.aborted) throw stoppedByOperator();
  };

  const tally = openTally(drive);
  const expecting = visits.filter(({ leaves }) => !leaves);
  const submissions = expecting.map(addresseeOf);
  const inbox = openInbox(target.mailbox, ledger, { run, submissions });
  let canariesKept = await flies(target.proveMailPath);
  const states = ledger.states();
  const unsent = visits.filter(({ id }) => states.get(id) === 'planned');
  tally.owe(drive.start, expecting.filter(({ id }) => states.get(id) === 'accepted').length);
  const slices = slicesOf(unsent, drive);
  let end: K6End | undefined;

  const advance = async (to: Date) => {
    check();
    keepPosition(folder, to);
    if (to > (await target.now())) await target.advanceTo(to);
    tally.mails(await inbox.collect(to), to);
  };

  if (unsent.length > 0) {
    const stages = stagesOf(slices, drive.perSecond);
    const requests = await openRequests(stage.profile, stage.environment);
    defer.defer(() => requests.close());
    const { demand } = await assertMayLoad(stage.profile, requests, stages, unsent.length);
    const watch = watchLoad({ profile: stage.profile, requests, demand });
    defer.defer(() => watch.close());
    watch.signal.addEventListener('abort', () => fail(watch.signal.reason), { once: true });
    const turns = await openTurns((id) => ledger.outcome(id, 'unknown', new Date()), fail, drive.perSecond);
    defer.defer(() => turns.close());
    const k6 = generate({
      // The operator's stop is not k6's: whoever is under way ends, nobody else gets a turn.
      ...{ k6: drive.k6, share: drive.share, visits: unsent, stage, folder },
      ...{ signal: failed.signal, turnUrl: turns.url },
      run: {
        wire: drive.wire,
        stages,
        atOnce: drive.atOnce,
        mailDomain: stage.profile.mailDomain,
        inTurn: true,
      },
      ...{ ledger, onOutcome: tally.outcome, onFailure: fail },
    });
    try {
      await sendSlices(slices, { advance, turns, tally, k6, signal: failed.signal });
      check();
      end = await k6;
    } finally {
      // Whatever broke: nothing is sent any more once this is left.
      if (!end) {
        failed.abort(failed.signal.reason ?? stopped('The run was broken off'));
        await k6.catch(() => {});
      }
    }
    await watch.close();
    check();
    assertEnded(end, folder);
    dropPlanned(
      ledger,
      unsent.map(({ id }) => id),
    );
  }
  const last = slices.at(-1)?.end ?? drive.start;
  const until = last.getTime() + tauHours * 3_600_000;
  tally.drains();
  const standing = Math.max(last.getTime(), (await target.now()).getTime());
  for (let at = standing; at < until; at += sliceMinutes * 60_000)
    await advance(new Date(Math.min(until, at + sliceMinutes * 60_000)));
  await advance(new Date(until));
  canariesKept = (await flies(target.proveMailPath)) && canariesKept;
  return { end, canariesKept, crossed: inbox.crossed(), ...tally.told() };
}

type Sending = {
  advance: (to: Date) => Promise<void>;
  turns: Turns;
  tally: Tally;
  k6: Promise<K6End>;
  signal: AbortSignal;
};

/** Lets the visits go, slice by slice, until all have ended or k6 has. */
async function sendSlices(slices: readonly Slice[], { advance, turns, tally, k6, signal }: Sending) {
  let over = false;
  const ended = k6.finally(() => {
    over = true;
  });
  const aborted = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  for (const { end, visits } of slices) {
    if (over || signal.aborted) return;
    await advance(end);
    const ids = visits.map(({ id }) => id);
    const settled = tally.expect(ids);
    turns.open(ids);
    await Promise.race([settled, ended, aborted]);
  }
}

type Tally = ReturnType<typeof openTally>;

/** Counts what happens in a run. */
function openTally({ run, arm, visits, tauHours, from, to, onProgress }: Drive) {
  const leaves = new Map(visits.map(({ id, leaves }) => [id, leaves !== undefined]));
  const ended = new Set<string>();
  const durations = emptyHistogram();
  const envoyer: number[] = [];
  const byInstant = new Map<number, number[]>();
  const owed: { at: number; mails: number }[] = [];
  let pending = new Set<string>();
  let settle = () => {};
  let [due, errors, received, drained] = [0, 0, 0, 0];
  let now = 0;
  let phase: Progress['phase'] = 'load';
  const loadMs = (to - from) * 60_000;
  let elapsed = 0;

  const report = () => {
    const owes = owed.reduce((sum, { mails }) => sum + mails, 0);
    const backlog = Math.max(0, owes - received);
    // The oldest are served first, as far as a count can tell.
    let left = received;
    const oldest = owed.find(({ mails }) => {
      left -= mails;
      return left < 0;
    });
    const total = loadMs + tauHours * 3_600_000;
    onProgress({
      ...{ run, arm, phase, due, errors, durations, backlog, ended: ended.size },
      done: Math.min(1, (phase === 'load' ? elapsed : loadMs + drained) / total),
      oldestHours: oldest ? Math.max(0, now - oldest.at) / 3_600_000 : 0,
    });
  };
  return {
    told: () => ({
      times: [...byInstant].map(([at, durations]) => ({ at: new Date(at), durations })),
      envoyer,
    }),
    /** What an earlier part of a resumed run has left. */
    owe: (at: Date, count: number) => {
      if (count > 0) owed.push({ at: at.getTime(), mails: 3 * count });
    },
    expect: (ids: readonly string[]): Promise<void> => {
      due += ids.length;
      pending = new Set(ids.filter((id) => !ended.has(id)));
      if (pending.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        settle = resolve;
      });
    },
    outcome: ({ id, state, durationMs, envoyerMs }: OutcomeLine) => {
      ended.add(id);
      if (envoyerMs !== undefined) envoyer.push(envoyerMs);
      addDuration(durations, durationMs);
      const together = byInstant.get(now) ?? [];
      together.push(durationMs);
      byInstant.set(now, together);
      if (state === 'errored' || state === 'unknown' || state === 'refused') errors++;
      if (state === 'accepted' && !leaves.get(id)) {
        // One entry for each instant at which the clock stood.
        const same = owed.at(-1);
        if (same?.at === now) same.mails += 3;
        else owed.push({ at: now, mails: 3 });
      }
      pending.delete(id);
      if (pending.size === 0) settle();
    },
    mails: (count: number, at: Date) => {
      received += count;
      if (phase === 'load') elapsed += sliceMinutes * 60_000;
      else if (now) drained += at.getTime() - now;
      now = at.getTime();
      report();
    },
    drains: () => {
      phase = 'drain';
    },
  };
}

/** Whether a mail of our own arrives. */
async function flies(proveMailPath: () => Promise<boolean>): Promise<boolean> {
  try {
    return await proveMailPath();
  } catch (error) {
    if (error instanceof GuichetError && error.code === 'GUICHET_MAIL_PATH') return false;
    throw error;
  }
}
