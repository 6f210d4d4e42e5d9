import { GuichetError } from '../errors.ts';
import { type Command, suggest } from './command.ts';
import { checkProfile } from './target-check.ts';

export const target: Command = {
  help: `Usage: npx guichet target check FILE
       npx guichet target draft URL [FLAGS]

check tries all that a target profile says on the live target, a line each: the home page, the mailbox, the clock, the
doors, every locator, the security code, the way through the SIRET step. It sends no demande; a clock that is advanced by
hand advances by a minute. Exit 0: all was found; 3: something was not; 2: the file itself is wrong.

Example: GUICHET_TEST_TOKEN=guichet-local npx guichet target check harness/target/embedded.json
`,
  options: {},
  run: async ({ words: [what, operand, ...others] }, signal) => {
    if (what !== 'check')
      throw new GuichetError(
        'GUICHET_USAGE',
        what === undefined ? 'No word.' : `Unknown word "${what}".${suggest(what, ['check', 'draft'])}`,
        'Give "check FILE" or "draft URL".',
      );
    if (operand === undefined || others.length > 0)
      throw new GuichetError('GUICHET_USAGE', `"target ${what}" takes one FILE.`, 'Give the profile to try.');
    return await checkProfile(operand, signal);
  },
};
