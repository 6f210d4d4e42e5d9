import { duration } from '../../reports/wording.ts';

type Progress = { done: number; total: number; elapsedMs: number; width: number };

/**
 * What runs now and the time left, on one line of the terminal. The time is told once two scenarios are over: before, it
 * would be a guess.
 */
export function statusLine(running: readonly string[], { done, total, elapsedMs, width }: Progress): string {
  const left = total - done;
  const leftMs = done < 2 ? undefined : (elapsedMs / done) * left;
  // Whole seconds: tenths would promise too much.
  const said =
    leftMs === undefined
      ? ''
      : ` — reste environ ${duration(Math.ceil(leftMs / 1000) * 1000).replace(',0', '')}`;
  const head = '  en cours : ';
  const room = Math.max(0, width - 1 - head.length - said.length);
  const names = running.join(' · ');
  const shown = names.length > room ? `${names.slice(0, Math.max(0, room - 1))}…` : names;
  return `${head}${shown}${said}`.slice(0, Math.max(0, width - 1));
}
