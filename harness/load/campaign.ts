import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demandeForLoad } from '../../fixtures/demande.ts';
import type { WireMap } from '../../fixtures/wire-map.ts';
import { type LoadCurves, loadReport } from '../../reports/load-report.ts';
import type { LoadResults } from '../../reports/load-results.ts';
import { GuichetError } from '../errors.ts';
import { settleByMails } from '../judge/load-outcomes.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import { takeLock } from '../ledger/lock.ts';
import { ledgerName } from '../ledger/records.ts';
import { writeWhole } from '../whole-file.ts';
import { beginningOf, percentilesOf, type RunRecord } from './account.ts';
import { type Calibration, calibrate, ownPart } from './calibration.ts';
import { resultsOf } from './campaign-results.ts';
import { assertWithin, type Cap, integrate } from './cap.ts';
import { curvesOf } from './curves.ts';
import { driveRun, type Progress } from './drive.ts';
import { personasOf } from './generator.ts';
import type { LoadOrder } from './order.ts';
import { planRun, submissionOf, type Visit } from './plan.ts';
import { readPosition } from './position.ts';
import { readRequests } from './request-curves.ts';
import { outputFiles, type Share, unshared } from './share.ts';
import { instantOf, slicesOf, stagesOf } from './slices.ts';
import { startStage } from './stage.ts';
import { keptWireMap, readWireMap } from './wire-map.ts';

/** What the extranet on this machine is given at most, whatever the workload. */
const ownCap: Cap = { perMinute: 60 * 500, total: 500_000, by: 'Guichet, for the extranet on this machine' };

export type Campaign = {
  folder: string;
  order: LoadOrder;
  k6: string;
  /** What a browser reads of the form; read anew when absent and not in the folder. */
  wire?: WireMap;
  /** One k6 when absent. */
  share?: Share;
  signal: AbortSignal;
  print: (line: string) => void;
  /** `runs`: how many have come to their end. */
  onProgress: (progress: Progress, runs: number) => void;
  /** In place of the ledger in the folder. */
  openLedger?: (path: string) => Ledger;
};

/** The plan of one run, held to the cap. Throws `GUICHET_CAP_EXCEEDED` and `GUICHET_USAGE`. */
export function planned(order: LoadOrder, run: number): Visit[] {
  const { workload, sizing, measure, arms, perSecond } = order;
  const arm = arms[run - 1] ?? 'baseline';
  const visits = planRun(workload, sizing, { run, arm });
  const stages = stagesOf(slicesOf(visits, measure), perSecond);
  assertWithin(ownCap, integrate(stages), visits.length * arms.length);
  return visits;
}

/**
 * Drives all runs of a campaign that have not come to their end, judges, and writes `load.json`. What stops it is in the
 * results, which then have no judgement; the ledger and the folder let it go on. Throws `GUICHET_USAGE` when another
 * process has the campaign, and coded errors of what comes before the first run.
 */
export async function driveCampaign(campaign: Campaign): Promise<LoadResults> {
  const { folder, order, print } = campaign;
  const { arms } = order;
  mkdirSync(folder, { recursive: true });
  const release = takeLock(join(folder, 'lock.sqlite'));
  if (!release)
    throw new GuichetError('GUICHET_USAGE', `${folder} is being driven by another process.`, 'Wait for it.');
  await using defer = new AsyncDisposableStack();
  defer.defer(release);
  const wire = await wireOf(campaign);
  const calibration = await calibrationOf(campaign, wire, planned(order, 1));
  const ledger = (campaign.openLedger ?? openLedger)(join(folder, ledgerName));
  defer.defer(() => ledger.close());

  let stopped: string | undefined;
  try {
    for (const [at, arm] of arms.entries()) {
      const run = at + 1;
      const place = placeOf(folder, run);
      if (existsSync(join(place, recordName))) continue;
      mkdirSync(place, { recursive: true });
      // One plan at a time: together they would fill the memory.
      await driveOne(campaign, { run, arm, place, ledger, wire, calibration, visits: planned(order, run) });
    }
  } catch (error) {
    if (!(error instanceof GuichetError)) throw error;
    stopped = error.message;
    print(error.message);
  }
  const rowsOf = (run: number) => ledger.rows(beginningOf(run));
  const records = finishedRuns(folder, order);
  const results = resultsOf(campaign, { rowsOf, records, summary: ledger.summary(), calibration, stopped });
  writeWhole(join(folder, 'load.json'), `${JSON.stringify(results, null, 2)}\n`);
  const curves = curvesOf(rowsOf, records, order.protocol.tauHours);
  const requests = await requestsOf(campaign, records);
  writeWhole(join(folder, 'report.html'), loadReport(results, { ...curves, ...requests }));
  return results;
}

/** Of the first loaded run whose samples k6 has written. What cannot be read of them is told, and ends no campaign. */
async function requestsOf(
  { folder, print }: Campaign,
  records: readonly RunRecord[],
): Promise<Pick<LoadCurves, 'requests'>> {
  const first = records.find(({ arm, samples }) => arm === 'load' && samples);
  if (!first) return {};
  try {
    return {
      requests: await readRequests(
        (first.samples ?? []).map((name) => join(placeOf(folder, first.run), name)),
      ),
    };
  } catch (error) {
    if (!(error instanceof GuichetError)) throw error;
    print(error.message);
    return {};
  }
}

function placeOf(folder: string, run: number): string {
  return join(folder, `run-${String(run).padStart(2, '0')}`);
}

const recordName = 'run.json';

type One = {
  run: number;
  arm: LoadOrder['arms'][number];
  place: string;
  ledger: Ledger;
  wire: WireMap;
  calibration: Calibration;
  visits: readonly Visit[];
};

/** Drives one run on an extranet of its own, which a resumed run finds as it was left. */
async function driveOne(campaign: Campaign, one: One): Promise<void> {
  const { order, folder, k6, signal, onProgress } = campaign;
  const { run, arm, place, ledger, wire, calibration, visits } = one;
  const { measure, protocol, perSecond, atOnce, coupling, fault, skin } = order;
  if (!ledger.states().has(visits[0]?.id ?? '')) {
    ledger.plan(visits.map((visit) => submissionOf(visit, instantOf(visit.minute))));
  }
  const start = readPosition(place) ?? instantOf(measure.from);
  await using defer = new AsyncDisposableStack();
  const stage = await startStage({
    ...{ agents: measure.agents, coupling, folder: place, start },
    ...(fault ? { fault } : {}),
    ...(skin ? { skin } : {}),
  });
  defer.defer(() => stage.close());
  const done = finishedRuns(folder, order).length;
  const driven = await driveRun({
    ...{ run, arm, visits, from: measure.from, to: measure.to, tauHours: protocol.tauHours },
    ...{ wire, perSecond, atOnce, k6, stage, ledger, folder: place, start, signal },
    share: campaign.share ?? unshared,
    onProgress: (progress) => onProgress(progress, done),
  });
  settleByMails(ledger, beginningOf(run));
  const times = driven.envoyer.length > 0 ? percentilesOf(driven.envoyer) : undefined;
  const own = times && ownPart(calibration, times);
  const samples = outputFiles(campaign.share ?? unshared);
  const record: RunRecord = {
    ...{ run, arm, canariesKept: driven.canariesKept, crossed: driven.crossed },
    visitDurations: percentilesOf(driven.times.flatMap(({ durations }) => durations)),
    times: driven.times.map(({ at, durations }) => ({ at: at.toISOString(), ...percentilesOf(durations) })),
    ...(times && own
      ? { envoyer: { p95Ms: times.p95Ms, p99Ms: times.p99Ms, ownP95: own.p95, ownP99: own.p99 } }
      : {}),
    ...(samples.length > 0 ? { samples } : {}),
  };
  writeWhole(join(place, recordName), `${JSON.stringify(record, null, 2)}\n`);
}

function finishedRuns(folder: string, { arms }: LoadOrder): RunRecord[] {
  return arms.flatMap((_, at) => {
    const path = join(placeOf(folder, at + 1), recordName);
    return existsSync(path) ? [JSON.parse(readFileSync(path, 'utf8')) as RunRecord] : [];
  });
}

/** The wire map of the folder, else what a browser reads now of an extranet that is gone afterwards. */
async function wireOf({ folder, order, wire, signal, print }: Campaign): Promise<WireMap> {
  return await keptWireMap(folder, () => wire ?? walk());

  async function walk(): Promise<WireMap> {
    const place = join(folder, 'wire');
    mkdirSync(place, { recursive: true });
    print('Un navigateur parcourt le formulaire une fois :');
    const { skin, sizing } = order;
    const start = instantOf(0);
    await using defer = new AsyncDisposableStack();
    const stage = await startStage({ agents: 1, folder: place, start, ...(skin ? { skin } : {}) });
    defer.defer(() => stage.close());
    const demande = demandeForLoad({ seed: sizing.seed, index: 0, mailDomain: sizing.mailDomain });
    const { profile, environment } = stage;
    return await readWireMap({ profile, environment, demande, sends: true, signal });
  }
}

/** What the generator can do here: measured once a campaign, at most half of it is asked for. */
async function calibrationOf(
  { folder, order, k6, signal, print }: Campaign,
  wire: WireMap,
  visits: readonly Visit[],
): Promise<Calibration> {
  const path = join(folder, 'calibration.json');
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  const perMinute = 60 * order.perSecond;
  const personas = personasOf(wire, visits.filter(({ leaves }) => !leaves).slice(0, 100));
  const run = {
    ...{ wire, atOnce: order.atOnce, mailDomain: order.sizing.mailDomain },
    stages: [{ fromPerMinute: perMinute, toPerMinute: perMinute, seconds: 1 }],
  };
  const calibration = await calibrate({ k6, run, personas, signal, seconds: 2 });
  writeWhole(path, `${JSON.stringify(calibration, null, 2)}\n`);
  print(
    `Générateur étalonné : ${Math.round(calibration.perMinute / 60)} visites/s à vide, ${order.perSecond} prévues au plus`,
  );
  return calibration;
}
