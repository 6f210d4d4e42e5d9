import { findRequirement } from '../../requirements/catalogue.ts';
import { GuichetError } from '../errors.ts';
import { draftWaiver } from '../judge/waivers.ts';
import { embeddedProfile } from '../target/embedded.ts';
import { readProfile } from '../target/profile.ts';
import { defaultWaivers } from './check.ts';
import type { Command } from './command.ts';

export const waive: Command = {
  help: `Usage: npx guichet waive REQUIREMENT [FLAGS]

Writes a waiver to be filled in: reason, owner, last day. "guichet check" refuses the file until that is done. A waived
failure stays visible; a waiver lasts 90 days at most and fails the release gate once it has expired or serves nothing.

  --target FILE    profile of the target that it is for (default: the extranet that comes with Guichet)
  --waivers FILE   where to write (default: ${defaultWaivers})

Example: npx guichet waive FORM-49 --target integration.json
`,
  options: { target: { type: 'string' }, waivers: { type: 'string' } },
  run: async ({ flags, words }) => {
    const [word = '', ...others] = words;
    const requirement = findRequirement(word.toUpperCase());
    if (!requirement || requirement.level === 'INFO' || others.length > 0)
      throw new GuichetError(
        'GUICHET_USAGE',
        `"${words.join(' ')}" is not one MUST or SHOULD.`,
        'Give one requirement, such as FORM-49.',
      );
    const profile = typeof flags.target === 'string' ? readProfile(flags.target) : embeddedProfile();
    const path = typeof flags.waivers === 'string' ? flags.waivers : defaultWaivers;
    draftWaiver(path, { requirement: requirement.id, target: profile.name });
    process.stdout.write(
      `${path} : dispense de ${requirement.id} pour « ${profile.name} », à compléter (reason, owner, expires).\n`,
    );
    return 0;
  },
};
