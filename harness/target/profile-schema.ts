import { writeFileSync } from 'node:fs';
import { profileJsonSchema } from './profile.ts';

/** Where the exported schema stands; `node harness/target/profile-schema.ts` writes it anew. */
export const schemaFile = new URL('./profile.schema.json', import.meta.url);

/** The target profile as JSON Schema (draft 2020-12): what an editor completes and explains. */
export function profileSchemaText(): string {
  return `${JSON.stringify({ ...profileJsonSchema(), title: 'Guichet: target profile' }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(schemaFile, profileSchemaText());
