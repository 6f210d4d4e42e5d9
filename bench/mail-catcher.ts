import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Mailbox } from '../harness/mail/mailbox.ts';
import { openMailhog } from '../harness/mail/mailhog.ts';

/** A mail server that is measured. */
export type Server = {
  smtpPort: number;
  open(): Promise<Mailbox>;
  total(): Promise<number>;
  stop(): Promise<void>;
};

/** `guichet mail` as a person starts it. */
export async function catcher(...flags: string[]): Promise<Server & { url: string; pid: number }> {
  const args = ['harness/cli.ts', 'mail', '--smtp-port', '0', '--http-port', '0', ...flags];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    said += text;
    if (said.includes('Ctrl+C')) break;
  }
  const smtpPort = Number(/^SMTP\s+\S+:(\d+)/m.exec(said)?.[1]);
  const url = /^mails\s+(\S+?)\/$/m.exec(said)?.[1] ?? '';
  return {
    ...{ smtpPort, url, pid: child.pid ?? 0 },
    open: () => openMailhog(url),
    total: async () => (await (await fetch(`${url}/api/v2/messages?limit=1`)).json()).total,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
