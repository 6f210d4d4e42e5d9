import { z } from 'zod';
import { readJson } from '../json-file.ts';
import { problemsOf, refusal, type Schema } from '../target/profile-problems.ts';

const share = z.number().min(0).max(1);
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);

const stage = z
  .strictObject({
    from: timeOfDay.describe('A time of the day, such as "08:00"'),
    to: timeOfDay.describe('A later time of the same day, "24:00" at most'),
    fromPerHour: z.number().min(0).max(1e6).describe('Visits an hour when the stage begins, 0 to 1,000,000'),
    toPerHour: z.number().min(0).max(1e6).describe('Visits an hour when it ends, 0 to 1,000,000'),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'Write a time later than "from"' });

/** The workload file as zod reads it. */
export const workloadSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where this schema stands, for editors'),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .describe('A name of small letters, digits and hyphens'),
    stages: z
      .array(stage)
      .min(1)
      .describe('The arrivals of one day, visits of all kinds, one stage after the other'),
    siretOnly: share.default(0).describe('Share of the visits that end after the SIRET step, from 0 to 1'),
    abandons: share.default(0).describe('Share of the visits that end on the SIRET page, from 0 to 1'),
    refused: share
      .default(0)
      .describe('Share of the demandes whose form is refused once, then corrected, from 0 to 1'),
    retries: z
      .int()
      .min(0)
      .max(5)
      .default(0)
      .describe('How many times a visitor begins anew after an error, a whole number from 0 to 5'),
    agents: z
      .int()
      .positive()
      .describe('Agents of the back office for all of this demand, a whole number from 1'),
    sources: z
      .record(z.string(), z.string().min(1).describe('The source, or "hypothèse"'))
      .default({})
      .describe(
        'Where each figure is from, by its key, or the word "hypothèse" (it is printed as it stands)',
      ),
  })
  .superRefine(({ stages, siretOnly, abandons }, context) => {
    for (const [at, { from }] of stages.entries()) {
      const before = stages[at - 1];
      if (before && from < before.to)
        context.addIssue({
          code: 'custom',
          path: ['stages', at, 'from'],
          message: `Write ${before.to} or later: the stage before ends then`,
        });
    }
    if (siretOnly + abandons > 1)
      context.addIssue({
        code: 'custom',
        path: ['abandons'],
        message: `Write ${Math.round((1 - siretOnly) * 1000) / 1000} or less: with siretOnly it is above 1`,
      });
    if (stages.every(({ fromPerHour, toPerHour }) => fromPerHour + toPerHour === 0))
      context.addIssue({
        code: 'custom',
        path: ['stages', 0, 'toPerHour'],
        message: 'Write a rate above 0: nobody ever comes',
      });
  });

/** Who comes in a day, how fast, and what they do: the demand that a campaign puts on a target. */
export type Workload = z.infer<typeof workloadSchema>;
export type WorkloadFile = z.input<typeof workloadSchema>;

/** The workload file as JSON Schema, for editors and for what errors say. */
export function workloadJsonSchema(): Schema {
  return z.toJSONSchema(workloadSchema, { target: 'draft-2020-12', io: 'input' }) as Schema;
}

/** Validates a workload. Throws `GUICHET_USAGE` with a line a problem: key, what stands there, what to write. */
export function parseWorkload(value: unknown, source: string): Workload {
  const parsed = workloadSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error, value, workloadJsonSchema());
  throw refusal('GUICHET_USAGE', source, problems);
}

/** Reads a workload file. Throws `GUICHET_USAGE` when it is missing, not JSON, or wrong. */
export function readWorkload(path: string): Workload {
  const value = readJson(path, { code: 'GUICHET_USAGE', remedy: 'Give an existing workload file.' });
  return parseWorkload(value, path);
}
