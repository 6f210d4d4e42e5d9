import { readdirSync, readFileSync } from 'node:fs';

/** The most memory (RSS, bytes) that each kind of process below one has held so far, by the kernel's own mark; 0 of none. */
export type Peaks = { peaks: Record<string, number>; stop(): Record<string, number> };

/** How often the processes are looked for, in ms; the mark of each is its highest ever, so that a look misses no peak but the last. */
const everyMs = 250;

/** Watches a process and its descendants. `kindOf`: what a command line is counted as; undefined for what does not count. */
export function watchMemory(root: number, kindOf: (command: string) => string | undefined): Peaks {
  const peaks: Record<string, number> = {};
  const look = () => {
    for (const pid of below(root)) {
      const kind = pid === root ? 'guichet' : kindOf(read(pid, 'cmdline').replaceAll('\0', ' '));
      const mark = Number(/^VmHWM:\s+(\d+) kB/m.exec(read(pid, 'status'))?.[1] ?? 0) * 1024;
      if (kind && mark > 0) peaks[kind] = Math.max(peaks[kind] ?? 0, mark);
    }
  };
  const timer = setInterval(look, everyMs);
  return {
    peaks,
    stop: () => {
      clearInterval(timer);
      return peaks;
    },
  };
}

function below(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      parent: Number(/\) \S (\d+)/.exec(read(Number(name), 'stat'))?.[1]),
    }));
  const found = [root];
  for (const pid of found)
    found.push(...parents.filter(({ parent }) => parent === pid).map(({ pid }) => pid));
  return found;
}

/** Empty for a process that is gone. */
function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
