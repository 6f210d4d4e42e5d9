import { fileURLToPath } from 'node:url';

/** Where campaigns lie, each in a folder of its own. */
export const campaignsFolder = fileURLToPath(new URL('../../reports/out', import.meta.url));

/** The name of a campaign's folder: when it began (ISO 8601), what it is, and the process that made it. */
export function campaignName(kind: 'check' | 'load' | 'prove', startedAt: string): string {
  return `${startedAt.slice(0, 19).replaceAll(':', '-')}-${kind}-${process.pid}`;
}
