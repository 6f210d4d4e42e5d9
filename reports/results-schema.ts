import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { results } from './results.ts';

/** Where the exported schema stands; `node reports/results-schema.ts` writes it anew. */
export const schemaFile = new URL('./results.schema.json', import.meta.url);

/** `results.json` as JSON Schema (draft 2020-12), for consumers that are not TypeScript. */
export function resultsSchema(): string {
  const schema = z.toJSONSchema(results, { target: 'draft-2020-12' });
  return `${JSON.stringify({ ...schema, title: 'Guichet: results.json' }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(schemaFile, resultsSchema());
