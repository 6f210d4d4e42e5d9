import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { GuichetError } from '../errors.ts';
import { parseProfile, type TargetProfile } from '../target/profile.ts';

/** How the extranet of a run is: see the options of `startEmbedded`. */
export type StageOptions = {
  agents: number;
  coupling?: string;
  fault?: string;
  skin?: string;
  /** Keeps its store and its mails. */
  folder: string;
  start: Date;
};

/** A running extranet of our own, in its own process. */
export type Stage = {
  profile: TargetProfile;
  environment: Record<string, string>;
  pid: number;
  close(): Promise<void>;
};

/** How long it may take to close, in ms. */
const patience = 5_000;

/** Starts it. Throws `GUICHET_HARNESS` when it does not start. */
export async function startStage(options: StageOptions): Promise<Stage> {
  const script = fileURLToPath(new URL('stage-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl+C is the driver's to take: the extranet ends when it says so.
    detached: true,
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('close', () =>
      reject(new GuichetError('GUICHET_HARNESS', 'The extranet of the run did not start.')),
    );
  });
  child.stdin.on('error', () => {});
  const { profile, environment } = JSON.parse(line);
  return {
    profile: parseProfile(profile, 'the extranet of the run'),
    environment,
    pid: child.pid ?? 0,
    close: async () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), patience);
      await closed;
      clearTimeout(timer);
    },
  };
}
