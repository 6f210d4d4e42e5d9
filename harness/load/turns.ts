import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The gate on loopback that k6 passes before each visit, so that none runs ahead of the target's clock. */
export type Turns = {
  url: string;
  /** Lets the visits of these ids go, one after the other at the rate, those that have come. */
  open(ids: readonly string[]): void;
  close(): Promise<void>;
};

/** How often visits are let go, in ms. */
const everyMs = 10;

/**
 * Opens the gate. `onGo` is told each id just before its visit may start: what it has written down is then known
 * whatever dies. Where it throws, the visit is refused and `onFailure` is told. `perSecond`: visits that go at most, as
 * many as are let go when absent.
 */
export async function openTurns(
  onGo: (id: string) => void,
  onFailure: (error: unknown) => void,
  perSecond = Number.POSITIVE_INFINITY,
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
  const queue: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let credit = 0;
  let told = 0;
  /** Lets as many go as the time since the last look allows; what is over counts for the next. */
  const letGo = () => {
    const now = performance.now();
    // Nobody makes up for a time in which the machine stood still.
    credit = Math.min(
      credit + ((now - told) * perSecond) / 1000,
      Math.max(1, (10 * everyMs * perSecond) / 1000),
    );
    told = now;
    const due = queue.splice(0, Math.min(queue.length, Math.floor(credit)));
    credit = Number.isFinite(credit) ? credit - due.length : 0;
    for (const id of due) {
      allowed.add(id);
      const response = waiting.get(id);
      waiting.delete(id);
      if (response) go(id, response);
    }
    if (queue.length > 0) return;
    clearInterval(timer);
    timer = undefined;
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
      for (const id of ids) queue.push(id);
      if (timer || queue.length === 0) return;
      told = performance.now() - everyMs;
      timer = setInterval(letGo, everyMs);
      letGo();
    },
    close: async () => {
      clearInterval(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
