import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { GuichetError } from '../errors.ts';
import type { LedgerRow } from '../ledger/ledger.ts';

const seconds = z.number().describe('Seconds since the start of the run, on the clock of the target');

const submission = z.tuple([
  seconds.min(0).describe('When it was planned'),
  seconds.nullable().describe('When the target accepted it; null when it did not, or is not known to have'),
  seconds.nullable().describe('When the last of its mails came; null when one had not by the end'),
]);

const run = z.strictObject({
  arm: z
    .string()
    .min(1)
    .describe('Runs of one arm were planned alike: "baseline", "load", a step of a ladder'),
  start: z.iso.datetime({ offset: true }).describe('On the clock of the target'),
  end: z.iso.datetime({ offset: true }).describe('Until when the mails were followed'),
  submissions: z.array(submission).min(1),
});

const calibration = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  target: z.string().min(1).describe('Name in the target profile'),
  timeZone: z.string().default('Europe/Paris').describe('In which agents keep their hours'),
  compression: z
    .number()
    .min(1)
    .describe('By what demand and agents were both divided; 1 when they were not'),
  deadlineHours: z.number().positive().describe('Within which all mails are promised'),
  runs: z.array(run).min(1),
});

/** What the runs of a load campaign showed: instants of every submission, refused and lost ones included. */
export type Calibration = z.infer<typeof calibration>;
export type CalibrationRun = Calibration['runs'][number];

/** Longest period that a run may take, in days: more is a mistaken instant. */
const longestDays = 60;

/** Reads a calibration from its file. Throws `GUICHET_CALIBRATION_INVALID` that names the first key that is wrong. */
export function readCalibration(file: string): Calibration {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw refused(file, (error as Error).message.replace(/\.$/, ''));
  }
  const parsed = calibration.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refused(file, `${issue?.path.join('.') || '(root)'}: ${issue?.message}`);
  }
  checkInstants(file, parsed.data);
  return parsed.data;
}

/**
 * One run from the rows of its ledger, whose planned instants and mails are on the target's clock; mails were followed from
 * `start` to `end`. The answers are on another clock, so that a demande counts as accepted when it was planned.
 */
export function calibrationRun(
  rows: readonly Pick<LedgerRow, 'planned' | 'state' | 'expects' | 'mails'>[],
  { arm, start, end }: { arm: string; start: Date; end: Date },
): CalibrationRun {
  const since = (instant: Date) => (instant.getTime() - start.getTime()) / 1000;
  return {
    ...{ arm, start: start.toISOString(), end: end.toISOString() },
    submissions: rows.map(({ planned, state, expects, mails }) => {
      const firsts = expects.map((kind) =>
        Math.min(...mails.filter((mail) => mail.kind === kind).map(({ received }) => since(received))),
      );
      const last = Math.max(...firsts);
      return [
        since(planned),
        state === 'accepted' ? since(planned) : null,
        Number.isFinite(last) ? last : null,
      ];
    }),
  };
}

function checkInstants(file: string, { timeZone, runs }: Calibration): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw refused(file, `timeZone: "${timeZone}" is none`);
  }
  for (const [at, { start, end, submissions }] of runs.entries()) {
    const length = (Date.parse(end) - Date.parse(start)) / 1000;
    if (length <= 0) throw refused(file, `runs.${at}.end: ${end} does not come after ${start}`);
    if (length > longestDays * 86_400)
      throw refused(file, `runs.${at}.end: ${end} is more than ${longestDays} days after ${start}`);
    for (const [index, [planned, accepted, last]] of submissions.entries()) {
      const where = `runs.${at}.submissions.${index}`;
      if (planned > length) throw refused(file, `${where}.0: planned after the end of the run`);
      if (last !== null && last > length) throw refused(file, `${where}.2: a mail after the end of the run`);
      if (last !== null && last < (accepted ?? planned))
        throw refused(file, `${where}.2: the last mail came before the submission`);
    }
  }
}

function refused(file: string, what: string): GuichetError {
  return new GuichetError('GUICHET_CALIBRATION_INVALID', `${file}: ${what}.`);
}
