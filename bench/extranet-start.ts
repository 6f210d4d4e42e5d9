import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server of the benches; `close` answers the CPU time that it took, in ms. */
export type BenchServer = { url: string; token: string; close(): Promise<number> };

const token = 'guichet-bench';

/** Starts `extranet-server.ts` in a process of its own. */
export async function startServer(kind: 'extranet' | 'memory'): Promise<BenchServer> {
  const program = fileURLToPath(new URL('extranet-server.ts', import.meta.url));
  const child = spawn(process.execPath, [program, kind, token], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
    lines.once('line', resolve);
    child.once('close', (code) => reject(new Error(`The server of the bench ended with ${code}.`)));
  });
  return {
    ...{ url, token },
    close: async () => {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.stdin.end();
      await closed;
      return Number(said[1]);
    },
  };
}
