import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../fixtures/stages.ts';
import type { Persona } from '../../fixtures/wire-map.ts';

/**
 * Writes what a load script reads into a folder, readable by its owner alone (the bodies hold secret answers), and answers
 * the variables that tell k6. The folder is to be gone after the run.
 */
export function handOver(folder: string, run: Run, personas: readonly Persona[]): Record<string, string> {
  const write = (name: string, value: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(value), { mode: 0o600 });
    return path;
  };
  return { RUN: write('run.json', run), PLAN: write('plan.json', personas) };
}
