import { stripVTControlCharacters } from 'node:util';
import type { FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { attachmentType } from '../campaign/attachment.ts';
import { endWithParent } from '../campaign/orphan.ts';
import { type Run, readPlan } from '../campaign/plan.ts';
import { appendRun, type PlayedRun } from './journal.ts';

/** Playwright's reporter under a plan: writes each run to the journal and shows progress; judges nothing. */
export default class ProveReporter implements Reporter {
  private readonly folder = process.env.GUICHET_CAMPAIGN ?? '';
  private readonly runs = new Map<string, Run>();
  private readonly startedAt = Date.now();
  private total = 0;
  private done = 0;
  private expectedMs = 0;
  private doneMs = 0;

  onBegin(_config: unknown, suite: Suite): void {
    endWithParent();
    this.total = suite.allTests().length;
    for (const run of readPlan()?.runs ?? []) {
      this.runs.set(run.key, run);
      this.expectedMs += run.expectedMs;
    }
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    // What Ctrl+C cut short says nothing; a resumed campaign plays it again.
    if (result.status === 'interrupted') return;
    const key = test.parent.title;
    const planned = this.runs.get(key);
    const played: PlayedRun = {
      key,
      scenario: planned?.scenario ?? key,
      ...(planned?.fault ? { fault: planned.fault } : {}),
      ...outcomesOf(result),
      durationMs: result.duration,
    };
    appendRun(this.folder, played);
    this.done++;
    this.doneMs += planned?.expectedMs ?? 0;
    this.show(played, test.title);
  }

  onError(error: { message?: string }): void {
    process.stderr.write(`${firstLine(error.message ?? 'unknown error')}\n`);
  }

  onEnd(_result: FullResult): void {}

  printsToStdio(): boolean {
    return true;
  }

  private show({ fault, red, error }: PlayedRun, title: string): void {
    const count = `[${String(this.done).padStart(String(this.total).length)}/${this.total}]`;
    const left = this.timeLeft();
    const found = red.length > 0 ? red.map(({ id }) => id).join(' ') : error ? 'interrompu' : 'rien';
    const what = fault ? `${fault} · ${title.slice(0, 48)}` : title;
    process.stdout.write(`${count} ${what} : ${found}${left}\n`);
  }

  /** By what the runs took on the sound extranet. */
  private timeLeft(): string {
    if (this.doneMs === 0) return '';
    const seconds = (((Date.now() - this.startedAt) / this.doneMs) * (this.expectedMs - this.doneMs)) / 1000;
    return seconds < 90 ? ` — reste ${Math.ceil(seconds)} s` : ` — reste ${Math.ceil(seconds / 60)} min`;
  }
}

function outcomesOf(result: TestResult): Pick<PlayedRun, 'red' | 'cantTell' | 'checked' | 'error' | 'rules'> {
  const red = new Map<string, string>();
  const cantTell = new Map<string, string>();
  const checked = new Set<string>();
  let unwell = 0;
  let rules: string[] | undefined;
  for (const { contentType, body } of result.attachments) {
    if (!body) continue;
    if (contentType === attachmentType.rules) rules = JSON.parse(body.toString());
    if (contentType !== attachmentType.check) continue;
    const { id, outcome, observed } = JSON.parse(body.toString());
    checked.add(id);
    if (outcome === 'passed') continue;
    unwell++;
    (outcome === 'failed' ? red : cantTell).set(id, observed);
  }
  // Every check that did not pass raised one soft error; an error beyond those is what aborted the scenario.
  const aborting =
    result.errors.slice(unwell)[0] ?? (result.status === 'timedOut' ? result.error : undefined);
  const found = (findings: Map<string, string>) => [...findings].map(([id, observed]) => ({ id, observed }));
  return {
    red: found(red),
    cantTell: found(cantTell),
    checked: [...checked],
    ...(aborting?.message ? { error: firstLine(aborting.message) } : {}),
    ...(rules ? { rules } : {}),
  };
}

function firstLine(message: string): string {
  return (stripVTControlCharacters(message).split('\n')[0] ?? '').replace(/^Error: /, '');
}
