import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { concludeCampaign, playCampaign, startCampaign } from '../campaign/campaign.ts';
import type { Order } from '../campaign/order.ts';
import { readSpecs, select } from '../campaign/selection.ts';
import { GuichetError } from '../errors.ts';
import { embeddedProfile, faultNames, skinNames } from '../target/embedded.ts';
import { readProfile, type TargetProfile } from '../target/profile.ts';
import { openTarget } from '../target/target.ts';
import { type BrowserName, bringBrowser, browserNames } from '../toolchain/browser.ts';
import { takeWindow } from '../toolchain/window.ts';
import { type Arguments, type Command, suggest, wholeNumber } from './command.ts';
import { dryRun } from './dry-run.ts';
import { waiversOf } from './kept-order.ts';
import { nameOf } from './name-flag.ts';
import { permitOf, takePermit } from './permit-flag.ts';
import { printResults } from './print-results.ts';
import { shardOf } from './shard-flag.ts';
import { checkOf, usedSirets } from './used-sirets.ts';

/** Read when it is there and no flag names another. */
export const defaultWaivers = 'waivers.json';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const check: Command = {
  help: `Usage: npx guichet check [REQUIREMENT | SCENARIO ...] [FLAGS]

Plays an employer in a real browser and judges each requirement. Without a word, everything.
Without --target, the extranet that comes with Guichet.

  --target FILE    target profile (JSON)
  --i-may ORIGIN   contact a target that is not on loopback: its exact origin, such as https://integration.example, and,
                   after commas, those of its mailbox or doors; government domains are refused (docs/foreign-targets.md)
  --seed N         the same people again (default: drawn, printed)
  --strict         a failed SHOULD makes the target non-conform too
  --waivers FILE   dated exceptions (default: waivers.json in this folder, when there is one)
  --gate release   expired and stale waivers fail; without it they warn
  --workers N      browsers at once (default: one for each processor; with --target always one)
  --shard I/N      part I of N, each on a machine of its own with the same --seed; "guichet report merge" makes them one
  --fault NAME     break the extranet that comes with Guichet on purpose, or what lies around it (mail relay,
                   catcher, gateway)
  --skin NAME      another look of the extranet that comes with Guichet: legacy
  --browser NAME   chromium (default), or firefox where Playwright has installed it
  --trace WHICH    keep Playwright traces of the scenarios that failed, or of all: "failed" or "all"
  --har WHICH      keep all that the browser exchanged with the target (HAR), in the same way; both with secrets replaced.
                   Without it a check that fails keeps the last exchanges, without headers and bodies of answers
  --dry-run        send the target nothing: play the embedded extranet, and say how many SIRETs a run needs
  --reset          first make the target forget all SIRETs that were used up (profile key reset)
  --list           print what would be judged, by which scenario, and stop

Example: npx guichet check SIRET-23 --seed 7
`,
  options: {
    target: { type: 'string' },
    'i-may': { type: 'string' },
    seed: { type: 'string' },
    strict: { type: 'boolean', default: false },
    waivers: { type: 'string' },
    gate: { type: 'string' },
    workers: { type: 'string' },
    shard: { type: 'string' },
    fault: { type: 'string' },
    skin: { type: 'string' },
    browser: { type: 'string' },
    trace: { type: 'string' },
    har: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    reset: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
  run: async (given, signal) => {
    const order = readOrder(given);
    const specs = readSpecs(root);
    const selection = select(given.words, specs, unknownWord);
    if (given.flags.list) {
      for (const { name, file, ids } of specs.filter(({ file }) => selection.files.includes(file))) {
        const judged = [...ids].filter((id) => selection.scope.has(id));
        process.stdout.write(`${name} (${file}): ${judged.join(' ')}\n`);
      }
      return 0;
    }
    takePermit(order.iMay);
    const dry = given.flags['dry-run'] === true;
    const profile = await preflight(order, dry);
    if (order.shard && order.target && profile.clock.kind === 'advance') {
      throw new GuichetError(
        'GUICHET_USAGE',
        '--shard is given for a target whose clock is advanced.',
        'Leave it out: the target has one clock, which only one run may advance.',
      );
    }
    const waivers = waiversOf(order, profile);
    if (!dry) takeWindow(profile);
    bringBrowser(order.browser ?? 'chromium', (line) => process.stdout.write(`${line}\n`));
    process.stdout.write(`Guichet : « ${profile.name} », graine ${order.seed}\n`);
    if (dry) return await dryRun({ root, order, selection, waivers, profile }, signal);
    const used = usedSirets(profile, order.target);
    if (given.flags.reset) await used.forgetAll();
    const campaign = startCampaign({ root, order, selection, waivers, profile });
    const played = await playCampaign(campaign, selection.files, signal);
    const results = await concludeCampaign(campaign, played);
    await used.giveBack(checkOf(results));
    return printResults(results, campaign.folder);
  },
};

/** Throws `GUICHET_USAGE` for flags that are wrong or exclude each other. */
function readOrder({ flags, words }: Arguments): Order {
  const seed = wholeNumber(flags, 'seed') ?? Math.floor(Math.random() * 2 ** 31);
  const workers = wholeNumber(flags, 'workers', { min: 1, max: 64 });
  const shard = shardOf(flags);
  const fault = nameOf(flags, 'fault', faultNames);
  const skin = nameOf(flags, 'skin', skinNames);
  const browser = nameOf(flags, 'browser', browserNames) as BrowserName | undefined;
  const target = typeof flags.target === 'string' ? resolve(flags.target) : undefined;
  const iMay = permitOf(flags);
  if (target && (fault || skin)) {
    throw new GuichetError(
      'GUICHET_USAGE',
      `--${fault ? 'fault' : 'skin'} and --target exclude each other.`,
      'Only the embedded extranet can be broken, or take another look.',
    );
  }
  if (target && workers !== undefined && workers > 1) {
    throw new GuichetError(
      'GUICHET_USAGE',
      `--workers is ${workers} with --target.`,
      'Leave --workers out: the target has one clock, which only one worker may advance.',
    );
  }
  if (shard && flags.seed === undefined)
    throw new GuichetError(
      'GUICHET_USAGE',
      '--shard is given without --seed.',
      'Give all parts the same --seed, so that they invent the same people.',
    );
  if (flags.gate !== undefined && flags.gate !== 'release')
    throw new GuichetError('GUICHET_USAGE', `--gate is "${flags.gate}".`, 'The only gate is "release".');
  const waivers = typeof flags.waivers === 'string' ? flags.waivers : defaultWaivers;
  return {
    seed,
    today: new Date().toISOString().slice(0, 10),
    strict: Boolean(flags.strict),
    ...(flags.gate ? { gate: flags.gate } : {}),
    ...(flags.waivers || existsSync(waivers) ? { waivers } : {}),
    words,
    flags: replayFlags(flags),
    ...(workers ? { workers } : {}),
    ...(shard ? { shard } : {}),
    ...(fault ? { fault } : {}),
    ...(skin ? { skin } : {}),
    ...(target ? { target } : {}),
    ...(iMay ? { iMay } : {}),
    ...(browser ? { browser } : {}),
    ...keptOf('trace', flags),
    ...keptOf('har', flags),
  };
}

function unknownWord(word: string, known: readonly string[]): GuichetError {
  return new GuichetError(
    'GUICHET_USAGE',
    `"${word}" is neither a requirement nor a scenario.${suggest(word, known)}`,
    '"npx guichet check --list" shows all.',
  );
}

/** Which recordings a flag asks for. Throws `GUICHET_USAGE` for an unknown word. */
function keptOf(name: 'trace' | 'har', flags: Arguments['flags']): Partial<Pick<Order, 'trace' | 'har'>> {
  const given = flags[name];
  if (given === undefined) return {};
  if (given === 'failed' || given === 'all') return { [name]: given };
  throw new GuichetError('GUICHET_USAGE', `--${name} is "${given}".`, 'Give "failed" or "all".');
}

/** The flags besides the seed that change what a replay would do. */
function replayFlags(flags: Arguments['flags']): string[] {
  const named = ['target', 'i-may', 'fault', 'skin', 'browser', 'waivers', 'gate'].map((name) => [
    name,
    flags[name],
  ]);
  const given = named.flatMap(([name, value]) => (typeof value === 'string' ? [`--${name}`, value] : []));
  return flags.strict ? [...given, '--strict'] : given;
}

/** Reads the profile and proves that its target answers, before a browser starts; a dry run asks it nothing. */
async function preflight({ target: file, skin, browser }: Order, dry: boolean): Promise<TargetProfile> {
  // Each worker starts an embedded extranet of its own: there is none yet to ask.
  if (!file) return embeddedProfile({ skin });
  const profile = readProfile(file);
  if (browser === 'firefox' && profile.access?.caFile) {
    throw new GuichetError(
      'GUICHET_USAGE',
      '--browser firefox with access.caFile in the profile.',
      'Only Chromium takes a certificate that Guichet has proven; leave --browser out.',
    );
  }
  if (!dry) await (await openTarget(profile, process.env)).close();
  return profile;
}
