import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GuichetError } from '../errors.ts';

/** Where campaigns lie, each in a folder of its own. */
export const campaignsFolder = fileURLToPath(new URL('../../reports/out', import.meta.url));

/** The name of a campaign's folder: when it began (ISO 8601), what it is, and the process that made it. */
export function campaignName(kind: 'check' | 'load' | 'prove', startedAt: string): string {
  return `${startedAt.slice(0, 19).replaceAll(':', '-')}-${kind}-${process.pid}`;
}

/** Makes the folder of a campaign. Throws `GUICHET_HARNESS` where nobody may write. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new GuichetError(
      'GUICHET_HARNESS',
      `${(error as Error).message}.`,
      'Make reports/out yours; in a container, mount one that is ("docs/ci/Dockerfile" says how).',
    );
  }
}
