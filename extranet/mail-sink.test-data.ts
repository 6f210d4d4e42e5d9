import { type AddressInfo, createServer } from 'node:net';

/** A mail as its envelope names its recipients, and its head. */
type Taken = { recipients: string[]; head: string };

/** A mail server that takes everything and reads nothing into it: what a client says is what is kept. */
export async function startSink() {
  const mails: Taken[] = [];
  const server = createServer((socket) => {
    let text = '';
    let inMail = false;
    let recipients: string[] = [];
    const say = (line: string) => void socket.write(`${line}\r\n`);
    const take = (part: string): string => {
      if (inMail) {
        inMail = false;
        mails.push({ recipients, head: part.slice(0, part.indexOf('\r\n\r\n')) });
        return '250 taken';
      }
      const verb = part.slice(0, 4).toUpperCase();
      if (verb === 'MAIL') recipients = [];
      if (verb === 'RCPT') recipients = [...recipients, part.replace(/^rcpt to:<(.*)>$/i, '$1')];
      inMail = verb === 'DATA';
      return inMail ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 yes';
    };
    socket.setEncoding('latin1');
    socket.on('error', () => {});
    socket.on('data', (chunk: string) => {
      text += chunk;
      for (;;) {
        const mark = inMail ? '\r\n.\r\n' : '\r\n';
        const end = text.indexOf(mark);
        if (end < 0) return;
        const part = text.slice(0, end);
        text = text.slice(end + mark.length);
        say(take(part));
      }
    });
    say('220 sink');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    smtp: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    /** What came since the last call. */
    collect: () => mails.splice(0),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
