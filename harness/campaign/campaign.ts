import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Results } from '../../reports/results.ts';
import { writeReports } from '../../reports/write.ts';
import type { Waiver } from '../judge/waivers.ts';
import type { TargetProfile } from '../target/profile.ts';
import { markOf, saltVariable } from '../target/secrets.ts';
import { browserVariable } from '../toolchain/browser.ts';
import { assemble } from './assemble.ts';
import { campaignName, campaignsFolder, makeFolder } from './folder.ts';
import { followJournals, type JournalLine, readJournal } from './journal.ts';
import { leaksIn, secretsVariable } from './leaks.ts';
import { keepOrder, type Order } from './order.ts';
import { play } from './play.ts';
import { sinceLast } from './previous.ts';
import { writePurgeList } from './purge.ts';
import { type Recordings, recordingsVariable } from './recordings.ts';
import { writeRecordings } from './redaction.ts';
import { seal } from './seal.ts';
import type { Selection } from './selection.ts';

/** A campaign of `guichet check`: its folder, what it was asked for, and what is judged by what. */
export type Campaign = {
  root: string;
  folder: string;
  startedAt: string;
  order: Order;
  selection: Selection;
  waivers: readonly Waiver[];
  profile: TargetProfile;
};

/** A new campaign in a folder of its own. */
export function startCampaign(subject: Omit<Campaign, 'folder' | 'startedAt'>): Campaign {
  const startedAt = new Date().toISOString();
  const folder = join(campaignsFolder, campaignName('check', startedAt));
  makeFolder(folder);
  keepOrder(folder, { startedAt, order: subject.order });
  return { ...subject, folder, startedAt };
}

/** What playing leaves besides the journal: why nothing was played, if so, and the secrets that no file may hold. */
type Played = { failure: string | undefined; secrets: string[] };

/** Plays spec files, or `file:line`s, into the campaign's folder. */
export async function playCampaign(
  { root, folder, order }: Campaign,
  files: readonly string[],
  signal: AbortSignal,
  environment: NodeJS.ProcessEnv = {},
): Promise<Played> {
  // Outside the campaign, which is shown around.
  const scratch = mkdtempSync(join(tmpdir(), 'guichet-secrets-'));
  const secretsFile = join(scratch, 'secrets');
  writeFileSync(secretsFile, '', { mode: 0o600 });
  const { trace, har } = order;
  const recordings: Recordings = { folder: scratch, trace, har };
  const salt = randomBytes(16).toString('hex');
  const { exitCode, stderr } = await play(files, {
    root,
    ...(order.workers ? { workers: order.workers } : {}),
    ...(order.shard ? { shard: order.shard } : {}),
    signal,
    environment: {
      ...process.env,
      GUICHET_CAMPAIGN: folder,
      GUICHET_SEED: String(order.seed),
      [secretsVariable]: secretsFile,
      [saltVariable]: salt,
      [recordingsVariable]: JSON.stringify(recordings),
      ...(order.target ? { GUICHET_TARGET: order.target } : {}),
      ...(order.fault ? { GUICHET_FAULT: order.fault } : {}),
      ...(order.skin ? { GUICHET_SKIN: order.skin } : {}),
      ...(order.browser ? { [browserVariable]: order.browser } : {}),
      ...environment,
    },
  });
  rmSync(join(folder, 'playwright'), { recursive: true, force: true });
  const lines = readFileSync(secretsFile, 'utf8').split('\n').filter(Boolean);
  const secrets: string[] = lines.map((line) => JSON.parse(line));
  const mark = (secret: string) => markOf(secret, salt);
  writeRecordings(recordings, join(folder, 'evidence'), { secrets, mark });
  rmSync(scratch, { recursive: true, force: true });
  const failed = exitCode !== 0 && !signal.aborted;
  return {
    failure: failed ? (stderr.trim().split('\n')[0] ?? '') : undefined,
    secrets,
  };
}

/**
 * Judges what the journals say, whole or cut short, and writes the reports. A secret that stands in any of them makes
 * the campaign inconclusive.
 */
export async function concludeCampaign(
  { root, folder, startedAt, order, selection, waivers, profile }: Campaign,
  { failure, secrets }: Played,
): Promise<Results> {
  const { seed, strict, words, flags, fault, gate, today, shard } = order;
  const journals = [readJournal(folder), ...followJournals(folder).map((name) => readJournal(folder, name))];
  const started = failure === undefined || journals.at(-1)?.some(({ kind }) => kind === 'begin');
  const assembled = (faults: string[]) =>
    assemble(
      journals,
      {
        folder,
        guichet: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
        facts: {
          ...{ id: basename(folder), startedAt, seed, strict },
          ...(gate ? { gate } : {}),
          ...{ selection: [...words, ...(shard ? [`--shard ${shard.index}/${shard.count}`] : [])], flags },
        },
        target: { name: profile.name, baseUrl: profile.baseUrl, ...(fault ? { fault } : {}) },
        faults: [...(started ? [] : [`Playwright n’a pas démarré : ${failure}`]), ...faults],
      },
      {
        scope: shard ? judgedIn(journals, selection.scope) : selection.scope,
        inapplicable: profile.inapplicable,
        strict,
        waivers,
        today,
        gate,
      },
    );
  const compared = (results: Results): Results => {
    const since = sinceLast(folder, results);
    return since ? { ...results, since } : results;
  };
  writePurgeList(folder);
  await writeReports(folder, compared(assembled([])));
  const leaks = leaksIn(folder, secrets);
  const results = compared(
    assembled(leaks.map((file) => `un secret figure en clair dans ${file} : ne diffusez pas cette campagne`)),
  );
  if (leaks.length > 0) await writeReports(folder, results);
  seal(folder);
  return results;
}

/** The requirements that a part of a campaign has checked: the others are for the other parts. */
function judgedIn(
  journals: readonly (readonly JournalLine[])[],
  scope: Selection['scope'],
): Selection['scope'] {
  const judged = journals.flat().flatMap((line) => (line.kind === 'check' ? [line.id] : []));
  return new Set(judged.filter((id) => scope.has(id)));
}
