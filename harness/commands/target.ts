import { GuichetError } from '../errors.ts';
import { type Command, suggest } from './command.ts';
import { permitOf, takePermit } from './permit-flag.ts';
import { checkProfile } from './target-check.ts';
import { draftFile } from './target-draft.ts';

export const target: Command = {
  help: `Usage: npx guichet target check FILE [--i-may ORIGIN]
       npx guichet target draft URL [FLAGS]

check tries all that a target profile says on the live target, a line each: the home page, the mailbox, the clock, the
doors, every locator, the security code, the way through the SIRET step. It sends no demande; a clock that is advanced by
hand advances by a minute. Exit 0: all was found; 3: something was not; 2: the file itself is wrong.

draft opens a site, finds its fields by their labels, by the text beside them, by their names, and writes a first
profile; each line that is not marked ✔ is to be seen to. It stops at the SIRET step when the code is not known.

  --i-may ORIGIN   check a target that is not on loopback: see "npx guichet check --help"
  --out FILE       where the profile goes (default: target.json)
  --force          write over an existing file
  --code ANSWER    the answer to the security code, where it never changes
  --code-url URL   a door that answers {"code"}, opened by the token in GUICHET_TEST_TOKEN
  --siret SIRET    one that the site lets through (default: an invented one)

Example: GUICHET_TEST_TOKEN=guichet-local npx guichet target check harness/target/embedded.json
`,
  options: {
    'i-may': { type: 'string' },
    out: { type: 'string' },
    force: { type: 'boolean', default: false },
    code: { type: 'string' },
    'code-url': { type: 'string' },
    siret: { type: 'string' },
  },
  run: async ({ flags, words: [what, operand, ...others] }, signal) => {
    if (what !== 'check' && what !== 'draft')
      throw new GuichetError(
        'GUICHET_USAGE',
        what === undefined ? 'No word.' : `Unknown word "${what}".${suggest(what, ['check', 'draft'])}`,
        'Give "check FILE" or "draft URL".',
      );
    if (operand === undefined || others.length > 0) {
      const wanted = what === 'check' ? 'the profile to try: check FILE' : 'the home page: draft URL';
      throw new GuichetError('GUICHET_USAGE', `"target ${what}" takes one word.`, `Give ${wanted}.`);
    }
    const given = Object.keys(flags).find((flag) => flags[flag] && (flag === 'i-may') !== (what === 'check'));
    if (given)
      throw new GuichetError(
        'GUICHET_USAGE',
        `--${given} with "target ${what}".`,
        '"target check" takes --i-may alone, "target draft" all others.',
      );
    takePermit(permitOf(flags, operand));
    return what === 'check' ? await checkProfile(operand, signal) : await draftFile(operand, flags, signal);
  },
};
