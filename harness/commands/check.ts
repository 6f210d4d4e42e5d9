import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outline } from '../../reports/outline.ts';
import { writeReports } from '../../reports/write.ts';
import { assemble } from '../campaign/assemble.ts';
import { readJournal } from '../campaign/journal.ts';
import { play } from '../campaign/play.ts';
import { readSpecs, select } from '../campaign/selection.ts';
import { GuichetError } from '../errors.ts';
import { faultNames, startEmbedded } from '../target/embedded.ts';
import { readProfile, type TargetProfile } from '../target/profile.ts';
import { openTarget } from '../target/target.ts';
import { bringChromium } from '../toolchain/chromium.ts';
import { type Arguments, type Command, suggest, wholeNumber } from './command.ts';
import { faultOf } from './fault-flag.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const check: Command = {
  help: `Usage: npx guichet check [REQUIREMENT | SCENARIO ...] [FLAGS]

Plays an employer in a real browser and judges each requirement. Without a word, everything.
Without --target, the extranet that comes with Guichet.

  --target FILE    target profile (JSON)
  --seed N         the same people again (default: drawn, printed)
  --strict         a failed SHOULD makes the target non-conform too
  --workers N      browsers at once (default: one for each processor; with --target always one)
  --fault NAME     break the extranet that comes with Guichet on purpose
  --list           print what would be judged, by which scenario, and stop

Example: npx guichet check SIRET-23 --seed 7
`,
  options: {
    target: { type: 'string' },
    seed: { type: 'string' },
    strict: { type: 'boolean', default: false },
    workers: { type: 'string' },
    fault: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
  run: async ({ flags, words }, signal) => {
    const startedAt = new Date();
    const seed = wholeNumber(flags, 'seed') ?? Math.floor(Math.random() * 2 ** 31);
    const workers = wholeNumber(flags, 'workers', { min: 1, max: 64 });
    const fault = faultOf(flags, faultNames);
    const targetFile = flags.target as string | undefined;
    if (fault && targetFile) {
      throw new GuichetError(
        'GUICHET_USAGE',
        '--fault and --target exclude each other.',
        'Only the embedded extranet can be broken.',
      );
    }
    if (targetFile && workers !== undefined && workers > 1) {
      throw new GuichetError(
        'GUICHET_USAGE',
        `--workers is ${workers} with --target.`,
        'Leave --workers out: the target has one clock, which only one worker may advance.',
      );
    }
    const specs = readSpecs(root);
    const selection = select(
      words,
      specs,
      (word, known) =>
        new GuichetError(
          'GUICHET_USAGE',
          `"${word}" is neither a requirement nor a scenario.${suggest(word, known)}`,
          '"npx guichet check --list" shows all.',
        ),
    );
    if (flags.list) {
      for (const { name, file, ids } of specs.filter(({ file }) => selection.files.includes(file))) {
        process.stdout.write(
          `${name} (${file}): ${[...ids].filter((id) => selection.scope.has(id)).join(' ')}\n`,
        );
      }
      return 0;
    }
    const profile = await preflight(targetFile);
    bringChromium((line) => process.stdout.write(`${line}\n`));

    const id = `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}-check-${process.pid}`;
    const folder = join(root, 'reports', 'out', id);
    mkdirSync(folder, { recursive: true });
    process.stdout.write(`Guichet : « ${profile.name} », graine ${seed}\n`);
    const played = await play(selection.files, {
      root,
      ...(workers ? { workers } : {}),
      signal,
      environment: {
        ...process.env,
        GUICHET_CAMPAIGN: folder,
        GUICHET_SEED: String(seed),
        ...(targetFile ? { GUICHET_TARGET: targetFile } : {}),
        ...(fault ? { GUICHET_FAULT: fault } : {}),
      },
    });
    rmSync(join(folder, 'playwright'), { recursive: true, force: true });
    const journal = readJournal(folder);
    const started = journal.some(({ kind }) => kind === 'begin');
    const results = assemble(
      journal,
      {
        folder,
        guichet: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
        facts: {
          id,
          startedAt: startedAt.toISOString(),
          seed,
          strict: Boolean(flags.strict),
          selection: words,
          flags: replayFlags(flags),
        },
        target: { name: profile.name, baseUrl: profile.baseUrl, ...(fault ? { fault } : {}) },
        faults: started ? [] : [`Playwright n’a pas démarré : ${played.stderr.trim().split('\n')[0] ?? ''}`],
      },
      { scope: selection.scope, inapplicable: profile.inapplicable, strict: Boolean(flags.strict) },
    );
    await writeReports(folder, results);
    const colour = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR && !process.env.CI;
    process.stdout.write(
      `\n${outline(results, { colour, width: process.stdout.columns ?? 100, folder: relative(process.cwd(), folder) })}\n`,
    );
    process.stdout.write(`Rapport : ${relative(process.cwd(), join(folder, 'report.html'))}\n`);
    return results.verdict.exitCode;
  },
};

/** The flags besides the seed that change what a replay would do. */
function replayFlags({ target, fault, strict }: Arguments['flags']): string[] {
  const named = Object.entries({ target, fault });
  const given = named.flatMap(([name, value]) => (typeof value === 'string' ? [`--${name}`, value] : []));
  return strict ? [...given, '--strict'] : given;
}

/** Reads the profile and proves that its target answers, before a browser starts. */
async function preflight(file: string | undefined): Promise<TargetProfile> {
  if (file) {
    const profile = readProfile(file);
    await (await openTarget(profile, process.env)).close();
    return profile;
  }
  // Started once here too: a port or a store that fails is told once, not by every scenario.
  const embedded = await startEmbedded();
  await embedded.close();
  return embedded.profile;
}
