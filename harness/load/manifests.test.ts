import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configMapBytes, type Manifested, manifestsOf } from './manifests.ts';
import { testRun } from './testrun.ts';

const run: Manifested = {
  ...{ name: 'guichet-smoke-abc123', origin: 'https://integration.example', campaign: 'c1' },
  ...{ parallelism: 4, archive: Buffer.from('archive'), k6Version: '2.2.0', ca: true },
  args: ['--out', 'experimental-prometheus-rw'],
  env: { K6_PROMETHEUS_RW_SERVER_URL: 'http://prometheus:9090/api/v1/write' },
  secrets: ['TEST_TOKEN', 'ACCESS_HEADERS'],
};
const testRunOf = (change: Partial<Manifested> = {}) =>
  parse(manifestsOf({ ...run, ...change })['testrun.yaml'] ?? '');

it('writes the run, its secrets by reference alone', () => {
  const { metadata, spec } = testRunOf();
  expect(metadata.annotations).toEqual({
    'guichet/campaign': 'c1',
    'guichet/target': 'https://integration.example',
  });
  expect(spec).toMatchObject({
    parallelism: 4,
    script: { configMap: { name: 'guichet-smoke-abc123-archive', file: 'archive.tar' } },
    args: ['--log-format=raw', '--out', 'experimental-prometheus-rw'],
  });
  expect(spec.runner.env).toContainEqual({
    name: 'TEST_TOKEN',
    valueFrom: { secretKeyRef: { name: 'guichet-smoke-abc123-secrets', key: 'TEST_TOKEN' } },
  });
  expect(spec.runner.env).toContainEqual({ name: 'SSL_CERT_FILE', value: '/guichet/ca.pem' });
  // The pods' logs tell what became of each submission.
  expect(spec).not.toHaveProperty('cleanup');
});

it('puts a small archive into a ConfigMap, whole, and a large one on a volume', () => {
  const small = manifestsOf(run);
  expect(Object.keys(small)).toEqual(['archive.yaml', 'testrun.yaml']);
  const { binaryData } = parse(small['archive.yaml'] ?? '');
  expect(Buffer.from(binaryData['archive.tar'], 'base64').toString()).toBe('archive');
  expect(
    Buffer.byteLength(manifestsOf({ ...run, archive: Buffer.alloc(configMapBytes) })['archive.yaml'] ?? ''),
  ).toBeLessThan(1.05 * 2 ** 20);

  const archive = Buffer.alloc(configMapBytes + 1);
  const large = manifestsOf({ ...run, archive });
  expect(Object.keys(large)).toEqual(['volume.yaml', 'testrun.yaml']);
  expect(parse(large['volume.yaml'] ?? '').spec.resources.requests.storage).toBe('2Mi');
  expect(testRunOf({ archive }).spec.script).toEqual({
    volumeClaim: { name: 'guichet-smoke-abc123-archive', file: 'archive.tar', readOnly: true },
  });
});

it('refuses what Kubernetes would', () => {
  expect(() => manifestsOf({ ...run, name: 'Guichet_1' })).toThrow(/^GUICHET_HARNESS: A manifest is wrong/);
  expect(() => manifestsOf({ ...run, parallelism: 0 })).toThrow(/parallelism/);
  expect(() => manifestsOf({ ...run, k6Version: 'latest' })).toThrow(/exact version/);
  const written = testRunOf();
  expect(testRun.safeParse({ ...written, spec: { ...written.spec, cleanup: 'post' } }).success).toBe(false);
});

/** The operator's own definition, which is no part of Guichet: GUICHET_TESTRUN_CRD, or where ours lies beside the project. */
const beside = fileURLToPath(new URL('../../../shared/schemas/k6.io_testruns.crd.yaml', import.meta.url));
const place = process.env.GUICHET_TESTRUN_CRD ?? (existsSync(beside) ? beside : undefined);

type Schema = { [key: string]: unknown; properties?: Record<string, Schema> };

/** Kubernetes drops what a definition does not know: here that is an error. */
function strict(schema: Schema): Schema {
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => {
    if (key === 'properties')
      return [
        key,
        Object.fromEntries(
          Object.entries(value as Schema).map(([name, one]) => [name, strict(one as Schema)]),
        ),
      ];
    return [key, key === 'items' || key === 'additionalProperties' ? strict(value as Schema) : value];
  });
  const closed = schema.properties && !schema['x-kubernetes-preserve-unknown-fields'];
  return { ...Object.fromEntries(entries), ...(closed ? { additionalProperties: false } : {}) };
}

// No registry has it: where it cannot be had, its rows are not there, CI or not.
if (!place)
  console.warn(
    'GUICHET_TESTRUN_CRD is not set: the manifests are not held against the operator’s definition',
  );
else
  describe('against the definition of the k6-operator', () => {
    const validator = () => {
      const definition = parse(readFileSync(place, 'utf8'));
      const version = definition.spec.versions.find(({ name }: { name: string }) => name === 'v1alpha1');
      const schema = strict(version.schema.openAPIV3Schema);
      // Kubernetes checks metadata itself.
      Object.assign(schema.properties ?? {}, { metadata: { type: 'object' } });
      return new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    };

    it.each([
      ['a small archive', {}],
      [
        'a large archive, one pod, no secret',
        { archive: Buffer.alloc(2 ** 20), parallelism: 1, secrets: [], ca: false },
      ],
    ])('holds with %s', (_, change) => {
      const validate = validator();
      validate(testRunOf(change));
      expect(validate.errors ?? []).toEqual([]);
    });

    it('would notice a field that it does not know, and a wrong type', () => {
      const validate = validator();
      const written = testRunOf();
      expect(validate({ ...written, spec: { ...written.spec, paralelism: 4 } })).toBe(false);
      expect(validate({ ...written, spec: { ...written.spec, separate: 'false' } })).toBe(false);
    });
  });
