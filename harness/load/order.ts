import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadProtocol } from '../../reports/load.ts';
import { GuichetError } from '../errors.ts';
import { fixProtocol, runOrder } from '../judge/load-protocol.ts';
import type { Arm } from '../judge/load-runs.ts';
import { writeWhole } from '../whole-file.ts';
import { type Measure, measure, type Sizing } from './plan.ts';
import { sliceMinutes } from './slices.ts';
import type { Workload } from './workload.ts';

/** What a campaign was asked for, fixed before its first run; all of its visits follow from it. */
export type LoadOrder = {
  startedAt: string;
  workload: Workload;
  sizing: Sizing;
  measure: Measure;
  coupling: string;
  fault?: string;
  skin?: string;
  /** Arrivals a second of this machine at most, and visits at once. */
  perSecond: number;
  atOnce: number;
  protocol: LoadProtocol;
  /** The arm of each run. */
  arms: Arm[];
};

export type Question = Omit<LoadOrder, 'startedAt' | 'measure' | 'protocol' | 'arms' | 'atOnce'> & {
  deltaHours?: number;
  /** In each arm; reckoned when absent. */
  runs?: number;
};

/** Visits at once; who waits for its turn is one. */
const atOnce = 300;
/**
 * Standard deviation of the restricted mean between runs without load, in hours. All have the same probes at the same
 * virtual minutes: what is left is the order within a slice. Assumption; the result shows the actual figures.
 */
const spreadHours = 0.25;

/** Fixes a campaign. Throws `GUICHET_USAGE` for figures that cannot be judged, `GUICHET_LOAD_INVALID` without enough power. */
export function fixOrder(question: Question): LoadOrder {
  const { deltaHours, runs, ...asked } = question;
  const { workload, sizing } = asked;
  const what = { ...asked, measure: measure(workload, sizing), atOnce };
  const protocol = fixProtocol({
    ...{ probesPerRun: sizing.probesPerRun, spreadHours, seed: sizing.seed },
    resolutionHours: sliceMinutes / 60,
    ...(deltaHours === undefined ? {} : { deltaHours }),
    ...(runs === undefined ? {} : { runsPerArm: runs }),
    workload: `${workload.name} ${createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 12)}`,
  });
  return { startedAt: new Date().toISOString(), ...what, protocol, arms: runOrder(protocol) };
}

const orderName = 'campaign.json';

export function keepOrder(folder: string, order: LoadOrder): void {
  writeWhole(join(folder, orderName), `${JSON.stringify(order, null, 2)}\n`);
}

/** Reads what a campaign was asked for. Throws `GUICHET_USAGE` for a folder that is none of a campaign under load. */
export function readOrder(folder: string): LoadOrder {
  const path = join(folder, orderName);
  try {
    const order = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
    if (order.protocol && order.workload) return order;
  } catch {
    // Told below.
  }
  throw new GuichetError(
    'GUICHET_USAGE',
    `${folder} is no campaign of "guichet load".`,
    'Give the name of a folder of reports/out that ends in "-load-" and a number.',
  );
}
