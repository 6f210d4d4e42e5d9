import { z } from 'zod';

/** EARL's five outcomes. */
export const outcome = z.enum(['passed', 'failed', 'cantTell', 'inapplicable', 'untested']);
export type Outcome = z.infer<typeof outcome>;

const counts = z.strictObject({
  passed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  cantTell: z.int().nonnegative(),
  inapplicable: z.int().nonnegative(),
  untested: z.int().nonnegative(),
});
export type Counts = z.infer<typeof counts>;

/** One assertion of one scenario about one requirement. Texts are French and already redacted. */
const check = z.strictObject({
  scenario: z.string().describe('Id of the scenario that made this check'),
  outcome,
  expected: z.string(),
  observed: z.string(),
  evidence: z.array(z.string()).describe('Ids of entries of `evidence`'),
});
export type Check = z.infer<typeof check>;

const requirement = z.strictObject({
  id: z.string(),
  source: z.enum(['seed', 'norm']),
  level: z.enum(['MUST', 'SHOULD', 'INFO']),
  surface: z.enum(['home', 'login', 'siret', 'form', 'mail', 'support']),
  quote: z.string().optional().describe('Verbatim from the procedure; absent for a norm'),
  reference: z.string().optional().describe('The norm; absent for the procedure'),
  check: z.string(),
  note: z.string().optional(),
  inScope: z.boolean().describe('Whether the scope of this campaign judges it'),
  outcome: outcome.describe('failed if a check failed, else cantTell if one could not tell, else passed'),
  reason: z.string().optional().describe('Why it is inapplicable (from the target profile)'),
  waiver: z
    .strictObject({
      reason: z.string(),
      owner: z.string(),
      expires: z.iso.date(),
      standing: z
        .enum(['valid', 'expired', 'stale'])
        .describe(
          'stale: the requirement passes, the waiver must go; an expired one waives nothing at a release gate',
        ),
    })
    .optional()
    .describe('A dated, owned exception; the outcome stays what it is'),
  checks: z.array(check),
});
export type RequirementResult = z.infer<typeof requirement>;

const scenario = z.strictObject({
  id: z.string().describe('File and line, such as `scenarios/siret.spec.ts:12`'),
  title: z.string(),
  status: z
    .enum(['passed', 'failed', 'aborted', 'pending', 'interrupted'])
    .describe('pending: the clock is real and its mails are not due yet; "guichet follow" takes it up'),
  durationMs: z.number().nonnegative(),
  error: z.string().optional().describe('Why it was aborted: first line, redacted, no stack'),
  due: z.iso.datetime().optional().describe('When a pending one can be judged'),
});
export type ScenarioResult = z.infer<typeof scenario>;

/** A mail as received, decoded, secrets replaced. */
const mail = z.strictObject({
  from: z.string(),
  to: z.array(z.string()).describe('Envelope recipients'),
  subject: z.string(),
  date: z.string(),
  text: z.string(),
  raw: z.string().describe('Header of the source, secrets replaced; the body is `text`'),
});
export type MailEvidence = z.infer<typeof mail>;

const evidence = z.strictObject({
  id: z.string(),
  kind: z.enum(['screenshot', 'mail', 'trace', 'har']),
  title: z.string(),
  path: z.string().describe('Relative to the folder of the campaign'),
  mail: mail.optional(),
});
export type Evidence = z.infer<typeof evidence>;

/** A requirement whose outcome differs between two campaigns. */
const change = z.strictObject({
  id: z.string(),
  level: z.enum(['MUST', 'SHOULD', 'INFO']),
  before: outcome,
  after: outcome,
});
export type Change = z.infer<typeof change>;

/** A scenario that takes longer, in ms. */
const slower = z.strictObject({
  scenario: z.string(),
  before: z.number().nonnegative(),
  after: z.number().nonnegative(),
});
export type Slower = z.infer<typeof slower>;

const regression = z.strictObject({
  red: z.array(change),
  green: z.array(change),
  untested: z.array(change).describe('No longer judged'),
  slower: z.array(slower),
});
/** What changed from one campaign to a later one; INFO entries are compared by whether they were recorded. */
export type Regression = z.infer<typeof regression>;

/** `results.json`: the public contract of a campaign; every other format is a view of it. */
export const results = z.strictObject({
  schemaVersion: z.literal(1),
  guichet: z.string().describe('Version of Guichet'),
  catalogue: z.strictObject({ revision: z.string(), total: z.int() }),
  campaign: z.strictObject({
    id: z.string(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    seed: z.int(),
    strict: z.boolean(),
    gate: z.literal('release').optional().describe('Expired and stale waivers fail'),
    selection: z.array(z.string()).describe('Requirements or scenarios asked for; empty means all'),
    flags: z.array(z.string()).describe('Flags that a replay needs besides the seed'),
    interrupted: z.boolean(),
  }),
  target: z.strictObject({ name: z.string(), baseUrl: z.string(), fault: z.string().optional() }),
  verdict: z.strictObject({
    outcome: z.enum(['conform', 'not-conform', 'inconclusive']),
    exitCode: z.union([z.literal(0), z.literal(1), z.literal(3)]),
    reasons: z.array(z.string()).describe('French, one line each, most serious first'),
    counts: z.strictObject({ MUST: counts, SHOULD: counts, INFO: counts }).describe('Within the scope'),
  }),
  requirements: z.array(requirement),
  scenarios: z.array(scenario),
  evidence: z.array(evidence),
  since: regression
    .extend({ campaign: z.string(), startedAt: z.iso.datetime() })
    .optional()
    .describe(
      'What changed since the last campaign of the same scope on the same target, when there was one',
    ),
});
export type Results = z.infer<typeof results>;
