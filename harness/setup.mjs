// Brings what a fresh clone lacks (dependencies, Node 24), then hands over to the CLI.
// Plain JavaScript without dependencies: it runs on Node 20, before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';

function fail(code, what, remedy) {
  console.error(`${code}: ${what} ${remedy}`);
  process.exit(3);
}

function installDependencies() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  const locked = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(locked).mtimeMs) return;
  console.log('Setting up: dependencies (npm ci) …');
  const { status } = spawnSync(
    'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: windows,
    },
  );
  if (status !== 0) {
    fail(
      'GUICHET_SETUP',
      `"npm ci" ended with ${status}.`,
      'Read its message above; a registry must be reachable.',
    );
  }
}

/** The Node to run on: the installed one, else this one when it is new enough. */
function findNode() {
  const installed = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(installed)) return installed;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    'GUICHET_NODE_TOO_OLD',
    `Node 24 or later is needed, this is ${process.version}, and the npm package "node" did not bring its binary.`,
    'Allow its install script ("npm rebuild node"), or install Node 24.',
  );
}

installDependencies();
const child = spawn(findNode(), [join(root, 'harness', 'cli.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
});
// The terminal sends Ctrl+C to the whole group; the CLI decides how to end, we only wait for it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (status, signal) => process.exit(status ?? (signal ? 3 : 0)));
