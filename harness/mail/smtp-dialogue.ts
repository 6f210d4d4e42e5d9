import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A hand-written SMTP client for tests: says what it is told, sense or nonsense. */
export type Dialogue = {
  greeting: string;
  socket: Socket;
  /** Sends one line (or bytes as they are) and resolves with the reply, all its lines. */
  say(line: string | Buffer): Promise<string>;
  /** The next reply. Rejects when the server hangs up instead. */
  reply(): Promise<string>;
};

/** Connects to 127.0.0.1 and waits for the greeting. */
export async function openDialogue(port: number): Promise<Dialogue> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  socket.on('error', () => {});
  await once(socket, 'connect');
  let received = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text;
  });
  const reply = async (): Promise<string> => {
    for (;;) {
      const complete = /^(?:\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(received);
      if (complete) {
        received = received.slice(complete[0].length);
        return complete[0].trimEnd();
      }
      if (socket.readableEnded || socket.destroyed) throw new Error('the server hung up');
      const settled = new AbortController();
      await Promise.race(
        ['data', 'end', 'close'].map((event) =>
          once(socket, event, { signal: settled.signal }).catch(() => {}),
        ),
      );
      settled.abort();
    }
  };
  const say = (line: string | Buffer) => {
    socket.write(typeof line === 'string' ? `${line}\r\n` : line);
    return reply();
  };
  return { greeting: await reply(), socket, say, reply };
}

export type Envelope = { from?: string; to: string[] };

/** Sends one mail byte by byte as given (dots stuffed, nothing else touched); resolves with the last reply. */
export async function sendRaw(
  port: number,
  envelope: Envelope,
  raw: Buffer | string,
  hello = 'EHLO',
): Promise<string> {
  const dialogue = await openDialogue(port);
  await dialogue.say(`${hello} client.test`);
  const answer = await sendOver(dialogue, envelope, raw);
  await dialogue.say('QUIT');
  dialogue.socket.destroy();
  return answer;
}

/** As `sendRaw`, over a connection that has said hello; refused mails leave it usable. */
export async function sendOver(
  dialogue: Dialogue,
  { from = '', to }: Envelope,
  raw: Buffer | string,
): Promise<string> {
  await dialogue.say(`MAIL FROM:<${from}>`);
  for (const address of to) await dialogue.say(`RCPT TO:<${address}>`);
  await dialogue.say('DATA');
  const stuffed = Buffer.from(raw as string)
    .toString('latin1')
    .replace(/(^|\n)\./g, '$1..');
  return dialogue.say(Buffer.from(`${stuffed}.\r\n`, 'latin1'));
}
