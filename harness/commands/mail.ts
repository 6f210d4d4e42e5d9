import { startCatcher } from '../mail/catcher.ts';
import { type Command, wholeNumber } from './command.ts';

/** MailHog's own ports: what is configured for it needs no change. */
const defaults = { smtp: 1025, http: 8025 } as const;

export const mail: Command = {
  help: `Usage: npx guichet mail [--smtp-port N] [--http-port N] [--durable FILE]

Catches mails on loopback until Ctrl+C, as a stand-in for MailHog: every mail, from and to whomever, none ever
dropped. A page shows them as they arrive; MailHog's API, v1 and v2, stands beside it, byte-true in its downloads.

  --smtp-port N    where mails are taken, ${defaults.smtp} by default; 0 takes a free port
  --http-port N    where the page and the API are, ${defaults.http} by default; 0 takes a free port
  --durable FILE   keep the mails in this file: each is on disk before its sender hears 250, and back after a restart

In a target profile: "mail": { "kind": "mailhog", "url": "http://127.0.0.1:${defaults.http}" }

Example: npx guichet mail --durable mails.db
`,
  options: {
    'smtp-port': { type: 'string' },
    'http-port': { type: 'string' },
    durable: { type: 'string' },
  },
  run: async ({ flags }, signal) => {
    const { durable } = flags;
    const catcher = await startCatcher({
      smtpPort: wholeNumber(flags, 'smtp-port', { max: 65_535 }) ?? defaults.smtp,
      httpPort: wholeNumber(flags, 'http-port', { max: 65_535 }) ?? defaults.http,
      ...(typeof durable === 'string' ? { database: durable } : {}),
    });
    process.stdout.write(`SMTP       ${catcher.smtp.host}:${catcher.smtp.port}\n`);
    process.stdout.write(`mails      ${catcher.url}/\n`);
    process.stdout.write(`API        ${catcher.url}/api/v2/messages\n`);
    process.stdout.write(
      `kept in    ${typeof durable === 'string' ? durable : 'a file that ends with it'}\nCtrl+C stops it.\n`,
    );
    // The two servers keep the process alive, no timer does.
    if (!signal.aborted)
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    await catcher.close();
    return 0;
  },
};
