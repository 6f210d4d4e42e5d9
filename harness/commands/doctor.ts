import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { styleText } from 'node:util';
import { exitCode, GuichetError } from '../errors.ts';
import { servePorts } from '../target/embedded.ts';
import { findChromium } from '../toolchain/chromium.ts';
import { locateK6 } from '../toolchain/k6.ts';
import type { Command } from './command.ts';
import { examineTarget, type Finding } from './doctor-target.ts';
import { permitOf, takePermit } from './permit-flag.ts';

export const doctor: Command = {
  help: `Usage: npx guichet doctor [--target FILE [--i-may ORIGIN]]

Looks for Node, a Chromium, k6, Go and free ports, asks the target whether it answers, sends mails of our own down its
mail path, installs nothing, and exits 0 when every command can run here, 3 otherwise. What is amiss has its remedy below.

  --target FILE    target profile (JSON); without it, the extranet that comes with Guichet
  --i-may ORIGIN   contact a target that is not on loopback: see "npx guichet check --help"

Example: npx guichet doctor --target harness/target/embedded.json
`,
  options: { target: { type: 'string' }, 'i-may': { type: 'string' } },
  run: async ({ flags }) => {
    takePermit(permitOf(flags));
    const findings = [
      node(),
      browser(),
      await k6(),
      go(),
      // A target of its own may well be a "guichet serve" on those ports.
      ...(flags.target ? [] : await Promise.all(Object.entries(servePorts).map(port))),
      ...(await examineTarget(typeof flags.target === 'string' ? flags.target : undefined)),
    ];
    for (const { what, ok, found, remedy } of findings) {
      const mark = styleText(ok ? 'green' : 'red', ok ? '✔' : '×', { stream: process.stdout });
      process.stdout.write(`${mark} ${what.padEnd(10)} ${found}${ok || !remedy ? '' : `\n    ${remedy}`}\n`);
    }
    return findings.every(({ ok }) => ok) ? 0 : exitCode.inconclusive;
  },
};

function node(): Finding {
  return {
    what: 'Node',
    ok: Number(process.versions.node.split('.')[0]) >= 24,
    found: process.version,
    remedy: 'Run "npm ci": the package "node" brings Node 24.',
  };
}

function browser(): Finding {
  try {
    const found = findChromium();
    if (found)
      return { what: 'Chromium', ok: true, found: `${found.path ?? 'Playwright’s own'} (${found.source})` };
    const { message } = new GuichetError('GUICHET_BROWSER_MISSING', 'none found.');
    return { what: 'Chromium', ok: false, found: 'none; "npm start" brings one', remedy: message };
  } catch (error) {
    return { what: 'Chromium', ok: false, found: 'unusable', remedy: (error as Error).message };
  }
}

async function k6(): Promise<Finding> {
  try {
    const found = await locateK6();
    if (found) return { what: 'k6', ok: true, found: `${found.path} ${found.version} (${found.source})` };
    const { message } = new GuichetError('GUICHET_K6_MISSING', 'none yet, and no Go to build it.');
    return {
      what: 'k6',
      ok: hasGo(),
      found: 'none yet; "npx guichet load" downloads or builds it',
      remedy: message,
    };
  } catch (error) {
    return { what: 'k6', ok: false, found: 'unusable', remedy: (error as Error).message };
  }
}

function hasGo(): boolean {
  return spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
}

function go(): Finding {
  const { status, stdout } = spawnSync('go', ['version'], { encoding: 'utf8' });
  // Go is only a way to a k6: its absence is told, not held against the machine.
  return { what: 'Go', ok: true, found: status === 0 ? stdout.trim() : 'none (needed only to build k6)' };
}

async function port([what, number]: [string, number]): Promise<Finding> {
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(number, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  return {
    what: `port ${number}`,
    ok: free,
    found: `${free ? 'free' : 'in use'} (${what} of "guichet serve")`,
    remedy: `End what holds it ("ss -ltnp sport = :${number}" names it): a "guichet serve" still running, or MailHog. Only "guichet serve" needs it.`,
  };
}
