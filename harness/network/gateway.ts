import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portError } from '../mail/smtp.ts';
import { type Draw, drawFrom } from './draw.ts';

/**
 * What becomes of a request: `hold` never answers it; `refuse` answers 503 in the target's place; `lose` passes it on
 * and answers 502 in place of the answer; `cut` hangs up in the middle of the answer's body.
 */
type Treatment = 'pass' | 'hold' | 'refuse' | 'lose' | 'cut';

/** One way of a gateway to be broken: what it does with each page that is asked for, the first one aside. */
export type GatewayFault = (circumstances: { draw: Draw }) => (request: IncomingMessage) => Treatment;

type Gateway = { url: string; close(): Promise<void> };

/**
 * An HTTP gateway on 127.0.0.1 in front of the extranet at `to`, broken by `fault`. The test doors and what a page is
 * made of (scripts, styles, pictures) always pass, and so does the first page, by which the target is found. Port 0
 * takes a free one. Throws `GUICHET_PORT_IN_USE`.
 */
export async function startGateway(
  fault: GatewayFault,
  { to, seed, port = 0 }: { to: string; seed: number; port?: number },
): Promise<Gateway> {
  const agent = new Agent({ keepAlive: true });
  const treat = fault({ draw: drawFrom(seed, 'gateway') });
  let found = false;

  const server = createServer((asked, answer) => {
    const disturbed = found && isPage(asked);
    found ||= isPage(asked);
    const treatment = disturbed ? treat(asked) : 'pass';
    if (treatment === 'refuse') refuse(answer, 503);
    else if (treatment !== 'hold') forward(asked, answer, treatment);
  });

  function forward(asked: IncomingMessage, answer: ServerResponse, treatment: 'pass' | 'lose' | 'cut'): void {
    const { method, url = '/', headers } = asked;
    const onward = request(new URL(url, to), { method, headers, agent });
    onward.on('error', () => (answer.headersSent ? answer.destroy() : refuse(answer, 502)));
    onward.on('response', (given) => {
      if (treatment === 'lose') {
        given.resume().on('end', () => refuse(answer, 502));
        return;
      }
      answer.writeHead(given.statusCode ?? 502, given.headers);
      // A redirection has no body to be cut.
      if (treatment === 'cut' && given.statusCode === 200)
        given.once('data', (body: Buffer) => cut(answer, body));
      else given.pipe(answer);
    });
    asked.pipe(onward);
  }

  const bound = await new Promise<number>((resolve, reject) => {
    server.once('error', (error) => reject(portError('HTTP', port, error)));
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  return {
    url: `http://127.0.0.1:${bound}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

function refuse(answer: ServerResponse, status: 502 | 503): void {
  const text = status === 502 ? 'Bad Gateway' : 'Service Unavailable';
  answer.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  answer.end(`<!doctype html><title>${status} ${text}</title><h1>${status} ${text}</h1>\n`);
}

/** Sends the beginning of a body and hangs up once it is on its way. */
function cut(answer: ServerResponse, body: Buffer): void {
  answer.write(body.subarray(0, Math.ceil(body.length / 2)), () => answer.destroy());
}

/** Neither a test door nor a part of a page: browsers say what a request is for, scripts ask for pages. */
function isPage({ url = '', headers }: IncomingMessage): boolean {
  const use = headers['sec-fetch-dest'];
  return !url.startsWith('/_test/') && (use === undefined || use === 'document' || use === 'empty');
}
