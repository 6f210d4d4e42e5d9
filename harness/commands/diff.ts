import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Change, type Regression, regressionOf } from '../../reports/regression.ts';
import { type Results, results } from '../../reports/results.ts';
import { duration, outcomes } from '../../reports/wording.ts';
import { exitCode, GuichetError } from '../errors.ts';
import type { Command } from './command.ts';

const out = fileURLToPath(new URL('../../reports/out', import.meta.url));

export const diff: Command = {
  help: `Usage: npx guichet diff BEFORE AFTER

Compares two campaigns of "guichet check", each given by its folder or its name in reports/out/: what turned red, green or
untested, and which scenarios are slower. Exit 1 when something turned red, 3 when something is no longer judged.

Example: npx guichet diff 2026-11-23T22-30-00-check-4711 reports/out/2026-11-24T22-30-00-check-4812
`,
  options: {},
  run: async ({ words }) => {
    const [before, after, ...others] = words;
    if (!before || !after || others.length > 0)
      throw new GuichetError(
        'GUICHET_USAGE',
        `${words.length} campaigns are given.`,
        'Give two: the former one, then the later one.',
      );
    const regression = regressionOf(readResults(before), readResults(after));
    process.stdout.write(`${sayRegression(regression)}\n`);
    if (regression.red.length > 0) return exitCode.notConform;
    return regression.untested.length > 0 ? exitCode.inconclusive : exitCode.conform;
  },
};

/** Throws `GUICHET_USAGE` when there is no campaign of that name. */
function readResults(named: string): Results {
  const folder = existsSync(named) ? named : join(out, named);
  try {
    return results.parse(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')));
  } catch (error) {
    throw new GuichetError(
      'GUICHET_USAGE',
      `"${named}" holds no results of "guichet check" (${(error as Error).message.split('\n')[0]}).`,
      'Give a folder with a results.json, or its name in reports/out/.',
    );
  }
}

function sayRegression({ red, green, untested, slower }: Regression): string {
  const groups: [string, string[]][] = [
    ['× devenues rouges', red.map(sayChange)],
    ['✔ devenues vertes', green.map(sayChange)],
    ['? plus jugées', untested.map(sayChange)],
    [
      '… plus lents',
      slower.map(
        ({ scenario, before, after }) => `${scenario} : ${duration(before)} puis ${duration(after)}`,
      ),
    ],
  ];
  const shown = groups.filter(([, lines]) => lines.length > 0);
  if (shown.length === 0) return 'Aucun changement.';
  return shown
    .map(([title, lines]) => `${title} (${lines.length})\n${lines.map((line) => `    ${line}`).join('\n')}`)
    .join('\n');
}

function sayChange({ id, level, before, after }: Change): string {
  return `${id} (${level}) : ${outcomes[before][0]}, puis ${outcomes[after][0]}`;
}
