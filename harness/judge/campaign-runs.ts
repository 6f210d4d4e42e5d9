import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { GuichetError } from '../errors.ts';
import { type Ledger, type LedgerRow, openLedger } from '../ledger/ledger.ts';
import { ledgerName } from '../ledger/records.ts';
import { type Calibration, calibrationRun, readCalibration } from './calibration-runs.ts';

/** What the forecast needs of the two files of a load campaign: what was asked for, and what came of it. */
const order = z.object({ protocol: z.object({ tauHours: z.number().positive() }) });
const realOrder = z.object({ clock: z.literal('real'), pods: z.literal(true).optional() });
const results = z.object({
  workload: z.string(),
  compression: z.number().min(1),
  runs: z.array(z.object({ run: z.int().positive(), arm: z.string().min(1), finished: z.boolean() })),
});

/**
 * The calibration that a path gives: a file of runs, or the folder of a campaign of `guichet load`, whose ledger has
 * them. Throws `GUICHET_CALIBRATION_INVALID` for anything else.
 */
export function openCalibration(path: string): Calibration {
  return statSync(path).isDirectory() ? readCampaign(path) : readCalibration(path);
}

/**
 * The rows of a campaign on a real clock, in the order of the instants that their hours count from: as planned, or, of
 * `pods`, which start later, as answered.
 */
export function rowsOf(ledger: Pick<Ledger, 'rows'>, { pods }: { pods?: true | undefined }): LedgerRow[] {
  if (!pods) return ledger.rows();
  return ledger
    .rows()
    .map((row) => (row.answered ? { ...row, planned: row.answered } : row))
    .sort((a, b) => a.planned.getTime() - b.planned.getTime());
}

/** What a campaign on a real clock has shown so far: one run, followed until `end`; undefined before any demande has its mails. */
export function realCalibration(
  target: string,
  deadlineHours: number,
  rows: readonly LedgerRow[],
  end: Date,
): Calibration | undefined {
  const sent = rows.filter(
    ({ expects, state, planned }) =>
      expects.length > 0 && state !== 'planned' && state !== 'dropped' && planned < end,
  );
  const [first] = sent;
  if (!first || !sent.some(({ mails }) => mails.length >= 3)) return undefined;
  // A mailbox's clock may run ahead, or behind.
  const watched = sent.map((row) => ({
    ...row,
    mails: row.mails
      .filter(({ received }) => received <= end)
      .map((mail) => (mail.received < row.planned ? { ...mail, received: row.planned } : mail)),
  }));
  return {
    ...{ version: 1, target, timeZone: 'Europe/Paris', compression: 1, deadlineHours },
    runs: [calibrationRun(watched, { arm: 'load', start: first.planned, end })],
  };
}

function readCampaign(folder: string): Calibration {
  const real = realOrder.safeParse(parse(folder, 'campaign.json', z.unknown()));
  if (real.success) return readRealCampaign(folder, real.data);
  const { protocol } = parse(folder, 'campaign.json', order);
  const { workload, compression, runs } = parse(folder, 'load.json', results);
  const path = join(folder, ledgerName);
  if (!existsSync(path)) throw refused(folder, `has no ${ledgerName}`);
  const ledger = openLedger(path);
  try {
    const rows = ledger.rows().filter(({ expects }) => expects.length > 0);
    const known = runs.flatMap(({ run, arm, finished }) => {
      const prefix = `r${String(run).padStart(2, '0')}-`;
      const own = rows.filter(({ id }) => id.startsWith(prefix));
      const [first] = own;
      if (!finished || !first) return [];
      const last = own.reduce((most, { planned }) => Math.max(most, planned.getTime()), 0);
      const mails = own.flatMap((row) => row.mails.map(({ received }) => received.getTime()));
      const end = mails.reduce((a, b) => Math.max(a, b), last + protocol.tauHours * 3_600_000);
      return [calibrationRun(own, { arm, start: first.planned, end: new Date(end) })];
    });
    if (known.length === 0) throw refused(folder, 'has no run that came to its end');
    return {
      ...{ version: 1, target: workload, timeZone: 'Europe/Paris', compression },
      ...{ deadlineHours: protocol.tauHours, runs: known },
    };
  } finally {
    ledger.close();
  }
}

function readRealCampaign(folder: string, asked: z.infer<typeof realOrder>): Calibration {
  const schema = z.object({
    ...{ target: z.string().min(1), deadlineHours: z.number().positive(), writtenAt: z.iso.datetime() },
  });
  const { target, deadlineHours, writtenAt } = parse(folder, 'load.json', schema);
  const ledger = openLedger(join(folder, ledgerName));
  try {
    const calibration = realCalibration(target, deadlineHours, rowsOf(ledger, asked), new Date(writtenAt));
    if (!calibration) throw refused(folder, 'has no demande with its mails');
    return calibration;
  } finally {
    ledger.close();
  }
}

function parse<Kept>(folder: string, name: string, schema: z.ZodType<Kept>): Kept {
  const path = join(folder, name);
  if (!existsSync(path)) throw refused(folder, `has no ${name}`);
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const what = error instanceof z.ZodError ? error.issues[0]?.path.join('.') : (error as Error).message;
    throw refused(folder, `has a ${name} that is none (${what})`);
  }
}

function refused(folder: string, what: string): GuichetError {
  return new GuichetError(
    'GUICHET_CALIBRATION_INVALID',
    `${folder} ${what}.`,
    'Give a folder of "guichet load" whose runs have ended, or a file of runs (docs/forecast.md).',
  );
}
