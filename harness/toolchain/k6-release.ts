import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

type Download = {
  /** Such as `2.2.0`. */
  version: string;
  /** Where the binary goes. */
  target: string;
  releases?: string;
  log: (line: string) => void;
  signal?: AbortSignal;
};

const official = 'https://github.com/grafana/k6/releases/download';
const systems: Partial<Record<NodeJS.Platform, { name: string; ending: string }>> = {
  linux: { name: 'linux', ending: 'tar.gz' },
  darwin: { name: 'macos', ending: 'zip' },
  win32: { name: 'windows', ending: 'zip' },
};
const processors: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Downloads k6's official release, verifies the archive with the release's checksums, and puts the binary at
 * `target` in one step. Answers undefined, or why it did not work; a machine without network is told in seconds.
 */
export async function downloadK6(options: Download): Promise<string | undefined> {
  const { version, target, releases = official, log, signal } = options;
  const system = systems[process.platform];
  const processor = processors[process.arch];
  if (!system || !processor) return `no release for ${process.platform} on ${process.arch}`;
  const folder = `k6-v${version}-${system.name}-${processor}`;
  const archive = `${folder}.${system.ending}`;
  const get = async (file: string, milliseconds: number) => {
    const limits = [AbortSignal.timeout(milliseconds), ...(signal ? [signal] : [])];
    const answer = await fetch(`${releases}/v${version}/${file}`, { signal: AbortSignal.any(limits) });
    if (!answer.ok) throw new Error(`${file} answered ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  };
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(join(dirname(target), 'release-'));
  try {
    const checksums = (await get(`k6-v${version}-checksums.txt`, 5_000)).toString('utf8');
    const line = checksums.split('\n').find((line) => line.trim().endsWith(` ${archive}`));
    const expected = line?.trim().split(/\s+/)[0]?.toLowerCase();
    if (!expected) return `the checksums do not name ${archive}`;
    log(`downloading k6 v${version} …`);
    const bytes = await get(archive, 300_000);
    if (createHash('sha256').update(bytes).digest('hex') !== expected)
      return `the checksum of ${archive} is wrong`;
    await writeFile(join(work, archive), bytes);
    // The system's tar also opens zip where k6 ships zip: bsdtar on macOS and Windows.
    await promisify(execFile)('tar', ['-xf', archive], { cwd: work });
    await rename(join(work, folder, process.platform === 'win32' ? 'k6.exe' : 'k6'), target);
    return undefined;
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error && cause.message ? `${message}, ${cause.message}` : message;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
