import { basename, join } from 'node:path';
import { endedByItself } from '../judge/load-outcomes.ts';
import type { Permit } from '../target/origin.ts';
import { type K6End, runK6 } from '../toolchain/k6-run.ts';
import { outputVariables, passThrough } from './pass-through.ts';
import { type Segment, segmentsOf, wholeEnd } from './segments.ts';

/** How a run is shared between k6 processes, and what each is told besides: the person's own outputs and tags. */
export type Share = {
  parts: readonly Segment[];
  args: readonly string[];
  env: Readonly<Record<string, string>>;
};

/** What a person asks for: `segments`, 1 when absent; `passed`: k6's own arguments, as they were given. */
export type Asked = { segments?: number | undefined; passed?: readonly string[] | undefined };

/** One k6, with nothing besides. */
export const unshared: Share = { parts: segmentsOf(1), args: [], env: {} };

/** Throws `GUICHET_USAGE` and `GUICHET_ORIGIN_REFUSED` for what would break the interlock. */
export function shareOf(
  { segments = 1, passed = [] }: Asked,
  environment: NodeJS.ProcessEnv = process.env,
  permit?: Permit,
): Share {
  const args = passThrough(passed);
  return { parts: segmentsOf(segments), args, env: outputVariables(args, environment, permit) };
}

type Run = Omit<Parameters<typeof runK6>[0], 'args' | 'env' | 'onLine'> & {
  env: Readonly<Record<string, string>>;
  /** The arguments of one part, counted from 0. */
  argsOf: (part: number) => string[];
  onLine: (line: string, part: number) => void;
  /** Where the files of k6's outputs come, one of each part; where they are named when absent. */
  folder?: string;
};

/** Runs all parts at the same time, and waits for their end; where one gives up, all stop. Throws what `runK6` throws. */
export async function runShared(run: Run, share: Share): Promise<K6End> {
  const { argsOf, onLine, signal, folder, ...same } = run;
  const { parts, env } = share;
  const givenUp = new AbortController();
  const stop = signal ? AbortSignal.any([signal, givenUp.signal]) : givenUp.signal;
  return wholeEnd(
    await Promise.all(
      parts.map(async (segment, part) => {
        const end = await runK6({
          ...same,
          args: [...argsOf(part), ...segment.args, ...outputsIn(folder, part, share)],
          env: { ...env, ...run.env, ...segment.env },
          onLine: (line) => onLine(line, part),
          signal: stop,
        });
        if (!endedByItself(end)) givenUp.abort();
        return end;
      }),
    ),
  );
}

/** `k6.log` of the only part, `k6-2.log` of the second of many. */
export function partName(name: string, part: number, { parts }: Pick<Share, 'parts'>): string {
  return parts.length === 1 ? name : name.replace(/(?=\.)/, `-${part + 1}`);
}

/** The files that outputs write, of all parts: `k6.csv.gz` for `--out csv=/tmp/k6.csv.gz`. */
export function outputFiles(share: Share): string[] {
  return share.args.flatMap((arg, at) => {
    const name = fileOf(share, arg, at);
    return name === undefined ? [] : share.parts.map((_, part) => partName(name, part, share));
  });
}

/** Runs and parts that wrote into one file would write over each other. */
function outputsIn(folder: string | undefined, part: number, share: Share): string[] {
  return share.args.map((arg, at) => {
    const name = folder === undefined ? undefined : fileOf(share, arg, at);
    if (folder === undefined || name === undefined) return arg;
    return `${arg.slice(0, arg.indexOf('='))}=${join(folder, partName(name, part, share))}`;
  });
}

function fileOf({ args }: Share, arg: string, at: number): string | undefined {
  const [, path] = /^(?:csv|json)=(.+)$/.exec(arg) ?? [];
  return path !== undefined && ['--out', '-o'].includes(args[at - 1] ?? '') ? basename(path) : undefined;
}
