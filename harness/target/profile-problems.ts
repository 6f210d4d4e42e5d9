import type { z } from 'zod';
import { type ErrorCode, GuichetError } from '../errors.ts';
import { nearest, suggest } from '../suggest.ts';

/** One thing that is wrong with a profile: where, what stands there, what to write instead. */
export type Problem = { key: string; found: string; remedy: string };

/** What is read of a JSON Schema (draft 2020-12): the profile's own, as zod exports it. */
export type Schema = {
  type?: string;
  format?: string;
  const?: unknown;
  enum?: readonly string[];
  minLength?: number;
  exclusiveMinimum?: number;
  description?: string;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
};

/** An error with a line a problem; the last one's remedy is the error's own. */
export function refusal(code: ErrorCode, source: string, problems: readonly Problem[]): GuichetError {
  const lines = problems.map(({ key, found, remedy }) => [`${source}: ${key}: ${found}.`, remedy] as const);
  const [last, remedy] = lines.at(-1) ?? [source];
  const before = lines.slice(0, -1).map((line) => `${line.join(' ')}\n`);
  return new GuichetError(code, `${before.join('')}${last}`, remedy);
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Every problem of a refused profile, in the order of its keys; what is one mistake is told once. */
export function problemsOf(error: z.ZodError, value: unknown, schema: Schema): Problem[] {
  const found = error.issues.flatMap((issue) => problems(issue, value, schema));
  // A misspelt key is also a missing one.
  const meant = new Set(
    found.flatMap(({ key, remedy }) => {
      const name = /^Did you mean "(.+)"\?$/.exec(remedy)?.[1];
      return name ? [key.replace(/[^.]+$/, name)] : [];
    }),
  );
  return found.filter(({ key, found }) => found !== 'missing' || !meant.has(key));
}

function problems(issue: Issue, root: unknown, schema: Schema): Problem[] {
  const { path } = issue;
  // Where no kind matches, what may stand there is said by the object, not by its key "kind".
  const byKind = issue.code === 'invalid_union' && issue.discriminator !== undefined;
  const at = schemaAt(schema, root, byKind ? path.slice(0, -1) : path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, root, at));
  if (issue.code === 'invalid_union' && !byKind) {
    const meant = meantVariant(at, valueAt(root, path));
    const within = issue.errors[meant] ?? [];
    // Told of what was begun: { "css": 3 } lacks no label.
    if (within.length > 0)
      return within.flatMap((inner) => problems({ ...inner, path: [...path, ...inner.path] }, root, schema));
  }
  if (issue.code === 'invalid_key') {
    const name = String(path.at(-1));
    const known = schemaAt(schema, root, path.slice(0, -1))?.propertyNames?.enum ?? [];
    const remedy = suggest(name, known).trim() || 'Take the name from its list.';
    return [{ key: keyOf(path), found: issue.issues[0]?.message ?? 'unknown name', remedy }];
  }
  const given = valueAt(root, path);
  if (issue.code === 'custom')
    return [{ key: keyOf(path), found: `found ${quoted(path, given)}`, remedy: sentence(issue.message) }];
  const remedy = byKind ? `Write one of ${kinds(at).join(', ')}.` : `Write ${expectation(at)}.`;
  if (given === undefined) return [{ key: keyOf(path), found: 'missing', remedy }];
  return [{ key: keyOf(path), found: `found ${quoted(path, given)}`, remedy }];
}

function unknownKey(path: Path, name: string, root: unknown, at: Schema | undefined): Problem {
  const key = keyOf([...path, name]);
  const known = knownKeys(at);
  const given = Object.keys(valueAt(root, path) ?? {});
  // Known, and yet refused: two ways of saying one thing stand side by side.
  if (known.includes(name)) {
    const rivals = given.filter((other) => other !== name && known.includes(other));
    const beside = rivals.map((rival) => `"${rival}"`).join(', ');
    return { key, found: `stands beside ${beside}`, remedy: 'Keep one of them.' };
  }
  const meant = nearest(
    name,
    known.filter((other) => !given.includes(other)),
  );
  const remedy = meant ? `Did you mean "${meant}"?` : `Known here: ${known.join(', ')}.`;
  return { key, found: 'unknown key', remedy };
}

/** The schema of what stands at `path`; where it may be one of several, the one that the value's kind chooses. */
function schemaAt(schema: Schema, root: unknown, path: Path): Schema | undefined {
  let at: Schema | undefined = chosen(schema, root);
  for (const [depth, step] of path.entries()) {
    const value = valueAt(root, path.slice(0, depth + 1));
    const named: Schema | undefined = variants(at).find(({ properties }) => properties?.[String(step)])
      ?.properties?.[String(step)];
    const other: Schema | boolean | undefined =
      typeof step === 'number' ? at?.items : at?.additionalProperties;
    const next: Schema | undefined = named ?? (typeof other === 'object' ? other : undefined);
    at = next && chosen(next, value);
  }
  return at;
}

function chosen(schema: Schema, value: unknown): Schema {
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  const same = variants(schema).find(({ properties }) => properties?.kind && properties.kind.const === kind);
  return same ? { ...same, ...(schema.description ? { description: schema.description } : {}) } : schema;
}

function variants(schema: Schema | undefined): readonly Schema[] {
  return schema?.oneOf ?? schema?.anyOf ?? (schema ? [schema] : []);
}

function knownKeys(schema: Schema | undefined): string[] {
  const named = variants(schema).flatMap(({ properties = {} }) => Object.keys(properties));
  return [...new Set([...named, ...(schema?.propertyNames?.enum ?? [])])];
}

/** The place of the variant that has most of the value's keys, or nearly; -1 when it has none of any. */
function meantVariant(schema: Schema | undefined, value: unknown): number {
  if (typeof value !== 'object' || value === null) return -1;
  const given = Object.keys(value);
  const counts = variants(schema).map(({ properties = {} }) => {
    const known = Object.keys(properties);
    return given.filter((name) => nearest(name, known)).length;
  });
  const most = Math.max(...counts);
  return most > 0 ? counts.indexOf(most) : -1;
}

function kinds(schema: Schema | undefined): string[] {
  return variants(schema).flatMap(({ properties = {} }) =>
    properties.kind?.const === undefined ? [] : [json(properties.kind.const)],
  );
}

/** What may stand there, in words. */
function expectation(schema: Schema | undefined): string {
  if (!schema) return 'something else';
  const what = shape(schema);
  const { description } = schema;
  if (!description) return what;
  // « GET answers … » keeps its capitals.
  const plain = /^[A-Z][a-z ]/.test(description)
    ? description[0]?.toLowerCase() + description.slice(1)
    : description;
  return `${what}: ${plain.replace(/\.$/, '')}`;
}

function shape(schema: Schema): string {
  const { type, format, properties, required = [], propertyNames, exclusiveMinimum } = schema;
  const several = schema.oneOf ?? schema.anyOf;
  if (several) {
    const known = kinds(schema);
    return known.length > 0
      ? `an object with "kind" one of ${known.join(', ')}`
      : several.map(shape).join(' or ');
  }
  if (schema.const !== undefined) return json(schema.const);
  if (schema.enum) return `one of ${schema.enum.map(json).join(', ')}`;
  if (properties) return `{ ${required.map(json).join(', ')} }`;
  if (propertyNames) return 'an object';
  if (type === 'string') return format === 'uri' ? 'a URL' : schema.minLength ? 'some text' : 'a text';
  if (type === 'array') return 'a list';
  const what = type === 'integer' ? 'a whole number' : `a ${type ?? 'value'}`;
  return exclusiveMinimum === undefined ? what : `${what} above ${exclusiveMinimum}`;
}

/** The value as it stands, cut short; never a secret that somebody wrote into the file, or an address with one. */
function quoted(path: Path, value: unknown): string {
  if (/env$|^value$/i.test(String(path.at(-1))) || /\/\/[^/]*@/.test(String(value)))
    return 'something else (not repeated: it may be a secret)';
  const text = json(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function valueAt(root: unknown, path: Path): unknown {
  let at = root;
  for (const step of path) at = (at as Record<PropertyKey, unknown> | null | undefined)?.[step];
  return at;
}

function sentence(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}

function keyOf(path: Path): string {
  return path.map(String).join('.') || '(root)';
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
