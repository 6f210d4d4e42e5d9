import type { Socket } from 'node:net';
import type { MailStore } from './mail-store.ts';
import { largestMail, openConversation, tooLarge } from './smtp-commands.ts';
import { collectData, type SmtpData } from './smtp-data.ts';

/** RFC 5321 4.5.3.2.7: a server waits at least five minutes for the next command. */
const idleMs = 5 * 60_000;
/** Octets of a command line; RFC 5321 asks for 512. */
const longestLine = 16 * 1024;
/** Bytes that wait while a mail is written to disk; the client is not read meanwhile. */
const largestPending = 64 * 1024;
/** A client that reads no replies is cut off at so many bytes of them. */
const largestBacklog = 1024 * 1024;

const nothing = Buffer.alloc(0);

export type SmtpSession = { hangUp(text: string): void };

/** Talks SMTP with one client and gives what it sends to the store. */
export function serveSmtp(socket: Socket, store: MailStore): SmtpSession {
  const conversation = openConversation();
  let pending: Buffer = nothing;
  let data: SmtpData | undefined;
  let keeping = false;
  let over = false;
  let replies = '220 guichet ESMTP\r\n';

  /** One write for all that a pipelining client asked at once. */
  function flush(): void {
    if (replies) socket.write(replies);
    replies = '';
    if (socket.writableLength > largestBacklog) socket.destroy();
  }

  function hangUp(text: string): void {
    if (over) {
      socket.destroySoon();
      return;
    }
    over = true;
    pending = nothing;
    socket.end(`${replies}${text}\r\n`);
    replies = '';
  }

  /** Answers the next command line; false when none is complete. */
  function obey(): boolean {
    const end = pending.indexOf(10);
    if ((end < 0 ? pending.length : end) > longestLine) hangUp('421 The line is too long');
    if (end < 0 || over) return false;
    const line = pending.toString('utf8', 0, end).replace(/\r$/, '');
    pending = pending.subarray(end + 1);
    const { text, next } = conversation.answer(line);
    if (next === 'close') hangUp(text);
    else replies += `${text}\r\n`;
    if (next === 'data') data = collectData(largestMail);
    return true;
  }

  function read(): void {
    while (pending.length > 0 && !keeping && !over) {
      if (data) {
        const rest = data.take(pending);
        pending = rest ?? nothing;
        if (rest) keep(data);
      } else if (!obey()) {
        break;
      }
    }
    flush();
  }

  function keep(received: SmtpData): void {
    data = undefined;
    const envelope = conversation.endMail();
    const raw = received.mail();
    if (!raw) {
      replies += `${tooLarge}\r\n`;
      return;
    }
    keeping = true;
    const answer = (text: string) => {
      keeping = false;
      socket.resume();
      replies += `${text}\r\n`;
      read();
    };
    store.add({ receivedAt: new Date(), ...envelope, raw }).then(
      () => answer('250 OK'),
      (error: Error) => answer(`451 Not kept: ${error.message.replace(/\s+/g, ' ')}`),
    );
  }

  socket.on('data', (bytes: Buffer) => {
    if (over) return;
    pending = pending.length > 0 ? Buffer.concat([pending, bytes]) : bytes;
    if (keeping && pending.length > largestPending) socket.pause();
    read();
  });
  // A client that vanishes in mid-mail is its own affair; without a listener it would end the process.
  socket.on('error', () => {});
  socket.setTimeout(idleMs, () => hangUp('421 Nothing was said for five minutes'));
  flush();
  return { hangUp };
}
