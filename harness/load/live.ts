import type { LoadProgress } from '../../reports/load-progress.ts';
import { progressLine } from '../../reports/load-progress.ts';
import type { Progress } from './drive.ts';
import { percentile } from './histogram.ts';

/** Where the line goes: a terminal rewrites it, anything else gets a line now and then. */
export type Screen = {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write(text: string): unknown;
};

/** Milliseconds between two lines, on a terminal and in a log. */
const everyMs = { terminal: 200, log: 15_000 };

/** The live line of a campaign of so many runs. `stages`: of a run, planned visits and the real seconds they take. */
export function openLive(
  screen: Screen,
  {
    runs,
    size,
    now = Date.now,
  }: { runs: number; size: (run: number) => { visits: number; seconds: number }; now?: () => number },
) {
  const started = now();
  let firstDone: number | undefined;
  let shown = Number.NEGATIVE_INFINITY;
  let run = 0;
  let runStarted = started;
  let loadEnded: number | undefined;
  let width = 0;
  return {
    /** `done`: runs that have come to their end. */
    show: (progress: Progress, done: number): void => {
      const at = now();
      const whole = (done + progress.done) / runs;
      firstDone ??= whole;
      if (progress.run !== run) {
        run = progress.run;
        runStarted = at;
        loadEnded = undefined;
      }
      if (progress.phase === 'drain') loadEnded ??= at;
      const every = screen.isTTY ? everyMs.terminal : everyMs.log;
      if (at - shown < every) return;
      shown = at;
      const { visits, seconds } = size(progress.run);
      const gained = whole - firstDone;
      const line = progressLine({
        ...progress,
        ...{ p50Ms: ms(progress, 0.5), p95Ms: ms(progress, 0.95), p99Ms: ms(progress, 0.99) },
        ...{ runs, planned: visits, plannedRate: visits / seconds },
        achievedRate: (1000 * progress.ended) / Math.max(1, (loadEnded ?? at) - runStarted),
        ...(gained > 0 ? { leftMs: ((at - started) * (1 - whole)) / gained } : {}),
      } satisfies LoadProgress);
      if (!screen.isTTY) {
        screen.write(`${line}\n`);
        return;
      }
      const fitting = line.slice(0, (screen.columns ?? 80) - 1);
      screen.write(`\r${fitting.padEnd(width)}`);
      width = fitting.length;
    },
    /** Leaves the line, before anything else is printed. */
    clear: (): void => {
      if (screen.isTTY && width > 0) screen.write(`\r${' '.repeat(width)}\r`);
      width = 0;
    },
  };
}

function ms({ durations }: Progress, part: number): number {
  return percentile(durations, part) ?? 0;
}
