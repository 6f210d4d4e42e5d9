import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { type Finding, finding, firstLine, lineOf } from './finding.ts';
import { findingsName } from './look.ts';

/** Playwright's reporter for a look: prints each finding as it is made, and keeps it. */
export default class LookReporter implements Reporter {
  private readonly file = join(process.env.GUICHET_CAMPAIGN ?? '', findingsName);

  onStdOut(chunk: string | Buffer): void {
    for (const line of chunk.toString().split('\n').filter(Boolean))
      this.keep(finding.parse(JSON.parse(line)));
  }

  /** What a person at the screen is asked for. */
  onStdErr(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  onTestEnd(_test: TestCase, { status, error }: TestResult): void {
    if (status !== 'passed' && status !== 'interrupted') this.fail(error?.message ?? status);
  }

  onError({ message }: { message?: string }): void {
    this.fail(message ?? 'unknown error');
  }

  printsToStdio(): boolean {
    return true;
  }

  private fail(message: string): void {
    this.keep({ state: 'wrong', key: 'the browser', found: firstLine(message) });
  }

  private keep(found: Finding): void {
    appendFileSync(this.file, `${JSON.stringify(found)}\n`);
    process.stdout.write(`${lineOf(found)}\n`);
  }
}
