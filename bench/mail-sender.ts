// A bare SMTP client that costs little: what it measures is the server. One command in flight per connection, as
// mail libraries send without pipelining.
import { connect, type Socket } from 'node:net';

const line = 'Madame, Monsieur, votre demande de cr=C3=A9ation de compte est enregistr=C3=A9e.=\r\n';

/** A French multipart mail of about 2.6 kB, in quoted-printable. */
function mailTo(address: string): string {
  return [
    `From: Activite partielle <asp@guichet.test>\r\nTo: ${address}\r\nMessage-ID: <${address}>\r\n`,
    'Subject: =?utf-8?Q?Cr=C3=A9ation_de_votre_compte?=\r\nMIME-Version: 1.0\r\n',
    'Date: Tue, 03 Mar 2026 09:00:00 +0100\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n',
    `--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`,
    line.repeat(12),
    `\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>`,
    line.repeat(12),
    '</p>\r\n--b--\r\n',
  ].join('');
}

type Talk = { say(text: string): Promise<void>; socket: Socket };

async function open(port: number): Promise<Talk> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  let answered: (() => void) | undefined;
  let failed: ((error: Error) => void) | undefined;
  let received = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text;
    // The last line of a reply has a blank after its code.
    if (!/^\d{3} [^\n]*\n$/m.test(received)) return;
    const reply = received;
    received = '';
    if (/^[23]/.test(reply)) answered?.();
    else failed?.(new Error(reply));
  });
  socket.once('error', (error) => failed?.(error));
  const reply = () =>
    new Promise<void>((resolve, reject) => {
      answered = resolve;
      failed = reject;
    });
  await reply();
  const say = (text: string) => {
    const next = reply();
    socket.write(text);
    return next;
  };
  await say('EHLO bench.test\r\n');
  return { say, socket };
}

async function sendOne({ say }: Talk, address: string): Promise<void> {
  await say('MAIL FROM:<asp@guichet.test>\r\n');
  await say(`RCPT TO:<${address}>\r\n`);
  await say('DATA\r\n');
  await say(`${mailTo(address)}.\r\n`);
}

async function end({ say, socket }: Talk): Promise<void> {
  await say('QUIT\r\n');
  socket.destroy();
}

/** Sends the mails over so many connections at once, each renewed after `perConnection` mails; answers mails per second. */
export async function sendMany(
  port: number,
  mails: number,
  { connections = 8, perConnection = Number.POSITIVE_INFINITY } = {},
): Promise<number> {
  let next = 0;
  const startedAt = performance.now();
  const client = async () => {
    while (next < mails) {
      const talk = await open(port);
      for (let sent = 0; sent < perConnection && next < mails; sent += 1) {
        next += 1;
        await sendOne(talk, `u${next}.${mails}@guichet.test`);
      }
      await end(talk);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return (mails / (performance.now() - startedAt)) * 1000;
}

/** Sends one mail and answers when the end of its DATA was written, by `performance.now`. */
export async function sendTimed(port: number, address: string): Promise<number> {
  const talk = await open(port);
  await talk.say('MAIL FROM:<asp@guichet.test>\r\n');
  await talk.say(`RCPT TO:<${address}>\r\n`);
  await talk.say('DATA\r\n');
  const written = performance.now();
  await talk.say(`${mailTo(address)}.\r\n`);
  await end(talk);
  return written;
}
