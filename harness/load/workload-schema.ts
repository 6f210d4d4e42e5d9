import { writeFileSync } from 'node:fs';
import { workloadJsonSchema } from './workload.ts';

/** Where the exported schema stands; `node harness/load/workload-schema.ts` writes it anew. */
export const schemaFile = new URL('./workload.schema.json', import.meta.url);

/** The workload file as JSON Schema (draft 2020-12): what an editor completes and explains. */
export function workloadSchemaText(): string {
  return `${JSON.stringify({ ...workloadJsonSchema(), title: 'Guichet: workload' }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(schemaFile, workloadSchemaText());
