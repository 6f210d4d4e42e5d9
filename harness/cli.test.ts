import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { results as resultsSchema } from '../reports/results.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'guichet-cli-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Run = { status: number | null; out: string; err: string };

/** Runs the real CLI; `until` sends SIGINT the first time it matches what was printed. */
function guichet(
  args: string[],
  { env = {}, until }: { env?: NodeJS.ProcessEnv; until?: RegExp } = {},
): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['harness/cli.ts', ...args], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', ...env },
    });
    let out = '';
    let err = '';
    let stopped = false;
    child.stdout.on('data', (chunk) => {
      out += chunk;
      if (until && !stopped && until.test(out)) {
        stopped = true;
        child.kill('SIGINT');
      }
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.once('close', (status) => resolve({ status, out, err }));
  });
}

function profile(name: string, change: (text: string) => string): string {
  const path = join(scratch, name);
  writeFileSync(path, change(readFileSync(join(root, 'harness/target/embedded.json'), 'utf8')));
  return path;
}

function reportOf(out: string) {
  const path = /^Rapport : (.+)report\.html$/m.exec(out)?.[1] ?? '';
  const text = readFileSync(join(root, path, 'results.json'), 'utf8');
  return { folder: join(root, path), results: resultsSchema.parse(JSON.parse(text)), text };
}

describe('usage', () => {
  test('--help lists the commands and the exit codes', async () => {
    const { status, out } = await guichet(['--help']);
    expect(status).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "guichet: judges whether an extranet lets an employer open an Activité Partielle account.

      Usage: npx guichet COMMAND [FLAGS]

        check     judges whether the target follows the procedure
        follow    judges, days later, the mails of a check or a load on a real clock
        prove     breaks the extranet on purpose and demands that the scenarios notice
        load      sends demandes under load and accounts for each of them and its three mails
        forecast  tells from a load campaign at what rate, and at what hour, the 48 h promise breaks
        ledger    takes what the pods of a load run have told into the ledger of the campaign
        report    shows a campaign as Markdown, HTML, JUnit, CTRF, EARL, CSV or JSON; merges parts
        diff      compares two campaigns: what turned red, green, untested, slower
        waive     writes a dated exception for one requirement, to be filled in
        target    tries a target profile on its live target, or drafts a first one
        serve     runs the extranet and the mail catcher on fixed ports, to click around in
        mail      catches mails as MailHog does, on loopback, and shows them on a page
        doctor    tells what this machine has of what Guichet needs, each with its remedy

      "npx guichet COMMAND --help" explains one. Exit codes: 0 conform, 1 not conform, 2 usage, 3 inconclusive.
      "
    `);
  });

  test.each([
    [['chekc'], 'Did you mean "check"?'],
    [['check', '--sed', '3'], 'Did you mean "--seed"?'],
    [['check', 'SIRET-99'], 'Did you mean "SIRET-'],
    [['check', 'siert'], 'Did you mean "siret"?'],
    [['check', '--fault', 'cgu-not-enforce'], 'Did you mean "cgu-not-enforced"?'],
    [['diff', 'nowhere'], 'Give two'],
    [['diff', 'nowhere', 'elsewhere'], '"nowhere" holds no results'],
    [['waive', 'SIRET-07'], 'is not one MUST or SHOULD'],
    [['check', '--browser', 'firefax'], 'Did you mean "firefox"?'],
    [['check', '--gate', 'none'], 'The only gate is "release"'],
    [['prove', 'cgu-not-enforced'], 'Did you mean --only cgu-not-enforced?'],
    [['prove', '--only', 'cgu-not-enforce'], 'Did you mean "cgu-not-enforced"?'],
    [['prove', '--requirement', 'SIRET-99'], 'Unknown requirement "SIRET-99".'],
    [['prove', '--part', 'matrx'], 'Did you mean "matrix"?'],
    [['prove', '--shard', '3/2'], 'Give I/N'],
    [['prove', '--resume', 'nowhere'], 'holds no campaign of "guichet prove"'],
    [['prove', '--resume', 'nowhere', '--seed', '3'], '--seed with --resume'],
    [['check', '--seed', 'x'], 'Give a whole number'],
    [['check', '--workers', '0'], 'Give a whole number'],
    [['check', '--trace', 'some'], 'Give "failed" or "all"'],
    [['check', '--i-may', 'https://example.org'], '--i-may without a target profile'],
    [['check', '--target', 'x.json', '--i-may', '*.example.org'], 'Give exact origins'],
    [['check', '--target', 'x.json', '--i-may', 'https://x.gouv.fr'], 'is a government domain'],
    [['check', '--target', 'no-such-file.json'], 'GUICHET_PROFILE_INVALID'],
    [['check', '--target', 'x.json', '--fault', 'cgu-not-enforced'], 'exclude each other'],
    [['check', '--target', 'x.json', '--workers', '2'], 'Leave --workers out'],
    [['load', 'smok'], 'Did you mean "smoke"?'],
    [['target'], 'Give "check FILE" or "draft URL"'],
    [['target', 'chek', 'x.json'], 'Did you mean "check"?'],
    [['target', 'check'], 'Give the profile to try'],
    [['target', 'check', 'no-such-file.json'], 'GUICHET_PROFILE_INVALID'],
    [['target', 'check', 'x.json', '--force'], '"target check" takes --i-may alone'],
    [['target', 'draft', 'https://x.org', '--i-may', 'https://x.org'], '--i-may with "target draft"'],
    [['target', 'draft', 'aparts'], '"aparts" is no URL'],
    [['target', 'draft', 'https://example.org/'], 'GUICHET_ORIGIN_REFUSED'],
    [['target', 'draft', 'http://127.0.0.1:1/', '--siret', '123'], 'Give 14 digits'],
    [['target', 'draft', 'http://127.0.0.1:1/', '--code', 'x', '--code-url', 'y'], 'exclude each other'],
  ])('%j is refused with 2, the nearest name and no stack', async (args, message) => {
    const { status, err } = await guichet(args);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
    expect(status).toBe(2);
  });

  test('a profile with an unknown key names the key', async () => {
    const path = profile('unknown-key.json', (text) => text.replace('"mailDomain"', '"mailDomian"'));
    const { status, err } = await guichet(['check', '--target', path]);
    expect(err).toMatch(/mailDom/);
    expect(status).toBe(2);
  });

  test('an origin that is not on loopback is refused with 2', async () => {
    const path = profile('foreign.json', (text) =>
      text.replace('http://127.0.0.1:8120/aparts/', 'https://example.org/'),
    );
    const { status, err } = await guichet(['check', '--target', path]);
    expect(err).toContain('GUICHET_ORIGIN_REFUSED');
    expect(status).toBe(2);
  });
});

describe('inconclusive', () => {
  test('a target that is down: 3, before any browser starts', async () => {
    const path = profile('down.json', (text) => text.replaceAll(':8120/', ':9/'));
    const { status, err } = await guichet(['check', '--target', path], { env: { GUICHET_TEST_TOKEN: 'x' } });
    expect(err).toContain('GUICHET_TARGET_UNREACHABLE: GET http://127.0.0.1:9/aparts/ failed');
    expect(status).toBe(3);
  });

  test('but a dry run asks it nothing: it says how many SIRETs are needed, and are there', async () => {
    const path = profile('down-dry.json', (text) => {
      const sirets = { kind: 'range', from: '99000000200000', to: '99000000299999' };
      return JSON.stringify({ ...JSON.parse(text.replaceAll(':8120/', ':9/')), sirets });
    });
    const args = ['check', 'SIRET-23', '--dry-run', '--target', path];
    const { status, out } = await guichet(args, { env: { GUICHET_TEST_TOKEN: 'x' } });
    expect(out).toMatch(/^\d+ demandes? ser\w+ envoyées?, .* il faut \d+ SIRET\.\n\d+ SIRET libres sur/m);
    expect(status).toBe(0);
  });

  test('a browser that is not there: 3', async () => {
    const { status, err } = await guichet(['check', 'support'], {
      env: { GUICHET_CHROMIUM: '/no/such/browser' },
    });
    expect(err).toContain('GUICHET_BROWSER_MISSING: GUICHET_CHROMIUM is "/no/such/browser"');
    expect(status).toBe(3);
  });

  test('a Firefox that Playwright has not installed: 3, with the line that does', async () => {
    const { status, err } = await guichet(['check', 'support', '--browser', 'firefox'], {
      env: { PLAYWRIGHT_BROWSERS_PATH: scratch },
    });
    expect(err).toContain('GUICHET_BROWSER_MISSING: Playwright’s Firefox is not there');
    expect(err).toContain('npx playwright install --with-deps firefox');
    expect(status).toBe(3);
  });
});

describe('a campaign', () => {
  test('green: exit 0, a valid results.json, the evidence beside it', async () => {
    const { status, out } = await guichet(['check', 'support', '--seed', '7']);
    expect(out).toContain('CONFORME');
    expect(status).toBe(0);
    const { results } = reportOf(out);
    expect(results.verdict.outcome).toBe('conform');
    expect(results.campaign.seed).toBe(7);
    expect(results.evidence.length).toBeGreaterThan(0);
  });

  test('no credential of a mail reaches what it writes or prints', async () => {
    const { status, out } = await guichet(['check', 'mails', '--seed', '7']);
    expect(status).toBe(0);
    const { folder } = reportOf(out);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(json|jsonl|xml|html)$/.test(file),
    );
    const written = files.map((file) => readFileSync(join(folder, file), 'utf8'));
    expect(files.length).toBeGreaterThan(6);
    const credential = /(identifiant|mot de passe)\s*:\s*(?!\[secret)[A-Z0-9]\S{5,}/i;
    for (const text of [out, ...written]) expect(credential.exec(text)?.[0]).toBeUndefined();
    expect(written.some((text) => /Mot de passe : \[secret [0-9a-f]{6}\]/.test(text))).toBe(true);
  });

  test('red: a broken extranet exits 1 and names the requirement', { timeout: 60_000 }, async () => {
    const recorded = ['--trace', 'failed', '--har', 'failed'];
    const { status, out } = await guichet(['check', 'SIRET-23', '--fault', 'cgu-not-enforced', ...recorded]);
    expect(out).toContain('NON CONFORME');
    expect(out).toMatch(/0 passed, 1 failed, 0 untested of 1 MUST/);
    expect(status).toBe(1);
    const { results, folder } = reportOf(out);
    expect(results.requirements.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)).toContain(
      'SIRET-23',
    );
    // What did not pass was recorded, for whoever has to find out why, and only that.
    const red = results.scenarios.filter(({ status }) => status === 'failed').map(({ title }) => title);
    const recordings = results.evidence.filter(
      ({ kind, title }) => (kind === 'trace' || kind === 'har') && red.includes(title),
    );
    expect(recordings.map(({ kind, title }) => `${kind} ${title}`).sort()).toEqual(
      red.flatMap((title) => [`har ${title}`, `trace ${title}`]).sort(),
    );
    const report = readFileSync(join(folder, 'report.html'), 'utf8');
    const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8');
    for (const { path } of recordings) {
      expect(report).toContain(`href="./${path}"`);
      expect(sums).toContain(path);
      expect(readFileSync(join(folder, path)).length).toBeGreaterThan(1000);
    }
    // A check that fails cites its last exchanges whatever is asked for.
    const exchanged = results.evidence.find(
      ({ title, kind }) => kind === 'har' && title.startsWith('SIRET-23'),
    );
    expect(results.requirements.find(({ id }) => id === 'SIRET-23')?.checks.at(-1)?.evidence).toContain(
      exchanged?.id,
    );
    expect(report).toMatch(/<code>POST http[^<]+<\/code><pre>siret &#61; \d{14}\ncode &#61; /);
  });

  test('Ctrl+C: exit 3, a partial report marked interrupted, nothing left running', async () => {
    const { status, out } = await guichet(['check', '--workers', '1'], {
      until: /\[ *1\/\d+\]/,
      env: { CI: '' },
    });
    expect(status).toBe(3);
    const { results, folder } = reportOf(out);
    expect(results.campaign.interrupted).toBe(true);
    expect(results.verdict.outcome).toBe('inconclusive');
    expect(results.scenarios.length).toBeGreaterThan(0);
    expect(processesOf(folder.replace(/\/$/, ''))).toEqual([]);
  });
});

/** Running processes that have this campaign in their environment, by command line (Linux; elsewhere none is seen). */
function processesOf(campaign: string): string[] {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return ''; // It ended meanwhile, or it is not ours to read.
    }
  };
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter(
      (pid) => /^\d+$/.test(pid) && read(`/proc/${pid}/environ`).includes(`GUICHET_CAMPAIGN=${campaign}`),
    )
    .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '));
}
