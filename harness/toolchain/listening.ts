import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A port of 127.0.0.1 that was free a moment ago, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when the program listens on the port. Throws when it ends before, or not after `deadlineMs`. */
export async function untilListening(child: ChildProcess, port: number, deadlineMs = 20_000): Promise<void> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < deadlineMs) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`${child.spawnfile} ended with ${child.exitCode ?? child.signalCode}`);
    }
    if (await answers(port)) return;
    await delay(10);
  }
  throw new Error(`${child.spawnfile} does not listen on port ${port} after ${deadlineMs} ms`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
