import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A Dovecot to run: the words before its own arguments. Or why there is none. */
export type FoundDovecot = { command: string[] } | { missing: string };

type Place = {
  /** Debian's packages are unpacked in its folder `dovecot`; the project's `.cache` when absent. */
  cacheDir?: string;
  /** Takes a line for the screen. */
  log: (line: string) => void;
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = ['dovecot-core', 'dovecot-imapd', 'dovecot-lmtpd'];
const programs = ['sbin/dovecot', 'lib/dovecot/imap', 'lib/dovecot/lmtp'];
/** The configuration of dovecot.ts is that of this version; 2.4 has another language. */
const version = /^2\.3\./;

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
/** Dovecot's login processes refuse to be root: whoever is, becomes nobody. It ends with whoever started it. */
const asUser = ['setpriv', '--pdeathsig', 'TERM'];
const asNobody = [...asUser, '--reuid', '65534', '--regid', '65534', '--clear-groups'];

/**
 * The Dovecot 2.3 of the tests: the installed one, else Debian's packages, unpacked into the cache and run in a
 * mount namespace of its own, since they know their files by absolute paths. Nothing is installed, nothing started.
 */
export async function findDovecot({ cacheDir = join(root, '.cache'), log }: Place): Promise<FoundDovecot> {
  if (process.platform !== 'linux') return { missing: `no Dovecot for ${process.platform}` };
  if (programs.every((program) => existsSync(join('/usr', program)))) {
    return verified([...(isRoot ? asNobody : asUser), '/usr/sbin/dovecot']);
  }
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const [id, number] = ['ID', 'VERSION_ID'].map(
    (key) => new RegExp(`^${key}="?([^"\n]+)`, 'm').exec(release)?.[1],
  );
  const folder = join(cacheDir, 'dovecot', `${id}-${number}`);
  if (!existsSync(folder)) {
    log('fetching Dovecot from Debian’s packages …');
    const failure = await unpack(folder);
    if (failure) return { missing: failure };
  }
  return verified(inNamespace(folder));
}

async function verified(command: string[]): Promise<FoundDovecot> {
  try {
    const [program = '', ...args] = command;
    const { stdout } = await run(program, [...args, '--version']);
    return version.test(stdout) ? { command } : { missing: `Dovecot is ${stdout.trim()}, not 2.3` };
  } catch (error) {
    return { missing: reason(error) };
  }
}

/** Lays the unpacked /usr over the real one, for this process alone; needs root, or unprivileged user namespaces. */
function inNamespace(folder: string): string[] {
  const overlay = 'mount -t overlay guichet -o "lowerdir=$0/usr:/usr" /usr && exec "$@"';
  const unshare = isRoot
    ? ['unshare', '--mount']
    : ['unshare', '--map-current-user', '--keep-caps', '--mount'];
  const then = isRoot ? asNobody : [...asUser, '--inh-caps=-all', '--ambient-caps=-all'];
  return [...unshare, '--', 'sh', '-c', overlay, folder, ...then, '/usr/sbin/dovecot'];
}

/** Downloads the packages and what of their dependencies is not installed; answers why that did not work. */
async function unpack(folder: string): Promise<string | undefined> {
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(join(dirname(folder), 'unpack-'));
  try {
    let wanted = await simulate();
    if (!wanted && isRoot) {
      await run('apt-get', ['update', '-qq'], { timeout: 120_000 });
      wanted = await simulate();
    }
    if (!wanted) return `apt-get knows no ${packages.join(', ')}`;
    await run('apt-get', ['download', '-qq', ...wanted], { cwd: work, timeout: 120_000 });
    for (const file of await readdir(work)) {
      await run('dpkg', ['-x', join(work, file), join(work, 'root')]);
    }
    await rename(join(work, 'root'), folder);
    return undefined;
  } catch (error) {
    // Two at once: the other has laid the folder, which is as good.
    return existsSync(folder) ? undefined : reason(error);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The packages that an installation would bring, itself included. */
async function simulate(): Promise<string[] | undefined> {
  try {
    const { stdout } = await run('apt-get', ['install', '-s', '--no-install-recommends', ...packages]);
    const names = [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);
    return names.length > 0 ? names : undefined;
  } catch {
    return undefined;
  }
}

function reason(error: unknown): string {
  const { stderr, message } = error as Error & { stderr?: string };
  return stderr?.trim().split('\n').at(-1) || message;
}
