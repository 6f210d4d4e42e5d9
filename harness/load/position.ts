import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the clock of a run was last told to go: kept before the order, so that a resumed run starts no earlier. */
export function keepPosition(folder: string, at: Date): void {
  writeFileSync(join(folder, 'position.json'), JSON.stringify({ at: at.toISOString() }));
}

/** Undefined for a run that has not begun. A file torn by a kill counts as none. */
export function readPosition(folder: string): Date | undefined {
  const path = join(folder, 'position.json');
  if (!existsSync(path)) return undefined;
  try {
    const at = new Date(JSON.parse(readFileSync(path, 'utf8')).at);
    return Number.isNaN(at.getTime()) ? undefined : at;
  } catch {
    return undefined;
  }
}
