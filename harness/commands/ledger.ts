import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { counted } from '../../reports/wording.ts';
import { GuichetError } from '../errors.ts';
import { readPodLines } from '../judge/pod-lines.ts';
import { absorbOutcomes } from '../ledger/absorb-outcomes.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import { ledgerName } from '../ledger/records.ts';
import { durationLine, histogramOf, mergeHistograms } from '../load/histogram.ts';
import { campaignFolder } from './campaign-folder.ts';
import { type Command, suggest } from './command.ts';

const rests = ['dropped', 'unknown'] as const;
type Rest = (typeof rests)[number];
/** How many places are named. */
const named = 5;

export const ledger: Command = {
  help: `Usage: npx guichet ledger import CAMPAIGN FILE... [--rest STATE]

Takes the logs of the pods of a load run ("guichet load --kubernetes") into the one ledger of its campaign: each
submission counts once, however often its line is read. Nothing is taken when a line is of another campaign.

  --rest STATE   once all pods have ended, what the submissions without a line are:
                 dropped    every pod ended with 0 or 99: k6 had no visitor free for them
                 unknown    a pod was killed or stopped: nobody knows whether they were sent; their mails settle it

Exit codes: 0 every planned submission has its outcome; 2 usage, or a foreign line; 3 some have none yet, a line is torn,
or a submission was sent twice.

Such lines come from "kubectl logs -l k6_cr=guichet-smoke,runner=true --tail=-1 > pods.log".

Example: npx guichet ledger import 2026-11-25T19-18-29-load-16487 pods.log --rest dropped
`,
  options: { rest: { type: 'string' } },
  run: async ({ flags, words: [verb, campaign, ...files] }) => {
    if (verb !== 'import' || !campaign || files.length === 0)
      throw new GuichetError(
        'GUICHET_USAGE',
        verb === undefined || verb === 'import'
          ? 'A campaign and at least one file are needed.'
          : `Unknown verb "${verb}".${suggest(verb, ['import'])}`,
        'Run "npx guichet ledger --help".',
      );
    return importLogs(campaignFolder(campaign), files, {
      ...(flags.rest === undefined ? {} : { rest: restOf(flags.rest) }),
      print: (line) => process.stdout.write(`${line}\n`),
    });
  },
};

function restOf(given: unknown): Rest {
  const rest = rests.find((one) => one === given);
  if (rest) return rest;
  throw new GuichetError('GUICHET_USAGE', `--rest is "${given}".`, `States: ${rests.join(', ')}.`);
}

/** Takes the logs into the ledger of that folder. Answers the exit code. Throws `GUICHET_USAGE` and what `absorbOutcomes` throws. */
export function importLogs(
  folder: string,
  files: readonly string[],
  { rest, print }: { rest?: Rest; print: (line: string) => void },
): 0 | 3 {
  const path = join(folder, ledgerName);
  // Opening one that is not there would create it.
  if (!existsSync(path))
    throw new GuichetError(
      'GUICHET_USAGE',
      `${folder} has no ledger.`,
      'Name the campaign that wrote the plan.',
    );
  const logs = files.map((file) => ({ ...readPodLines(basename(file), textOf(file)), file }));
  const torn = logs.flatMap((log) => log.torn);
  const open = openLedger(path);
  try {
    const { news, known, twice } = absorbOutcomes(
      open,
      logs.flatMap(({ outcomes }) => outcomes),
    );
    const left = open.rows().filter(({ state }) => state === 'planned');
    if (rest) for (const { id } of left) open.outcome(id, rest, new Date());
    const counts = [
      counted(news.length, ['nouvelle', 'nouvelles']),
      counted(known, ['déjà connue', 'déjà connues']),
      counted(torn.length, ['tronquée', 'tronquées']),
      counted(files.length, ['fichier', 'fichiers']),
    ];
    print(`Issues : ${counts.join(', ')}`);
    if (torn.length > 0) print(`  × lignes tronquées : ${listed(torn)}`);
    if (twice.length > 0) print(`  × deux issues différentes : ${listed(twice)}`);
    printStates(open, print);
    const fresh = new Set(news);
    const durations = mergeHistograms(
      logs.map(({ outcomes }) => histogramOf(outcomes.filter((outcome) => fresh.has(outcome)))),
    );
    if (durations.count > 0) print(`Durée d’une visite : ${durationLine(durations)}`);
    const whole = torn.length === 0 && twice.length === 0 && (rest !== undefined || left.length === 0);
    return whole ? 0 : 3;
  } finally {
    open.close();
  }
}

function printStates(open: Ledger, print: (line: string) => void): void {
  const { planned, states } = open.summary();
  const counts = [
    counted(planned, ['prévue', 'prévues']),
    counted(states.accepted, ['acceptée', 'acceptées']),
    counted(states.refused, ['refusée', 'refusées']),
    counted(states.dropped, ['abandonnée', 'abandonnées']),
    `${states.errored} en erreur`,
    counted(states.unknown, ['inconnue', 'inconnues']),
    `${states.planned} sans issue`,
  ];
  print(`Registre : ${counts.join(', ')}`);
}

function listed(places: readonly string[]): string {
  return places.slice(0, named).join(', ') + (places.length > named ? `, … (${places.length})` : '');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new GuichetError(
      'GUICHET_USAGE',
      `${file} cannot be read (${(error as Error).message}).`,
      'Give log files.',
    );
  }
}
