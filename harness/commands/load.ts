import { GuichetError } from '../errors.ts';
import { extranetFaultNames } from '../target/embedded.ts';
import { type Command, suggest, wholeNumber } from './command.ts';
import { runSmoke } from './load-smoke.ts';
import { nameOf } from './name-flag.ts';

export const load: Command = {
  help: `Usage: npx guichet load smoke [FLAGS]

Sends a few demandes with k6 to the extranet that comes with Guichet, advances its clock by 48 hours, and
accounts for each demande (accepted, refused, dropped, errored, unknown) and for its three mails.

  --submissions N   how many (default: 10)
  --seed N          the same people again (default: drawn, printed)
  --fault NAME      break the extranet on purpose

Example: npx guichet load smoke --submissions 20
`,
  options: { submissions: { type: 'string' }, seed: { type: 'string' }, fault: { type: 'string' } },
  run: async ({ flags, words }, signal) => {
    if (words.length !== 1 || words[0] !== 'smoke') {
      const given = words.join(' ');
      throw new GuichetError(
        'GUICHET_USAGE',
        given ? `Unknown workload "${given}".${suggest(given, ['smoke'])}` : 'No workload.',
        'The workload is "smoke": npx guichet load smoke',
      );
    }
    const submissions = wholeNumber(flags, 'submissions', { min: 1, max: 1000 });
    const fault = nameOf(flags, 'fault', extranetFaultNames);
    return await runSmoke({
      seed: wholeNumber(flags, 'seed') ?? Math.floor(Math.random() * 2 ** 31),
      ...(submissions ? { submissions } : {}),
      ...(fault ? { fault } : {}),
      signal,
      print: (line) => process.stdout.write(`${line}\n`),
    });
  },
};
