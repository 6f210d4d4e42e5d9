import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { resultsSchema, schemaFile } from './results-schema.ts';

test('the committed JSON Schema is the one of the zod schema (else: node reports/results-schema.ts)', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(resultsSchema());
});

test('the JSON Schema refuses unknown keys and names all required ones', () => {
  const schema = JSON.parse(resultsSchema());
  expect(schema.additionalProperties).toBe(false);
  expect(schema.required).toContain('verdict');
  expect(schema.properties.requirements.items.required).toEqual(
    expect.arrayContaining(['id', 'outcome', 'checks']),
  );
});
