import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { WireMap } from '../../fixtures/wire-map.ts';
import { GuichetError } from '../errors.ts';

/** A server that does nothing, in a process of its own. `wire`: how its steps are visited. */
export type Noop = { url: string; wire: WireMap; close(): Promise<void> };

/** Starts it for the steps of a wire map; it ends with this process. Throws `GUICHET_HARNESS` when it does not start. */
export async function startNoop(given: WireMap): Promise<Noop> {
  // The door of a code may be elsewhere, and is not asked here.
  const code = given.code.kind === 'oracle' ? { ...given.code, url: '/_noop/code' } : given.code;
  const wire = { ...given, code };
  const program = fileURLToPath(new URL('noop-server.ts', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write(`${JSON.stringify(wire)}\n`);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('close', () =>
      reject(new GuichetError('GUICHET_HARNESS', 'The server that does nothing did not start.')),
    );
  });
  return {
    ...{ url, wire },
    close: async () => {
      child.stdin.end();
      await closed;
    },
  };
}
