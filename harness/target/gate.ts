import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { basic, type Upstream } from './access.ts';
import { mayContact, type Permit } from './origin.ts';
import { refusal, tunnel } from './tunnel.ts';

/** The gate, listening on loopback. */
export type Gate = {
  url: string;
  /** Why the last request that was permitted did not get through, in words. */
  trouble(): string | undefined;
  close(): Promise<void>;
};

/** Headers between two neighbours, which end at the gate (RFC 9110, 7.6.1). */
const hopByHop = ['connection', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te', 'upgrade'];

/**
 * Opens the gate: a forward proxy on loopback through which the browser and this process reach whatever is not on
 * loopback. It lets through what is permitted and cuts off the rest, redirects, subresources and sockets included; it
 * alone knows the upstream proxy's credentials. What does not pass is cut off, since Playwright would take the gate's
 * answer for the target's; `answers` makes the gate answer, since Node's fetch asks for a lost tunnel for ever.
 */
export async function openGate({
  permit,
  proxy,
  answers = false,
}: {
  permit: Permit;
  proxy?: Upstream | undefined;
  answers?: boolean;
}): Promise<Gate> {
  const agent = new Agent({ keepAlive: true });
  const tunnels = new Set<Duplex>();
  let trouble: string | undefined;

  function refuse(near: Duplex, status = '403 Forbidden'): void {
    if (answers) near.end(`HTTP/1.1 ${status}\r\n\r\n`);
    else near.destroy();
  }

  function fail(near: Duplex, { message }: Error): void {
    trouble = message;
    refuse(near, '502 Bad Gateway');
  }

  function forward(asked: IncomingMessage, answer: ServerResponse): void {
    const url = URL.canParse(asked.url ?? '') ? new URL(asked.url ?? '') : undefined;
    if (url?.protocol !== 'http:' || !mayContact(url, permit)) return void refuse(asked.socket);
    const headers = Object.fromEntries(
      Object.entries(asked.headers).filter(([name]) => !hopByHop.includes(name)),
    );
    if (proxy?.credentials) headers['proxy-authorization'] = basic(proxy.credentials);
    const path = url.pathname + url.search;
    const passing = request({
      ...(proxy
        ? { host: proxy.host, port: proxy.port, path: url.origin + path }
        : { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port || 80, path }),
      ...{ agent, headers, method: asked.method },
    });
    passing.once('response', (got) => {
      if (proxy && got.statusCode === 407) return fail(asked.socket, new Error(refusal(proxy, 407)));
      answer.writeHead(got.statusCode ?? 502, got.statusMessage, got.rawHeaders);
      got.pipe(answer);
    });
    passing.once('error', (error) => fail(asked.socket, error));
    answer.once('close', () => passing.destroy());
    asked.pipe(passing);
  }

  async function join(asked: IncomingMessage, near: Duplex, head: Buffer): Promise<void> {
    tunnels.add(near);
    near.once('close', () => tunnels.delete(near));
    near.on('error', () => near.destroy());
    const authority = asked.url ?? '';
    // What will be spoken inside is not known yet: TLS, a socket of a page, or HTTP by Node's own client.
    const url = ['https:', 'http:']
      .map((scheme) => `${scheme}//${authority}`)
      .filter((each) => URL.canParse(each))
      .map((each) => new URL(each))
      .find((each) => mayContact(each, permit));
    if (!url) return refuse(near);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    let far: Socket;
    try {
      far = await tunnel(host, port, proxy);
    } catch (error) {
      return fail(near, error as Error);
    }
    tunnels.add(far);
    far.once('close', () => {
      tunnels.delete(far);
      // Ended, not destroyed: the last of it may be on its way.
      near.end();
    });
    far.on('error', () => near.destroy());
    near.once('close', () => far.destroy());
    near.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) far.write(head);
    far.pipe(near).pipe(far);
  }

  const server = createServer(forward);
  server.on('connect', (asked, socket, head) => void join(asked, socket, head));
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // What waits for nothing else ends with its program.
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    trouble: () => trouble,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      for (const socket of tunnels) socket.destroy();
      agent.destroy();
      await closed;
    },
  };
}
