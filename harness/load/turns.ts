import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The gate on loopback that k6 passes before each visit, so that none runs ahead of the target's clock. */
export type Turns = {
  url: string;
  /** Lets the visits of these ids go, those that wait at once. */
  open(ids: readonly string[]): void;
  close(): Promise<void>;
};

/**
 * Opens the gate. `onGo` is told each id just before its visit may start: what it has written down is then known
 * whatever dies. Where it throws, the visit is refused and `onFailure` is told.
 */
export async function openTurns(
  onGo: (id: string) => void,
  onFailure: (error: unknown) => void,
): Promise<Turns> {
  const allowed = new Set<string>();
  const waiting = new Map<string, ServerResponse>();
  const gone = new Set<string>();
  const go = (id: string, response: ServerResponse) => {
    try {
      // Asked twice, it was sent once.
      if (gone.has(id)) throw new Error(`the visit ${id} has begun already`);
      onGo(id);
      gone.add(id);
      response.writeHead(204).end();
    } catch (error) {
      response.writeHead(409).end();
      onFailure(error);
    }
  };
  const server = createServer((request, response) => {
    const id = decodeURIComponent((request.url ?? '').slice(1));
    if (allowed.has(id)) return go(id, response);
    waiting.set(id, response);
    response.once('close', () => {
      if (waiting.get(id) === response) waiting.delete(id);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    open: (ids) => {
      for (const id of ids) {
        allowed.add(id);
        const response = waiting.get(id);
        waiting.delete(id);
        if (response) go(id, response);
      }
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
