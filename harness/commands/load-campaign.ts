import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { loadPage } from '../../reports/load-page.ts';
import { planPage } from '../../reports/load-plan.ts';
import { campaignName, campaignsFolder, makeFolder } from '../campaign/folder.ts';
import { type Campaign, driveCampaign, planned } from '../load/campaign.ts';
import { openLive, type Screen } from '../load/live.ts';
import { fixOrder, keepOrder, type LoadOrder, type Question, readOrder } from '../load/order.ts';
import { readRealOrder } from '../load/real-order.ts';
import type { Share } from '../load/share.ts';
import { slicesOf, stagesOf } from '../load/slices.ts';
import { type Keyboard, stopKey } from '../load/stop-key.ts';
import { findK6 } from '../toolchain/k6.ts';
import { writeWhole } from '../whole-file.ts';
import { goOn } from './load-target.ts';

/** Real seconds that the start, the drain of 48 h and the end of one run take, about. */
const aroundRun = 6;
/** And the wire map and the calibration of a campaign. */
const beforeRuns = 25;

type Surroundings = { signal: AbortSignal; screen: Screen; keyboard: Keyboard; out?: string } & Pick<
  Campaign,
  'wire'
> & { share: Share };

/** What `--dry-run` prints, in French. Throws `GUICHET_CAP_EXCEEDED` for a plan over the cap. */
export function dryRun(question: Question): string {
  const order = fixOrder(question);
  const { workload, measure, protocol, sizing, arms, perSecond, coupling } = order;
  const plans = arms.map((_, at) => planned(order, at + 1));
  const visits = plans.flat();
  const demandes = visits.filter(({ leaves }) => !leaves).length;
  const seconds = plans.map((plan) => secondsOf(order, plan)).reduce((sum, one) => sum + one, 0);
  return planPage({
    ...{
      workload: workload.name,
      sources: workload.sources,
      coupling,
      protocol,
      seed: sizing.seed,
      perSecond,
    },
    ...{ visitsPerDay: measure.visitsPerDay, demandesPerDay: measure.demandesPerDay },
    ...{ peakPerHour: measure.peakPerHour, factor: measure.factor, agents: measure.agents },
    ...{
      probes: sizing.probesPerRun,
      backgroundVisits: measure.visits,
      backgroundDemandes: measure.demandes,
    },
    ...{
      visits: visits.length,
      demandes,
      mails: 3 * demandes,
      sirets: new Set(visits.map(({ demande }) => demande.siret)).size,
    },
    durationMs: 1000 * (beforeRuns + arms.length * aroundRun + seconds),
  });
}

function secondsOf({ measure, perSecond }: LoadOrder, visits: ReturnType<typeof planned>): number {
  return stagesOf(slicesOf(visits, measure), perSecond).reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Starts a campaign in a folder of its own and drives it to its verdict. Answers the exit code. */
export async function startCampaign(question: Question, around: Surroundings): Promise<0 | 1 | 3> {
  const order = fixOrder(question);
  for (const run of order.arms.keys()) planned(order, run + 1);
  const folder = join(around.out ?? campaignsFolder, campaignName('load', order.startedAt));
  const k6 = await findK6({ log: (line) => around.screen.write(`${line}\n`), signal: around.signal });
  makeFolder(folder);
  keepOrder(folder, order);
  return await drive({ folder, order, k6: k6.path }, around);
}

/** Goes on with a campaign, by its name or its folder. Answers the exit code. Throws `GUICHET_USAGE`. */
export async function resumeCampaign(name: string, around: Surroundings): Promise<number> {
  const folder = existsSync(name) ? name : join(around.out ?? campaignsFolder, basename(name));
  const real = readRealOrder(folder);
  if (real) return await goOn(folder, real, around);
  const order = readOrder(folder);
  const k6 = await findK6({ log: (line) => around.screen.write(`${line}\n`), signal: around.signal });
  return await drive({ folder, order, k6: k6.path }, around);
}

async function drive(
  subject: Pick<Campaign, 'folder' | 'order' | 'k6'>,
  { signal, screen, keyboard, wire, share }: Surroundings,
): Promise<0 | 1 | 3> {
  const { folder, order } = subject;
  const { arms, workload, protocol, measure } = order;
  const sizes = arms.map((_, at) => {
    const visits = planned(order, at + 1);
    return { visits: visits.length, seconds: secondsOf(order, visits) };
  });
  const live = openLive(screen, {
    runs: arms.length,
    size: (run) => sizes[run - 1] ?? { visits: 0, seconds: 1 },
  });
  const print = (line: string) => {
    live.clear();
    screen.write(`${line}\n`);
  };
  print(
    `Charge « ${workload.name} » : ${protocol.runsPerArm} passages par bras, graine ${protocol.seed}, compression ${measure.factor.toFixed(1).replace('.', ',')}`,
  );
  print(`Dossier : ${relative(process.cwd(), folder)}`);
  const stop = stopKey(keyboard, signal);
  if (keyboard.isTTY) print('q arrête ; « npx guichet load --resume » reprend.');
  try {
    const results = await driveCampaign({
      ...subject,
      ...(wire ? { wire } : {}),
      ...(share ? { share } : {}),
      ...{ signal: stop.signal, print },
      onProgress: live.show,
    });
    const page = loadPage(results);
    writeWhole(join(folder, 'load.txt'), `${page}\n`);
    print(page);
    print(`Rapport : ${join(relative(process.cwd(), folder), 'report.html')}`);
    if (!results.finished) print(`Reprendre : npx guichet load --resume ${basename(folder)}`);
    return results.exitCode;
  } finally {
    live.clear();
    stop.close();
  }
}
