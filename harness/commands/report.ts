import { GuichetError } from '../errors.ts';
import type { Command } from './command.ts';
import { mergeReports } from './report-merge.ts';

export const report: Command = {
  help: `Usage: npx guichet report merge CAMPAIGN...

merge  makes one campaign of the parts that "check --shard I/N" has left, each given by its folder or its name in
       reports/out/. Exit codes as "check".

Example: npx guichet report merge part-1 part-2
`,
  options: {},
  run: async ({ words: [verb, ...campaigns] }) => {
    if (verb !== 'merge')
      throw new GuichetError('GUICHET_USAGE', `"${verb ?? ''}" is not known here.`, 'Did you mean "merge"?');
    return await mergeReports(campaigns);
  },
};
