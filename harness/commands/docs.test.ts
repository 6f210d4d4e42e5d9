import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleResults } from '../../reports/results.test-data.ts';
import { writeReports } from '../../reports/write.ts';
import { readSpecs, select } from '../campaign/selection.ts';
import { GuichetError } from '../errors.ts';
import { parseWorkload } from '../load/workload.ts';
import { faultNames, skinNames } from '../target/embedded.ts';
import { type Command, parseArguments } from './command.ts';
import { pages, readPage, shown, shownWorkload } from './docs.test-data.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'guichet-docs-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const guichet = shown.filter(({ line }) => line.startsWith('npx guichet'));

type Run = { status: number; out: string; err: string };

function run(args: string[], cwd = scratch): Promise<Run> {
  return new Promise((done) =>
    execFile(process.execPath, [join(root, 'harness/cli.ts'), ...args], { cwd }, (error, out, err) =>
      done({ status: Number(error?.code ?? 0), out, err }),
    ),
  );
}

let summaries: Record<string, string>;
let commands: Record<string, Command>;
beforeAll(async () => {
  const { out } = await run(['--help']);
  summaries = Object.fromEntries(
    [...out.matchAll(/^ {2}([a-z]+) +(.+)$/gm)].map(([, name = '', said = '']) => [name, said]),
  );
  const loaded = Object.keys(summaries).map(async (name) => [
    name,
    (await import(`../commands/${name}.ts`))[name],
  ]);
  commands = Object.fromEntries(await Promise.all(loaded));
});

test('the README’s table of commands is the help', () => {
  const rows = [...readPage('README.md').matchAll(/^\| `npx guichet (\w+)` +\| (.+?) +\|$/gm)];
  expect(Object.fromEntries(rows.map(([, name, said]) => [name, said]))).toEqual(summaries);
});

test('the help of every command has an example, which the command takes', () => {
  for (const [name, command] of Object.entries(commands)) {
    const { help, options } = command;
    const example = /^Example: (?:[A-Z_]+=\S+ )*npx guichet (\w+) ?([^,\n]*)/m.exec(help);
    expect(example?.[1], name).toBe(name);
    expect(() => parseArguments((example?.[2] ?? '').split(' ').filter(Boolean), command)).not.toThrow();
    for (const flag of Object.keys(options)) expect(help, `${name} --${flag}`).toContain(`--${flag}`);
  }
});

test('the pages show commands', () => {
  expect(guichet.length).toBeGreaterThan(30);
  expect(new Set(guichet.map(({ page }) => page)).size).toBeGreaterThan(5);
});

test.each(guichet)('$page: $line', ({ line }) => {
  const words = line
    .replace(/'([^']*)'/g, '$1')
    .split(' ')
    .slice(2);
  const name = words[0] ?? '';
  if (name.startsWith('--')) return expect(['--help', '--version']).toContain(name);
  const command = commands[name];
  if (!command) throw new Error(`no command "${name}"`);
  // `…` and C stand for what a reader puts there.
  const { flags, words: rest } = parseArguments(words.slice(1), command);
  if (typeof flags.fault === 'string' && flags.fault !== 'NAME') expect(faultNames).toContain(flags.fault);
  if (typeof flags.only === 'string') expect(faultNames).toContain(flags.only);
  if (typeof flags.skin === 'string') expect(skinNames).toContain(flags.skin);
  if (name === 'check') select(rest, readSpecs(root), (word) => new GuichetError('GUICHET_USAGE', word));
});

test.each(shown.filter(({ line }) => /^(node|k6 run|npx vitest run) /.test(line)))(
  '$page: $line names what is there',
  ({ line }) => {
    const path = line.split(' ').find((word) => word.includes('/'));
    expect(existsSync(join(root, path ?? line.split(' ').at(-1) ?? '')), line).toBe(true);
  },
);

test.each(shown.filter(({ line }) => /^npm (run )?\w+/.test(line)))(
  '$page: $line is a script of package.json, or npm’s own',
  ({ line }) => {
    const [, , name = ''] = /^npm (run )?([\w:]+)/.exec(line) ?? [];
    expect([...Object.keys(JSON.parse(readPage('package.json')).scripts), 'ci']).toContain(name);
  },
);

describe('what costs little runs as it stands', () => {
  const cheap = [...new Set(guichet.map(({ line }) => line))].filter((line) =>
    /^npx guichet (check --list|waive |report last|--help)/.test(line),
  );

  test('there is some of it', () => {
    expect(cheap.length).toBeGreaterThan(6);
  });

  test.each(cheap)('%s', async (line) => {
    const campaign = join(scratch, 'last');
    await writeReports(campaign, sampleResults());
    const words = line.split(' ').slice(2);
    const profile = join(root, 'harness/target/embedded.json');
    const { status, err } = await run(words.map((word) => (word === 'integration.json' ? profile : word)));
    // A sample campaign has sent nothing, and says so.
    if (line.includes('--format csv')) return expect(err).toContain('has no ledger');
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });
});

test('the plan of each load that a page shows is printed', { timeout: 60_000 }, async () => {
  const aside = mkdtempSync(join(scratch, 'plans-'));
  writeFileSync(join(aside, 'monday.json'), shownWorkload);
  const integration = {
    ...JSON.parse(readPage('harness/target/embedded.json')),
    ...{ baseUrl: 'https://integration.example.org/aparts/', clock: { kind: 'real' } },
    sirets: { kind: 'range', from: '99000000200000', to: '99000000299999' },
    ...{ maxSubmissions: 1000, load: { rate: 600, total: 1000 } },
  };
  writeFileSync(join(aside, 'integration.json'), JSON.stringify(integration));
  const plans = new Set(guichet.flatMap(({ line }) => (/ load .*--dry-run$/.test(line) ? [line] : [])));
  expect(plans.size).toBeGreaterThan(3);
  for (const line of plans) {
    const { status, out, err } = await run(line.split(' ').slice(2), aside);
    expect({ line, status, err }).toEqual({ line, status: 0, err: '' });
    expect(out).toMatch(/^Charge « /);
  }
});

test('two campaigns are compared as docs/for-qa.md says', async () => {
  const line = guichet.find(({ line }) => / diff \S+ /.test(line))?.line ?? '';
  for (const name of line.split(' ').slice(3)) await writeReports(join(scratch, name), sampleResults());
  const { status, err } = await run(line.split(' ').slice(2));
  expect({ status, err }).toEqual({ status: 0, err: '' });
});

test('the workload that CONTRIBUTING.md shows is one, and names its schema', () => {
  const file = JSON.parse(shownWorkload);
  expect(parseWorkload(file, 'CONTRIBUTING.md')).toMatchObject({ name: 'monday' });
  expect(existsSync(join(root, file.$schema))).toBe(true);
});

test('every link between pages leads somewhere', () => {
  for (const page of pages) {
    for (const [, to = ''] of readPage(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g))
      expect(existsSync(join(root, page, '..', to)), `${page}: ${to}`).toBe(true);
    for (const [, to = ''] of readPage(page).matchAll(/`(docs\/[\w./-]+)`/g))
      expect(existsSync(join(root, to)), `${page}: ${to}`).toBe(true);
  }
});
