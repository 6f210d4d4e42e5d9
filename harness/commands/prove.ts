import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { procedure } from '../../extranet/behaviour.ts';
import { faults } from '../../extranet/faults/catalogue.ts';
import { isLive } from '../../extranet/faults/liveness.ts';
import { findRequirement } from '../../requirements/catalogue.ts';
import { campaignName, campaignsFolder, makeFolder } from '../campaign/folder.ts';
import { GuichetError } from '../errors.ts';
import { networkFaults } from '../network/catalogue.ts';
import { keepOrder, type Order, type Part, parts, readOrder, type State } from '../prove/order.ts';
import { prove as proveOrder } from '../prove/prove.ts';
import type { KnownFault } from '../prove/selection.ts';
import { oddities, skinNames } from '../target/embedded.ts';
import { changedRules } from '../target/rules.ts';
import { bringChromium } from '../toolchain/chromium.ts';
import { type Arguments, type Command, suggest, wholeNumber } from './command.ts';
import { nameOf } from './name-flag.ts';
import { shardOf } from './shard-flag.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const prove: Command = {
  help: `Usage: npx guichet prove [FLAGS]

Breaks the extranet that comes with Guichet on purpose, one fault at a time, and demands that the scenarios notice and
name the right requirement. Exit 1: a fault survived, or the sound extranet turned red. Exit 3: a fault has no effect.

  --only FAULT[,FAULT]     these faults alone, of the extranet or of the network
  --requirement ID[,ID]    the faults that break these requirements
  --sample N               N faults of each surface, drawn by seed
  --shard I/N              part I of N of the whole work, for N machines
  --part PART[,PART]       ${parts.join(', ')} (default: all; with a selection of faults, those they are for)
                           matrix: every fault is noticed; attribution: 20 faults against the whole suite, which other
                           requirements turn red; silence: 20 runs of the whole suite on the sound extranet, with other
                           seeds, orders and workers; network: what is broken around the sound extranet (mail relay,
                           catcher, gateway) is noticed and blamed on no requirement
  --every-reader           also play scenarios that read a changed rule but check nothing that the fault breaks
                           (about ten times as long)
  --skin NAME              break another look of the extranet: legacy; requirements that it fails by itself are left out
  --seed N                 the same draws and people again (default: drawn, printed)
  --workers N              browsers at once (default: one for each processor)
  --resume CAMPAIGN        go on with a proof that was interrupted

Example: npx guichet prove --requirement SIRET-23
`,
  options: {
    only: { type: 'string' },
    requirement: { type: 'string' },
    sample: { type: 'string' },
    shard: { type: 'string' },
    part: { type: 'string' },
    'every-reader': { type: 'boolean', default: false },
    skin: { type: 'string' },
    seed: { type: 'string' },
    workers: { type: 'string' },
    resume: { type: 'string' },
  },
  run: async ({ flags, words }, signal) => {
    if (words[0] !== undefined)
      throw new GuichetError(
        'GUICHET_USAGE',
        `"${words[0]}" is not expected.`,
        `Did you mean --only ${words[0]}?`,
      );
    const workers = wholeNumber(flags, 'workers', { min: 1, max: 64 });
    const { folder, order, state } = flags.resume ? resumed(flags) : started(flags);
    bringChromium((line) => process.stdout.write(`${line}\n`));
    process.stdout.write(`Guichet : preuve par le défaut, graine ${order.seed}\n`);
    return await proveOrder({
      ...{ root, folder, order, state, signal },
      ...(workers ? { workers } : {}),
      excused: oddities(order.skin).breaks,
      faults: breakable(order.skin),
      isLive: async (name) => {
        const fault = faults.find((one) => one.name === name);
        return fault !== undefined && (await isLive(fault));
      },
      shown: relative(process.cwd(), folder),
    });
  },
};

const around: readonly string[] = networkFaults.map(({ name }) => name);

const known: readonly KnownFault[] = faults.map(({ name, breaks, apply }) => ({
  ...{ name, breaks },
  changed: changedRules(procedure, apply(procedure)),
}));

/** The faults that break something in that look of the extranet which it does not break by itself. */
function breakable(skin: string | undefined): KnownFault[] {
  const { breaks: excused, withoutFaults } = oddities(skin);
  return known
    .map((fault) => ({ ...fault, breaks: fault.breaks.filter((id) => !excused.includes(id)) }))
    .filter(({ name, breaks }) => breaks.length > 0 && !withoutFaults.includes(name));
}

type Campaign = { folder: string; order: Order; state: State };

/** A new campaign with its folder. Throws `GUICHET_USAGE`. */
function started(flags: Arguments['flags']): Campaign {
  const only = list(flags.only);
  const requirements = list(flags.requirement).map((id) => id.toUpperCase());
  const names = [...known.map(({ name }) => name), ...around];
  const unknown = only.find((name) => !names.includes(name));
  if (unknown)
    throw new GuichetError('GUICHET_USAGE', `Unknown fault "${unknown}".${suggest(unknown, names)}`);
  for (const id of requirements) {
    if (!findRequirement(id)) throw new GuichetError('GUICHET_USAGE', `Unknown requirement "${id}".`);
    if (!known.some(({ breaks }) => breaks.includes(id)))
      throw new GuichetError('GUICHET_NOTHING_SELECTED', `No fault breaks ${id}.`, 'INFO entries have none.');
  }
  const sample = wholeNumber(flags, 'sample', { min: 1, max: 1000 });
  const narrowed = only.length > 0 || requirements.length > 0 || sample !== undefined;
  const ofThese: Part[] = [
    ...(only.length === 0 || only.some((name) => !around.includes(name)) ? (['matrix'] as const) : []),
    ...(only.some((name) => around.includes(name)) ? (['network'] as const) : []),
  ];
  const shard = shardOf(flags);
  const skin = nameOf(flags, 'skin', skinNames);
  const order: Order = {
    seed: wholeNumber(flags, 'seed') ?? Math.floor(Math.random() * 2 ** 31),
    parts: partsOf(flags.part, narrowed ? ofThese : parts),
    ...{ only, requirements },
    ...(sample ? { sample } : {}),
    ...(shard ? { shard } : {}),
    ...(skin ? { skin } : {}),
    everyReader: Boolean(flags['every-reader']),
  };
  const startedAt = new Date().toISOString();
  const state: State = { startedAt, sounded: false, seconds: {} };
  const folder = join(campaignsFolder, campaignName('prove', startedAt));
  makeFolder(folder);
  keepOrder(folder, { order, state });
  return { folder, order, state };
}

/** A campaign that was interrupted. Throws `GUICHET_USAGE` when it is none, or when flags would change it. */
function resumed(flags: Arguments['flags']): Campaign {
  const other = Object.keys(flags).find((flag) => flags[flag] && flag !== 'resume' && flag !== 'workers');
  if (other)
    throw new GuichetError(
      'GUICHET_USAGE',
      `--${other} with --resume.`,
      'A resumed proof keeps its own flags; leave it out.',
    );
  const named = String(flags.resume);
  const folder = existsSync(named) ? named : join(campaignsFolder, named);
  return { folder, ...readOrder(folder) };
}

function list(flag: string | boolean | undefined): string[] {
  return typeof flag === 'string'
    ? flag
        .split(',')
        .map((word) => word.trim())
        .filter(Boolean)
    : [];
}

function partsOf(flag: string | boolean | undefined, otherwise: readonly Part[]): Part[] {
  const given = list(flag);
  const unknown = given.find((word) => !parts.some((part) => part === word));
  if (unknown)
    throw new GuichetError(
      'GUICHET_USAGE',
      `--part is "${unknown}".${suggest(unknown, parts)}`,
      `Parts: ${parts.join(', ')}.`,
    );
  if (given.length > 0) return parts.filter((part) => given.includes(part));
  return [...otherwise];
}
