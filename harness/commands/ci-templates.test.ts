import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findActionlint } from '../toolchain/actionlint-build.ts';
import { shellIn } from './shell.test-data.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'guichet-ci-'));
const read = (name: string) => readFileSync(join(root, 'docs/ci', name), 'utf8');

type Job = { file: string; job: string; script: string };

/** Every job's lines as its system hands them to the shell, its own variables filled in. */
function jobs(): Job[] {
  const github = Object.entries<{ steps: { run?: string }[] }>(parse(read('guichet.github.yml')).jobs);
  const {
    default: _,
    variables: _variables,
    '.report': report,
    ...gitlab
  } = parse(read('guichet.gitlab-ci.yml'), {
    merge: true,
  });
  const filled = (line: string) =>
    line.replace(
      /\$\{\{ (\S+) \}\}/g,
      (_, name) => ({ 'matrix.shard': '1', 'github.run_number': '5' })[name as string] ?? '?',
    );
  return [
    ...github.flatMap(([job, { steps }]) =>
      steps.flatMap(({ run }) => (run ? [{ file: 'GitHub', job, script: filled(run) }] : [])),
    ),
    ...Object.entries<{ script: string[]; extends?: string }>(gitlab).flatMap(([job, each]) => [
      ...each.script.map((script) => ({ file: 'GitLab', job, script })),
      ...(each.extends === '.report'
        ? (report.after_script as string[]).map((script) => ({ file: 'GitLab', job, script }))
        : []),
    ]),
  ];
}

const lines = jobs();
/** The same line means the same in both files and in all jobs: it runs once. */
const distinct = [...new Set(lines.map(({ script }) => script.trim()))].filter(
  (script) => script !== 'npm ci',
);
const is = (word: string) => (script: string) => script.includes(`guichet ${word} `);

afterAll(() => rmSync(scratch, { recursive: true }));

const shell = shellIn(root, scratch, {
  // What a project would judge: here the smallest part of the extranet that comes along.
  GUICHET_FLAGS: 'support',
  GITHUB_STEP_SUMMARY: join(scratch, 'summary-github.md'),
  ...{ CI_NODE_INDEX: '1', CI_NODE_TOTAL: '4', CI_PIPELINE_IID: '5' },
});
/** Runs the lines of a job as its system does; what a job writes beside the project goes aside. */
const run = (script: string, until?: RegExp) =>
  shell(
    script.replace(/--output (\S+)/g, (_, name) => `--output "${join(scratch, name)}"`),
    until,
  );

test('both files have the five jobs, and each of them runs something', () => {
  for (const file of ['GitHub', 'GitLab']) {
    const of = (word: string) => lines.filter((line) => line.file === file && is(word)(`${line.script} `));
    expect(of('check').map(({ job }) => job)).toEqual(['regression', 'gate', 'check']);
    expect(of('prove')).toHaveLength(1);
    expect(of('follow')).toHaveLength(1);
    expect(of('report').length).toBeGreaterThan(2);
  }
});

describe('each line runs as it stands', () => {
  const checks = distinct.filter(is('check'));
  const follows = distinct.filter(is('follow'));
  const proofs = distinct.filter(is('prove'));
  const reports = distinct.filter(is('report'));

  test('none is left out', () => {
    expect([...checks, ...follows, ...proofs, ...reports].sort()).toEqual([...distinct].sort());
    expect(checks).toHaveLength(3);
  });

  test('a check, and the gate', { timeout: 120_000 }, async () => {
    for (const script of checks.filter((each) => !each.includes('||'))) {
      const { status, out } = await run(script);
      expect(out).toMatch(/CONFORME — sélection support/);
      expect(status).toBe(0);
    }
  });

  test('"too early" is no failure of the weekly check, anything else is', { timeout: 60_000 }, async () => {
    const [script = ''] = checks.filter((each) => each.includes('||'));
    const exits = (code: number) =>
      run(script.replace(/npx guichet check \$GUICHET_FLAGS/, `(exit ${code})`));
    expect((await exits(0)).status).toBe(0);
    expect((await exits(3)).status).toBe(0);
    expect((await exits(1)).status).not.toBe(0);
    expect((await exits(2)).status).not.toBe(0);
  });

  test('the reports of the last campaign', { timeout: 60_000 }, async () => {
    for (const script of reports) expect(await run(script)).toEqual({ status: 0, out: '' });
    for (const name of ['summary-github.md', 'summary.md'])
      expect(readFileSync(join(scratch, name), 'utf8')).toMatch(/^## /);
    expect(JSON.parse(readFileSync(join(scratch, 'ctrf.json'), 'utf8')).reportFormat).toBe('CTRF');
  });

  test('the follow-up finds the last campaign, and says when there is nothing to follow', async () => {
    for (const script of follows) {
      const { status, out } = await run(script);
      expect(out).toMatch(/There is nothing to follow|GUICHET_USAGE/);
      expect(status).toBe(2);
    }
  });

  test.each(proofs)(
    '%s starts its shard, and ends in order when the job is cancelled',
    { timeout: 60_000 },
    async (script) => {
      const { status, out } = await run(script, /graine 5/);
      expect(out).toMatch(/graine 5/);
      expect(status).toBe(3);
    },
  );
});

test('reports lie where GitLab looks for them', () => {
  const { artifacts } = parse(read('guichet.gitlab-ci.yml'))['.report'];
  expect(artifacts.reports.junit).toBe('reports/out/*-check-*/junit.xml');
  expect(artifacts.when).toBe('always');
});

const actionlint = await findActionlint({
  log: () => {},
  ...(process.env.CI ? {} : { environment: cachedOnly() }),
});
const title = 'the GitHub file holds to actionlint';
if ('missing' in actionlint) {
  // What CI does not test, CI cannot vouch for.
  if (process.env.CI) test(title, () => expect(actionlint.missing).toBeUndefined());
  else test.skip(`${title} (${actionlint.missing})`, () => {});
} else {
  const lint = (file: string) =>
    promisify(execFile)(actionlint.path, ['-no-color', '-shellcheck=', '-pyflakes=', file], { cwd: root });
  test(title, async () => {
    expect((await lint('docs/ci/guichet.github.yml')).stdout).toBe('');
    const broken = join(scratch, 'broken.yml');
    writeFileSync(broken, read('guichet.github.yml').replace('github.run_number', 'github.nothing'));
    await expect(lint(broken)).rejects.toThrow();
  });
}

/** `npm test` has built it; a run of the unit tests alone waits for no build. */
function cachedOnly(): NodeJS.ProcessEnv {
  return { ACTIONLINT_BIN: process.env.ACTIONLINT_BIN, PATH: '' };
}

describe('the Dockerfile', () => {
  const text = read('Dockerfile');
  const instructions = text.split('\n').filter((line) => /^[A-Z]/.test(line));
  const of = (name: string) =>
    instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));

  test('stands on the image of the Playwright that package.json names', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(of('FROM')).toEqual([`mcr.microsoft.com/playwright:v${dependencies['@playwright/test']}-noble`]);
  });

  test('copies what is there, dependencies before the rest, and leaves out what a machine keeps for itself', () => {
    const sources = of('COPY').map((line) =>
      line
        .split(' ')
        .filter((word) => !word.startsWith('--'))
        .slice(0, -1),
    );
    for (const source of sources.flat()) expect(existsSync(join(root, source)), source).toBe(true);
    expect(sources).toEqual([['package.json', 'package-lock.json'], ['.']]);
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    for (const each of ['node_modules', '.git', '.cache', 'reports/out']) expect(ignored).toContain(each);
  });

  test('runs as no root, and what it runs is the CLI, for whoever has no home', async () => {
    expect(of('USER').at(-1)).toBe('pwuser');
    const [program = '', ...words]: string[] = JSON.parse(of('ENTRYPOINT')[0] ?? '');
    expect(JSON.parse(of('CMD')[0] ?? '')).toEqual(['check']);
    const { stdout } = await promisify(execFile)(program, [...words, 'check', '--list'], {
      ...{ cwd: root, env: { HOME: '/', PATH: '/usr/bin:/bin' } },
    });
    expect(stdout).toContain('scenarios/support.spec.ts');
  });
});
