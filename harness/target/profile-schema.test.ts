import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { profileJsonSchema } from './profile.ts';
import type { Schema } from './profile-problems.ts';
import { profileSchemaText, schemaFile } from './profile-schema.ts';

test('the committed JSON Schema is the one of the zod schema (else: node harness/target/profile-schema.ts)', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(profileSchemaText());
});

test.each(['embedded.json', 'legacy.json'])('%s names it', (name) => {
  const file = new URL(name, import.meta.url);
  const { $schema } = JSON.parse(readFileSync(file, 'utf8'));
  expect(new URL($schema, file).href).toBe(schemaFile.href);
});

test('what has a default may be left out; a key that nobody knows is refused', () => {
  const schema = JSON.parse(profileSchemaText());
  expect(schema.required).not.toContain('deadlineHours');
  expect(schema.required).toContain('baseUrl');
  expect(schema.additionalProperties).toBe(false);
});

test('every key is explained: the schema is the documentation', () => {
  expect(unexplained(profileJsonSchema(), '')).toEqual([]);
});

function unexplained(schema: Schema, path: string): string[] {
  const { properties = {}, items, anyOf = [], oneOf = [] } = schema;
  const named = Object.entries(properties).flatMap(([name, one]) => [
    ...(one.description ? [] : [`${path}.${name}`]),
    ...unexplained(one, `${path}.${name}`),
  ]);
  const other = typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
  const nested = [...(items ? [items] : []), ...anyOf, ...oneOf, ...other];
  return [...named, ...nested.flatMap((one) => unexplained(one, `${path}.*`))];
}
