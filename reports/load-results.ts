import { z } from 'zod';
import type { LoadJudgement } from './load.ts';

const count = z.int().nonnegative();
const arm = z.enum(['baseline', 'load']);
/** Visits by what became of them. */
export const visitStates = z.strictObject({
  planned: count.describe('Not sent: the campaign was stopped before'),
  accepted: count.describe('Accepted, or left where the plan says'),
  refused: count,
  dropped: count.describe('The generator had no visitor free'),
  errored: count,
  unknown: count.describe('Sent, and no answer came; never sent again'),
});
const milliseconds = z.number().nonnegative();
const percentiles = z.strictObject({ p50Ms: milliseconds, p95Ms: milliseconds, p99Ms: milliseconds });

const run = z.strictObject({
  run: z.int().positive(),
  arm,
  finished: z.boolean().describe('Whether every probe was followed to τ'),
  visits: visitStates,
  mails: z.strictObject({
    expected: count,
    received: count,
    lost: count,
    doubled: count,
    unexpected: count,
    crossed: count,
  }),
  visitDurations: percentiles.describe('Whole visits, the pauses of the plan left out'),
  envoyer: z
    .strictObject({
      p95Ms: milliseconds,
      p99Ms: milliseconds,
      ownP95: z.number().min(0).max(1),
      ownP99: z.number().min(0).max(1),
    })
    .optional()
    .describe('The request of ENVOYER, and the part of it that is the generator’s own'),
});

const number = z.number();
const estimate = z.strictObject({
  ...{ baseline: number, load: number, difference: number },
  ...{ lower: number, upper: number, p: number },
});
const judgement: z.ZodType<LoadJudgement> = z.strictObject({
  verdict: z.enum(['invalid', 'no-larger-effect', 'effect', 'inconclusive']),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  protocol: z.strictObject({
    deltaHours: number.describe('δ: the least shift of the restricted mean that matters, in hours'),
    deltaMissed: number.describe('δ for the part of probes without their three mails within τ'),
    tauHours: number.describe('τ: how long a probe is followed, and counted, in hours'),
    ...{
      probesPerRun: count,
      runsPerArm: count,
      power: number,
      spreadHours: number,
      missedVary: z.boolean(),
    },
    ...{
      effectVariation: number,
      worstVariation: number,
      resolutionHours: number.default(0),
      seed: count,
      workload: z.string(),
    },
  }),
  hash: z.string().describe('sha256 of the protocol'),
  reasons: z.array(z.string()).describe('Why it is invalid'),
  findings: z
    .strictObject({
      hours: estimate.describe('Restricted mean time to the third mail, in hours'),
      missed: estimate.describe('Part of the probes without their three mails within τ'),
      p: number.describe('Exact p of both figures together'),
      arrangements: count,
    })
    .optional()
    .describe('Absent when it is invalid'),
});

/** What `load.json` holds: the public contract of `guichet load`. Texts are French. */
export const loadResults = z.strictObject({
  version: z.literal(1),
  campaign: z.string().min(1),
  startedAt: z.iso.datetime(),
  writtenAt: z.iso.datetime(),
  finished: z.boolean().describe('Whether all runs came to their end; else: guichet load --resume CAMPAIGN'),
  stopped: z.string().optional().describe('Why it is not finished'),
  workload: z.string().min(1),
  coupling: z.string().describe('What the extranet was told that busy pages do to its back office'),
  compression: z.number().min(1).describe('By what the demand and the agents of the workload are divided'),
  agents: z.int().positive().describe('After that division'),
  generator: z
    .strictObject({
      plannedPerSecond: z.number(),
      calibratedPerSecond: z.number(),
      own: z.strictObject({ p95Ms: milliseconds, p99Ms: milliseconds }),
    })
    .describe('Visits a second, planned at most and reached against a server that does nothing'),
  runs: z.array(run),
  totals: z.strictObject({ visits: visitStates, mails: run.shape.mails }),
  lost: z.array(z.strictObject({ submission: z.string(), kind: z.string() })),
  doubled: z.array(z.strictObject({ submission: z.string(), kind: z.string(), count })),
  unexpected: z.array(z.strictObject({ submission: z.string(), kind: z.string() })),
  crossed: z.array(z.strictObject({ run: z.int(), mail: z.string(), why: z.string() })),
  judgement: judgement
    .optional()
    .describe('Verdict, protocol with its seal, estimates with their intervals; absent when not finished'),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(3)]),
});
export type LoadResults = z.infer<typeof loadResults>;
export type RunResult = z.infer<typeof run>;
