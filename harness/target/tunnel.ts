import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { basic, type Upstream } from './access.ts';

/** Of its own: the global agent may lead through the gate, which calls this. */
const agent = new Agent();

/** How long a connection may take to come about, in milliseconds. */
const patience = 15_000;

/** A connection to host and port, through the proxy when there is one. Throws what the network or the proxy says. */
export async function tunnel(host: string, port: number, proxy?: Upstream): Promise<Socket> {
  if (!proxy) {
    const socket = connect({ host, port });
    return await settled<Socket>((resolve, reject) => {
      socket.setTimeout(patience, () => socket.destroy(new Error(`no answer in ${patience} ms`)));
      socket.once('connect', () => resolve(socket.setTimeout(0)));
      socket.once('error', reject);
    });
  }
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const asking = request({
    ...{ host: proxy.host, port: proxy.port, agent, method: 'CONNECT', path: where, timeout: patience },
    headers: {
      host: where,
      ...(proxy.credentials ? { 'proxy-authorization': basic(proxy.credentials) } : {}),
    },
  });
  return await settled<Socket>((resolve, reject) => {
    asking.once('timeout', () => asking.destroy(new Error(`no answer in ${patience} ms`)));
    asking.once('error', reject);
    asking.once('connect', ({ statusCode }, socket: Socket, head) => {
      socket.setTimeout(0);
      if (statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(new Error(refusal(proxy, statusCode)));
    });
    asking.end();
  });
}

/** What a proxy's refusal is called. */
export function refusal({ host, port }: Upstream, status: number | undefined): string {
  return `the proxy ${host}:${port} answered ${status}`;
}

function settled<T>(
  start: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
): Promise<T> {
  return new Promise(start);
}
