import { stringify } from 'yaml';
import { z } from 'zod';
import { GuichetError } from '../errors.ts';
import { configMap, type TestRun, testRun, volumeClaim } from './testrun.ts';

/** What is to run in a cluster. */
export type Manifested = {
  /** Of the TestRun; its archive and its secrets are called after it. */
  name: string;
  /** Where it goes, for a person to read. */
  origin: string;
  campaign: string;
  parallelism: number;
  archive: Uint8Array;
  /** Of k6, such as `2.2.0`: the archive needs that one. */
  k6Version: string;
  /** k6's further arguments. */
  args: readonly string[];
  /** Told in clear. */
  env: Readonly<Record<string, string>>;
  /** The variables whose values lie in the Secret. */
  secrets: readonly string[];
  /** Whether the Secret has the target's authority too. */
  ca: boolean;
};

/** The archive under this name, in the ConfigMap or on the volume. */
export const archiveName = 'archive.tar';
/** In the Secret, and the file that k6 trusts. */
const caKey = 'ca.pem';
const caFolder = '/guichet';
/** The user of k6's image. */
const k6User = 12345;
/** A ConfigMap holds 1 MiB with its names, and this much of it is the archive's at most: base64 adds a third on the wire. */
export const configMapBytes = 768 * 1024;
const mebibyte = 2 ** 20;

/** Where the secrets of a TestRun lie. */
export function secretOf(name: string): string {
  return `${name}-secrets`;
}

/**
 * The manifests, by file name: `testrun.yaml`, and the archive as `archive.yaml` (a ConfigMap) or, where it is too large,
 * the claim of a volume, `volume.yaml`, that it is to be copied to. Throws `GUICHET_HARNESS` when one does not hold to its
 * schema.
 */
export function manifestsOf(run: Manifested): Record<string, string> {
  const { name, archive } = run;
  const metadata = { name: `${name}-archive` };
  const inMap = archive.byteLength <= configMapBytes;
  const script: TestRun['spec']['script'] = inMap
    ? { configMap: { name: metadata.name, file: archiveName } }
    : { volumeClaim: { name: metadata.name, file: archiveName, readOnly: true } };
  const held: Record<string, string> = inMap
    ? {
        'archive.yaml': yamlOf(configMap, {
          ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata, immutable: true },
          binaryData: { [archiveName]: Buffer.from(archive).toString('base64') },
        }),
      }
    : {
        'volume.yaml': yamlOf(volumeClaim, {
          ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata },
          spec: {
            accessModes: ['ReadWriteMany'],
            resources: { requests: { storage: `${2 * Math.ceil(archive.byteLength / mebibyte)}Mi` } },
          },
        }),
      };
  return { ...held, 'testrun.yaml': yamlOf(testRun, testRunOf(run, script)) };
}

function testRunOf(run: Manifested, script: TestRun['spec']['script']): TestRun {
  const { name, origin, campaign, parallelism, archive, k6Version, args, env, secrets, ca } = run;
  const secretName = secretOf(name);
  // k6 takes about 90 MiB by itself, and holds the plan several times over while it reads it.
  const memory = `${256 + 64 * Math.ceil((8 * archive.byteLength) / mebibyte / 64)}Mi`;
  return {
    ...{ apiVersion: 'k6.io/v1alpha1', kind: 'TestRun' },
    metadata: { name, annotations: { 'guichet/campaign': campaign, 'guichet/target': origin } },
    spec: {
      ...{ parallelism, separate: false, script },
      args: ['--log-format=raw', ...args],
      runner: {
        ...{ image: `grafana/k6:${k6Version}`, automountServiceAccountToken: 'false' },
        env: [
          ...Object.entries(env).map(([variable, value]) => ({ name: variable, value })),
          ...secrets.map((key) => ({
            name: key,
            valueFrom: { secretKeyRef: { name: secretName, key } },
          })),
          ...(ca ? [{ name: 'SSL_CERT_FILE', value: `${caFolder}/${caKey}` }] : []),
        ],
        resources: { requests: { cpu: '1', memory }, limits: { cpu: '2', memory } },
        securityContext: { runAsNonRoot: true, runAsUser: k6User, fsGroup: k6User },
        containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        ...(ca
          ? {
              volumes: [{ name: 'authority', secret: { secretName } }],
              volumeMounts: [{ name: 'authority', mountPath: caFolder, readOnly: true }],
            }
          : {}),
      },
    },
  };
}

function yamlOf<Schema extends z.ZodType>(schema: Schema, value: z.input<Schema>): string {
  const parsed = schema.safeParse(value);
  if (parsed.success) return stringify(parsed.data, { lineWidth: 0 });
  throw new GuichetError('GUICHET_HARNESS', `A manifest is wrong: ${z.prettifyError(parsed.error)}.`);
}
