import { z } from 'zod';

/** A name in Kubernetes. */
const name = z
  .string()
  .max(50, 'the operator appends to it')
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/);
const quantity = z.string().regex(/^\d+(?:m|Mi|Gi)?$/);
const resources = z.strictObject({ cpu: quantity, memory: quantity });
const metadata = z.strictObject({ name, annotations: z.record(z.string(), z.string()).optional() });
const env = z.union([
  z.strictObject({ name: z.string(), value: z.string() }),
  z.strictObject({
    name: z.string(),
    valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ name, key: z.string() }) }),
  }),
]);

/** What Guichet writes of a `TestRun` of the k6-operator, and nothing else of it. */
export const testRun = z.strictObject({
  apiVersion: z.literal('k6.io/v1alpha1'),
  kind: z.literal('TestRun'),
  metadata,
  // No `cleanup`: the pods' logs are what is told of each submission, and must outlive the run.
  spec: z.strictObject({
    parallelism: z.int().min(1).max(100),
    separate: z.boolean(),
    script: z.union([
      z.strictObject({ configMap: z.strictObject({ name, file: z.string() }) }),
      z.strictObject({
        volumeClaim: z.strictObject({ name, file: z.string(), readOnly: z.literal(true) }),
      }),
    ]),
    args: z.array(z.string()).min(1),
    runner: z.strictObject({
      image: z.string().regex(/^\S+:\d+\.\d+\.\d+$/, 'an image with its exact version'),
      automountServiceAccountToken: z.literal('false'),
      env: z.array(env),
      resources: z.strictObject({ requests: resources, limits: resources }),
      securityContext: z.strictObject({
        runAsNonRoot: z.literal(true),
        runAsUser: z.int(),
        fsGroup: z.int(),
      }),
      containerSecurityContext: z.strictObject({
        allowPrivilegeEscalation: z.literal(false),
        capabilities: z.strictObject({ drop: z.array(z.literal('ALL')) }),
      }),
      volumes: z.array(z.strictObject({ name, secret: z.strictObject({ secretName: name }) })).optional(),
      volumeMounts: z
        .array(z.strictObject({ name, mountPath: z.string(), readOnly: z.literal(true) }))
        .optional(),
    }),
  }),
});
export type TestRun = z.infer<typeof testRun>;

export const configMap = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('ConfigMap'),
  metadata,
  immutable: z.literal(true),
  binaryData: z.record(z.string(), z.base64()),
});

export const volumeClaim = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('PersistentVolumeClaim'),
  metadata,
  spec: z.strictObject({
    accessModes: z.array(z.literal('ReadWriteMany')),
    resources: z.strictObject({ requests: z.strictObject({ storage: quantity }) }),
  }),
});
