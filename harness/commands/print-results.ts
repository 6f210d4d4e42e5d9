import { join, relative } from 'node:path';
import { outline } from '../../reports/outline.ts';
import type { Results } from '../../reports/results.ts';

/** Whether the terminal shows colours, and is asked to. */
export function hasColour(): boolean {
  return Boolean(process.stdout.isTTY) && !process.env.NO_COLOR && !process.env.CI;
}

/** Prints the outline of a campaign that is over and where its report is; answers the exit code of its verdict. */
export function printResults(results: Results, folder: string): number {
  const shown = relative(process.cwd(), folder);
  const width = process.stdout.columns || 100;
  process.stdout.write(`\n${outline(results, { colour: hasColour(), width, folder: shown })}\n`);
  process.stdout.write(`Rapport : ${join(shown, 'report.html')}\n`);
  return results.verdict.exitCode;
}
