import { regressionOf } from '../../reports/regression.ts';
import type { Regression } from '../../reports/results.ts';
import { changeGroups } from '../../reports/since.ts';
import { exitCode, GuichetError } from '../errors.ts';
import { readResults } from './campaign-folder.ts';
import type { Command } from './command.ts';

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

const signs = { red: '×', green: '✔', untested: '?', slower: '…' } as const;

function sayRegression(regression: Regression): string {
  const groups = changeGroups(regression);
  if (groups.length === 0) return 'Aucun changement.';
  return groups
    .map(({ kind, title, lines }) =>
      [`${signs[kind]} ${title}`, ...lines.map((line) => `    ${line}`)].join('\n'),
    )
    .join('\n');
}
