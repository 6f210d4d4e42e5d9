import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { stripVTControlCharacters, styleText } from 'node:util';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestResult,
} from '@playwright/test/reporter';
import { attachmentType } from './attachment.ts';
import { type JournalLine, journalName, journalVariable } from './journal.ts';
import { endWithParent } from './orphan.ts';
import { keepExchanges, keepRaw, readRecordings } from './recordings.ts';
import { statusLine } from './status-line.ts';

/** Playwright's reporter for a campaign: writes the journal and the evidence, shows progress; judges nothing. */
export default class CampaignReporter implements Reporter {
  private readonly folder = process.env.GUICHET_CAMPAIGN ?? '';
  private readonly journal = process.env[journalVariable] ?? journalName;
  private readonly live = process.stdout.isTTY && !process.env.CI;
  private total = 0;
  private done = 0;
  private readonly startedAt = performance.now();
  private startError: string | undefined;
  private readonly running = new Set<string>();

  onBegin(_config: FullConfig, suite: Suite): void {
    endWithParent();
    this.total = suite.allTests().length;
    mkdirSync(join(this.folder, 'evidence'), { recursive: true });
    this.write({ kind: 'begin', scenarios: this.total });
  }

  onTestBegin(test: TestCase): void {
    this.running.add(test.title);
    this.status();
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const scenario = idOf(test);
    let checks = 0;
    let red = 0;
    let due: string | undefined;
    for (const { name, contentType, body } of result.attachments) {
      if (!body) continue;
      if (contentType === attachmentType.check) {
        const check = JSON.parse(body.toString());
        checks++;
        if (check.outcome !== 'passed') red++;
        this.write({ kind: 'check', scenario, ...check });
      } else if (contentType === attachmentType.due) {
        due = body.toString();
      } else if (contentType === attachmentType.mail || contentType === attachmentType.screenshot) {
        this.keep(name, contentType === attachmentType.mail ? 'mail' : 'screenshot', body);
      } else if (contentType === attachmentType.exchanges) {
        this.keepExchanges(name, body);
      }
    }
    // Every red check raised one soft error; an error beyond those is what aborted the scenario.
    const aborting = result.errors.slice(red)[0] ?? (result.status === 'timedOut' ? result.error : undefined);
    // That a real clock has not come so far aborts a scenario too; it is taken up when it has.
    const error = due ? undefined : aborting?.message && firstLine(aborting.message);
    const status =
      result.status === 'interrupted'
        ? 'interrupted'
        : due
          ? 'pending'
          : error
            ? 'aborted'
            : red > 0
              ? 'failed'
              : 'passed';
    this.keepRecordings(test, result, status === 'passed' || status === 'pending');
    const durationMs = result.duration;
    this.write({
      kind: 'scenario',
      id: scenario,
      title: test.title,
      status,
      durationMs,
      ...(error ? { error } : {}),
      ...(due ? { due } : {}),
    });
    this.done++;
    this.running.delete(test.title);
    this.progress(test.title, status, checks, red, durationMs, error);
  }

  onError(error: { message?: string }): void {
    this.startError ??= firstLine(error.message ?? 'unknown error');
  }

  onEnd(result: FullResult): void {
    if (this.live) process.stdout.write('\r\u001b[K');
    const interrupted = result.status === 'interrupted' || result.status === 'timedout';
    this.write({ kind: 'end', interrupted, ...(this.startError ? { error: this.startError } : {}) });
  }

  /** What a scenario says to the person at the screen. */
  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  onStdErr(chunk: string | Buffer): void {
    process.stderr.write(chunk);
  }

  printsToStdio(): boolean {
    return true;
  }

  private write(line: JournalLine): void {
    appendFileSync(join(this.folder, this.journal), `${JSON.stringify(line)}\n`);
  }

  private keep(name: string, type: 'screenshot' | 'mail', body: Buffer): void {
    const [id = '', ...title] = name.split(' ');
    const path = `evidence/${id}.${type === 'mail' ? 'json' : 'jpg'}`;
    writeFileSync(join(this.folder, path), body);
    this.write({ kind: 'evidence', id, type, title: title.join(' '), path });
  }

  private keepExchanges(name: string, body: Buffer): void {
    const recordings = readRecordings();
    if (!recordings) return;
    const [id = '', ...title] = name.split(' ');
    keepExchanges(recordings, `${id}.har`, body);
    this.write({ kind: 'evidence', id, type: 'har', title: title.join(' '), path: `evidence/${id}.har` });
  }

  private keepRecordings(test: TestCase, result: TestResult, passed: boolean): void {
    const recordings = readRecordings();
    if (!recordings) return;
    const trace = result.attachments.find(({ name, path }) => name === 'trace' && path)?.path;
    const named = `${test.id}-${test.repeatEachIndex}`;
    for (const { id, type, name } of keepRaw(recordings, { test: named, passed, trace }))
      this.write({ kind: 'evidence', id, type, title: test.title, path: `evidence/${name}` });
  }

  private progress(
    title: string,
    status: string,
    checks: number,
    red: number,
    ms: number,
    error?: string,
  ): void {
    if (this.live) process.stdout.write('\r\u001b[K');
    // A log of CI is read when something is wrong.
    if (process.env.CI && status === 'passed') return;
    const mark = { passed: '✔', failed: '×', aborted: '!', pending: '…', interrupted: '…' }[status] ?? '?';
    const colour = { passed: 'green', failed: 'red' }[status] ?? 'yellow';
    const count = `[${String(this.done).padStart(String(this.total).length)}/${this.total}]`;
    const tally = red > 0 ? `${checks} contrôles, ${red} en échec` : `${checks} contrôles`;
    const painted = process.env.CI
      ? mark
      : styleText(colour as 'green', mark, { validateStream: true, stream: process.stdout });
    process.stdout.write(
      `${count} ${painted} ${title} (${tally}, ${(ms / 1000).toFixed(1).replace('.', ',')} s)\n`,
    );
    if (error) process.stdout.write(`      interrompu : ${error}\n`);
    this.status();
  }

  private status(): void {
    if (!this.live || this.running.size === 0) return;
    const text = statusLine([...this.running], {
      ...{ done: this.done, total: this.total, elapsedMs: performance.now() - this.startedAt },
      // A terminal may say 0, as one of a container does.
      width: process.stdout.columns || 80,
    });
    process.stdout.write(`\r\u001b[K${text}`);
  }
}

function idOf({ location }: TestCase): string {
  const file = isAbsolute(location.file) ? relative(process.cwd(), location.file) : location.file;
  return `${file}:${location.line}`;
}

function firstLine(message: string): string {
  return (stripVTControlCharacters(message).split('\n')[0] ?? '').replace(/^Error: /, '');
}
