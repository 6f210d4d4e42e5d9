/** The largest mail that is taken, in bytes: well above any account mail, and its JSON, at worst 36 times as long, still fits a string. */
export const largestMail = 10 * 1024 * 1024;

export const tooLarge = `552 At most ${largestMail} bytes`;

/** Wrong commands that a client may give before it is sent away. */
const mostNonsense = 10;

type Reply = { text: string; next?: 'data' | 'close' };

export type Conversation = {
  /** What is said to a command line, given without its line end. */
  answer(line: string): Reply;
  /** The envelope of the mail that DATA began, which is over now. */
  endMail(): { helo: string; sender: string; recipients: string[] };
};

/** The receiving side of RFC 5321, mail after mail: it takes every mail, from and to whomever. */
export function openConversation(): Conversation {
  let helo: string | undefined;
  let sender: string | undefined;
  let recipients: string[] = [];
  let nonsense = 0;

  function reset(): void {
    sender = undefined;
    recipients = [];
  }

  function greeted(name: string, text: string): string {
    helo = name;
    reset();
    return text;
  }

  const commands = new Map<string, (argument: string) => string | Reply>([
    ['HELO', (name) => greeted(name, '250 guichet')],
    [
      'EHLO',
      (name) =>
        greeted(
          name,
          `250-guichet\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE ${largestMail}`,
        ),
    ],
    [
      'MAIL',
      (argument) => {
        if (helo === undefined) return '503 Say EHLO first';
        if (sender !== undefined) return '503 A mail is under way';
        const [, address, parameters = ''] = /^FROM:\s*<([^<>\s]*)>(.*)$/i.exec(argument) ?? [];
        if (address === undefined || (address && !isAddress(address))) return '501 Write MAIL FROM:<address>';
        if (Number(/\sSIZE=(\d+)/i.exec(parameters)?.[1] ?? 0) > largestMail) return tooLarge;
        sender = address;
        return '250 OK';
      },
    ],
    [
      'RCPT',
      (argument) => {
        if (sender === undefined) return '503 Say MAIL first';
        const address = /^TO:\s*<([^<>\s]*)>/i.exec(argument)?.[1] ?? '';
        if (!isAddress(address)) return '501 Write RCPT TO:<address>';
        if (isUndeliverable(address)) return '550 No such mailbox';
        recipients.push(address);
        return '250 OK';
      },
    ],
    [
      'DATA',
      () =>
        recipients.length === 0
          ? '503 Say MAIL and RCPT first'
          : { text: '354 End with a dot alone on its line', next: 'data' },
    ],
    [
      'RSET',
      () => {
        reset();
        return '250 OK';
      },
    ],
    ['NOOP', () => '250 OK'],
    ['VRFY', () => '252 Send it and see'],
    ['QUIT', () => ({ text: '221 Goodbye', next: 'close' })],
  ]);

  return {
    answer: (line) => {
      // A web page that posts to this port shall not send mails.
      if (/^[A-Z]+ \S+ HTTP\/\d/i.test(line)) return { text: '421 This is SMTP', next: 'close' };
      const [, verb = '', argument = ''] = /^(\S*)\s*(.*?)\s*$/s.exec(line) ?? [];
      const command = commands.get(verb.toUpperCase());
      if (command) {
        const reply = command(argument);
        return typeof reply === 'string' ? { text: reply } : reply;
      }
      nonsense += 1;
      if (nonsense > mostNonsense) return { text: '421 Too many unknown commands', next: 'close' };
      return { text: '500 Unknown command' };
    },
    endMail: () => {
      const envelope = { helo: helo ?? '', sender: sender ?? '', recipients };
      reset();
      return envelope;
    },
  };
}

/** One @ between two parts without control characters; nothing more, since senders write odd addresses. */
function isAddress(address: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
  return /^[^@\u0000-\u001f\u007f]+@[^@\u0000-\u001f\u007f]+$/.test(address);
}

/** Addresses that the catcher refuses as a server without that mailbox does, so that a bounce can be seen. */
function isUndeliverable(address: string): boolean {
  return /^introuvable[.@]/i.test(address);
}
