import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ctrf } from '../../reports/ctrf.ts';
import { earl } from '../../reports/earl.ts';
import { htmlReport } from '../../reports/html.ts';
import { junit } from '../../reports/junit.ts';
import { ledgerCsv } from '../../reports/ledger-csv.ts';
import { markdown } from '../../reports/markdown.ts';
import type { Results } from '../../reports/results.ts';
import { readWithin } from '../../reports/write.ts';
import { GuichetError } from '../errors.ts';
import { openLedger } from '../ledger/ledger.ts';
import { ledgerName } from '../ledger/records.ts';
import { campaignFolder, readResults } from './campaign-folder.ts';
import { type Arguments, type Command, suggest } from './command.ts';
import { mergeReports } from './report-merge.ts';

/** Every format is a view of the one results.json, but for the CSV, which is one of the ledger. */
const formats: Record<string, (results: Results, folder: string) => string> = {
  html: (results, folder) => htmlReport(results, readWithin(folder)),
  junit,
  ctrf,
  earl,
  markdown,
  csv: (_results, folder) => csvOf(folder),
  json: (results) => `${JSON.stringify(results, null, 2)}\n`,
};

/** A campaign of load has written its own, but for the CSV. */
const loadFormats: Record<string, (folder: string) => string> = {
  html: (folder) => written(folder, 'report.html'),
  markdown: (folder) => `\`\`\`text\n${written(folder, 'load.txt')}\`\`\`\n`,
  csv: csvOf,
  json: (folder) => written(folder, 'load.json'),
};

function written(folder: string, name: string): string {
  const path = join(folder, name);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  throw new GuichetError(
    'GUICHET_USAGE',
    `${folder} has no ${name}.`,
    'The campaign was killed: go on with "npx guichet load --resume".',
  );
}

export const report: Command = {
  help: `Usage: npx guichet report CAMPAIGN [--format FORMAT] [--output FILE]
       npx guichet report merge CAMPAIGN...

Shows a campaign of "guichet check" in another format. CAMPAIGN is a folder of reports/out/, by its name or path,
or "last": the latest one. One of "guichet load" has markdown, html, csv and json (load.json).

  --format FORMAT   markdown   the decision and what to look at, for a job summary or a merge request (default)
                    html       the report as one page: no network, no script
                    junit      JUnit XML
                    ctrf       Common Test Report Format, JSON
                    earl       W3C EARL 1.0, JSON-LD
                    csv        the ledger: each demande, the answer, its mails once "follow" or "load" has noted them
                    json       results.json, by the schema reports/results.schema.json
  --output FILE     write there, not to the screen

merge makes one campaign of the parts that "check --shard I/N" has left; exit codes as "check".

Example: npx guichet report 2026-11-25T19-18-29-check-16487 --format ctrf --output ctrf.json
`,
  options: { format: { type: 'string' }, output: { type: 'string' } },
  run: async ({ flags, words: [named, ...others] }) => {
    if (named === 'merge') return await merge(flags, others);
    const format = typeof flags.format === 'string' ? flags.format : 'markdown';
    if (!named || others.length > 0)
      throw new GuichetError('GUICHET_USAGE', 'One campaign is needed.', 'Run "npx guichet report --help".');
    const folder = campaignFolder(named);
    const text = existsSync(join(folder, 'load.json'))
      ? formatOf(loadFormats, format)(folder)
      : formatOf(formats, format)(readResults(named), folder);
    if (typeof flags.output === 'string') save(flags.output, text);
    else process.stdout.write(text);
    return 0;
  },
};

/** Throws `GUICHET_USAGE` for a format that there is not. */
function formatOf<Format>(known: Readonly<Record<string, Format>>, name: string): Format {
  const format = Object.hasOwn(known, name) ? known[name] : undefined;
  if (format) return format;
  throw new GuichetError(
    'GUICHET_USAGE',
    `--format is "${name}".${suggest(name, Object.keys(known))}`,
    `Formats: ${Object.keys(known).join(', ')}.`,
  );
}

async function merge(flags: Arguments['flags'], campaigns: readonly string[]): Promise<number> {
  const flag = Object.keys(flags)[0];
  if (flag)
    throw new GuichetError(
      'GUICHET_USAGE',
      `--${flag} with "report merge".`,
      'Leave it out: the merged campaign can be shown in any format afterwards.',
    );
  return await mergeReports(campaigns.map(campaignFolder));
}

function csvOf(folder: string): string {
  const path = join(folder, ledgerName);
  // Opening one that is not there would create it.
  if (!existsSync(path))
    throw new GuichetError('GUICHET_USAGE', `${folder} has no ledger.`, 'Nothing was sent in that campaign.');
  const ledger = openLedger(path);
  try {
    return ledgerCsv(ledger.rows());
  } finally {
    ledger.close();
  }
}

function save(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new GuichetError(
      'GUICHET_USAGE',
      `--output is "${file}": ${(error as Error).message}.`,
      `Give a file in a folder that is there; this one would be ${resolve(file)}.`,
    );
  }
}
