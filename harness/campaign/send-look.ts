import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GuichetError } from '../errors.ts';
import { type Finding, finding } from '../target/finding.ts';
import { findingsName, type Look, lookVariable } from '../target/look.ts';
import { bringChromium } from '../toolchain/chromium.ts';
import { play } from './play.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of a look's own, gone after it. */
export type LookFolder = { path: string; [Symbol.dispose](): void };

export function lookFolder(): LookFolder {
  const path = mkdtempSync(join(tmpdir(), 'guichet-look-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * Sends a browser to look, which prints what it finds, and answers the findings; `environment` holds the secrets that
 * the profile names. Throws `GUICHET_BROWSER_MISSING`, and
 * `GUICHET_HARNESS` when the browser ended without a word.
 */
export async function sendLook(
  look: Look,
  folder: string,
  signal: AbortSignal,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Finding[]> {
  bringChromium((line) => process.stdout.write(`${line}\n`));
  const order = join(folder, 'look.json');
  writeFileSync(order, JSON.stringify(look), { mode: 0o600 });
  const { exitCode, stderr } = await play([], {
    root,
    workers: 1,
    signal,
    environment: {
      ...environment,
      [lookVariable]: order,
      GUICHET_CAMPAIGN: folder,
      // The browser takes the way that the profile names.
      ...(look.kind !== 'draft' ? { GUICHET_TARGET: look.profile } : {}),
    },
  });
  const findings = readFindings(join(folder, findingsName));
  if (findings.length === 0 && !signal.aborted)
    throw new GuichetError(
      'GUICHET_HARNESS',
      `Playwright ended with ${exitCode} and found nothing: ${stderr.trim().split('\n')[0] || 'no message'}.`,
    );
  return findings;
}

function readFindings(file: string): Finding[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => finding.parse(JSON.parse(line)));
}
