import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort, untilListening } from './listening.ts';

export type Mailpit = {
  smtpPort: number;
  /** Its base URL, without `/api`. */
  url: string;
  stop(): Promise<void>;
};

/** Starts a Mailpit on free loopback ports, without cap, reverse DNS or a look for new versions; `flags` come last. */
export async function startMailpit(path: string, flags: string[] = []): Promise<Mailpit> {
  const [smtpPort, httpPort] = [await freePort(), await freePort()];
  const child = spawn(
    path,
    [
      ...['--listen', `127.0.0.1:${httpPort}`, '--smtp', `127.0.0.1:${smtpPort}`, '--max', '0'],
      ...['--smtp-disable-rdns', '--disable-version-check', '--quiet', ...flags],
    ],
    // Settings of the shell would change what is tested.
    {
      stdio: 'ignore',
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^MP_/.test(name))),
    },
  );
  const ended = once(child, 'close');
  await Promise.all([untilListening(child, smtpPort), untilListening(child, httpPort)]);
  return {
    smtpPort,
    url: `http://127.0.0.1:${httpPort}`,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
