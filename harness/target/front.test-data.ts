import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A server of a test, with what it saw. */
export type Front = { url: string; seen: string[]; close(): Promise<void> };

type Gateway = {
  /** Origin of the server behind. */
  behind: string;
  /** Header values without which it answers 401 (authorization) or 403. */
  requires?: Readonly<Record<string, string>>;
  /** Speaks TLS when given. */
  tls?: { cert: string; key: string };
};

/** A gateway before an extranet: a reverse proxy that lets in only what carries the right headers. */
export async function startGateway({ behind, requires = {}, tls }: Gateway): Promise<Front> {
  const seen: string[] = [];
  const answerTo = (asked: IncomingMessage, answer: ServerResponse) => {
    const lacking = Object.entries(requires).find(([name, value]) => asked.headers[name] !== value)?.[0];
    seen.push(`${lacking ? `without ${lacking} ` : ''}${asked.method} ${asked.url}`);
    if (lacking === 'authorization')
      return void answer.writeHead(401, { 'www-authenticate': 'Basic realm="recette"' }).end();
    if (lacking) return void answer.writeHead(403).end();
    pass(asked, answer, new URL(asked.url ?? '/', behind));
  };
  return await listen(tls ? createTlsServer(tls, answerTo) : createServer(answerTo), seen, tls && 'https');
}

type ForwardProxy = {
  /** Where each host leads: its port on loopback. All others are refused with 502. */
  hosts: Readonly<Record<string, number>>;
  /** Value of Proxy-Authorization without which it answers 407. */
  authorization?: string;
};

/** A forward proxy that knows some hosts, as an enterprise has one. */
export async function startForwardProxy({ hosts, authorization }: ForwardProxy): Promise<Front> {
  const seen: string[] = [];
  const isLetIn = ({ headers }: IncomingMessage) =>
    authorization === undefined || headers['proxy-authorization'] === authorization;
  const server = createServer((asked, answer) => {
    const url = new URL(asked.url ?? '');
    const port = hosts[url.hostname];
    seen.push(`${isLetIn(asked) ? '' : 'refused '}${asked.method} ${url.href}`);
    if (!isLetIn(asked)) return void answer.writeHead(407).end();
    if (port === undefined) return void answer.writeHead(502).end('unknown host');
    pass(asked, answer, new URL(url.pathname + url.search, `http://127.0.0.1:${port}`));
  });
  server.on('connect', (asked: IncomingMessage, near: Duplex, head: Buffer) => {
    const { hostname } = new URL(`http://${asked.url}`);
    const port = hosts[hostname];
    seen.push(`${isLetIn(asked) ? '' : 'refused '}CONNECT ${asked.url}`);
    near.on('error', () => near.destroy());
    if (!isLetIn(asked)) return void near.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    if (port === undefined) return void near.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const far: Socket = connect(port, '127.0.0.1', () => {
      near.write('HTTP/1.1 200 OK\r\n\r\n');
      far.write(head);
      far.pipe(near).pipe(far);
    });
    far.on('error', () => near.destroy());
    near.once('close', () => far.destroy());
  });
  return await listen(server, seen);
}

export function pass(asked: IncomingMessage, answer: ServerResponse, to: URL): void {
  const passing = request(to, { method: asked.method, headers: asked.headers, agent: false }, (got) => {
    answer.writeHead(got.statusCode ?? 502, got.rawHeaders);
    got.pipe(answer);
  });
  passing.once('error', () => answer.destroy());
  asked.pipe(passing);
}

async function listen(server: Server, seen: string[], scheme = 'http'): Promise<Front> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
