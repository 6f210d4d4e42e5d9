import { z } from 'zod';
import { visitStates } from './load-results.ts';

const count = z.int().nonnegative();
const part = z.number().min(0).max(1);
const instant = z.iso.datetime();
const kind = z.enum(['identifiant', 'mot-de-passe', 'habilitation', 'other']);

const cohort = z.strictObject({
  from: instant.describe('Planned from then on'),
  to: instant,
  demandes: count.describe('Sent'),
  served: count.describe('All three mails in time'),
  failed: count.describe('A mail late or missing, or the demande not taken, or answered by an error'),
  awaited: count.describe('Too early to say'),
  medianHours: z.number().optional().describe('To the third mail, by Kaplan and Meier; absent while unknown'),
  inTime: z
    .strictObject({ share: part, low: part, high: part })
    .optional()
    .describe(
      'Share with all three mails at the deadline, with its band of 95 %, none where all or none came; absent while unknown',
    ),
});

/** `load.json` of a campaign on a real clock: one run, followed to its deadline. */
export const realLoadResults = z.strictObject({
  version: z.literal(1),
  clock: z.literal('real'),
  campaign: z.string().min(1),
  target: z.string().min(1),
  workload: z.string().min(1),
  startedAt: instant,
  writtenAt: instant,
  sent: z.boolean().describe('Whether all visits have had their turn; else: guichet load --resume CAMPAIGN'),
  provisional: z.boolean().describe('Before `verdictAt`'),
  verdictAt: instant.describe('The last deadline, and the grace after it'),
  deadlineHours: z.number().positive().describe('From the planned instant'),
  limit: part.describe('Of the breach rate: its upper bound must stay below'),
  visits: visitStates,
  mails: z.strictObject({
    ...{ expected: count, inTime: count, late: count, missing: count, awaited: count },
    ...{ doubled: count, unexpected: count, crossed: count },
  }),
  faults: z.array(
    z.strictObject({
      submission: z.string(),
      kind,
      fault: z.enum(['late', 'missing', 'doubled', 'unexpected']),
      hours: z.number().optional().describe('From the planned instant, where it is late'),
    }),
  ),
  crossed: z.array(z.strictObject({ mail: z.string(), why: z.string() })),
  cohorts: z.array(cohort).describe('By planned instant; never pooled'),
  breaches: z
    .strictObject({ due: count, failed: count, upper: part })
    .describe('Of the demandes whose deadline has passed; upper bound of 95 %, one-sided, as if independent'),
  forecast: z.array(z.string()).describe('In French: what this run lets one foresee of covid-week'),
  reasons: z.array(z.string()).describe('In French: why the run does not show what it should'),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(3)]),
});
export type RealLoadResults = z.infer<typeof realLoadResults>;
export type Cohort = z.infer<typeof cohort>;
