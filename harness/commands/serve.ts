import { GuichetError } from '../errors.ts';
import { faultNames, servePorts, skinNames, startEmbedded } from '../target/embedded.ts';
import type { Command } from './command.ts';
import { nameOf } from './name-flag.ts';

/** The token of `guichet serve`: everything is on this machine, and people arrive with `k6 run` at once. */
const localToken = 'guichet-local';

export const serve: Command = {
  help: `Usage: npx guichet serve [--fault NAME] [--skin NAME] [--clock KIND]

Runs the demonstration extranet and its mail catcher on loopback until Ctrl+C:
  extranet   http://127.0.0.1:${servePorts.extranet}/aparts/
  mails      http://127.0.0.1:${servePorts.mail}/, with MailHog's API under /api, SMTP on ${servePorts.smtp}

  --fault NAME   break the extranet on purpose (see "npx guichet check --help")
  --skin NAME    another look of the extranet: legacy (tables, frames, ISO-8859-1), with harness/target/legacy.json
  --clock KIND   advance (default), real, or scaled=N: N times as fast as real time

Advanced by hand, its clock stands still at a Tuesday morning, so that mails leave when you say so:
  curl -X POST -H 'x-test-token: ${localToken}' -H 'content-type: application/json' \\
    -d '{"to":"2026-03-05T09:00:00Z"}' http://127.0.0.1:${servePorts.extranet}/_test/clock/advance
The token of the test doors is "${localToken}", or GUICHET_TEST_TOKEN when set; "npx guichet check" judges it with
  GUICHET_TEST_TOKEN=${localToken} npx guichet check --target harness/target/embedded.json

Example: npx guichet serve, then in another terminal: k6 run load/siret.ts
`,
  options: { fault: { type: 'string' }, skin: { type: 'string' }, clock: { type: 'string' } },
  run: async ({ flags }, signal) => {
    const fault = nameOf(flags, 'fault', faultNames);
    const skin = nameOf(flags, 'skin', skinNames);
    const token = process.env.GUICHET_TEST_TOKEN ?? localToken;
    const speed = speedOf(flags.clock);
    const embedded = await startEmbedded({
      ...{ ports: servePorts, token },
      ...(fault ? { fault } : {}),
      ...(skin ? { skin } : {}),
      ...(speed ? { speed } : {}),
    });
    process.stdout.write(`extranet   ${embedded.profile.baseUrl}\n`);
    process.stdout.write(`mails      ${embedded.mailUrl}/ (SMTP 127.0.0.1:${embedded.smtpPort})\n`);
    if (skin) process.stdout.write(`skin       ${skin}\n`);
    if (fault) process.stdout.write(`fault      ${fault}\n`);
    process.stdout.write('Ctrl+C stops both.\n');
    // A timer keeps nothing alive here: the two servers do.
    if (!signal.aborted)
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    await embedded.close();
    return 0;
  },
};

/** How many times as fast as real time; undefined for a clock that is advanced by hand. */
function speedOf(flag: string | boolean | undefined): number | undefined {
  if (flag === undefined || flag === 'advance') return undefined;
  if (flag === 'real') return 1;
  const speed = Number(/^scaled=(\d{1,6})$/.exec(String(flag))?.[1] ?? 0);
  if (speed > 0) return speed;
  throw new GuichetError(
    'GUICHET_USAGE',
    `--clock is "${flag}".`,
    'Give advance, real, or scaled=N, such as scaled=3600.',
  );
}
