import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { loadResults } from './load-results.ts';
import { realLoadResults } from './real-load-results.ts';

/** Where the exported schema stands; `node reports/load-results-schema.ts` writes it anew. */
export const schemaFile = new URL('./load.schema.json', import.meta.url);

/** `load.json`, of two arms or of one run on a real clock, as JSON Schema (draft 2020-12), for consumers that are not TypeScript. */
export function loadResultsSchema(): string {
  const schema = z.toJSONSchema(z.union([loadResults, realLoadResults]), { target: 'draft-2020-12' });
  return `${JSON.stringify({ ...schema, title: 'Guichet: load.json' }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(schemaFile, loadResultsSchema());
