import type { TargetProfile } from '../target/profile.ts';
import { k6Access } from '../toolchain/k6-access.ts';

/** What pods are told beside their archive: in clear, by reference to a Secret, and whether the Secret has an authority. */
export type PodVariables = { env: Record<string, string>; secrets: string[]; ca: boolean };

/** Variables of outputs that may hold a secret. */
const secretive = /PASSWORD|TOKEN|HEADER|KEY|CERT|USERNAME/;

/**
 * The variables of the pods of a target. Whatever a profile keeps in the environment goes by reference, and is not read
 * but to know whether there is any. `outputs`: those of k6's outputs. Throws what `k6Access` throws.
 */
export function podVariables(
  profile: TargetProfile,
  environment: NodeJS.ProcessEnv,
  outputs: Readonly<Record<string, string>>,
): PodVariables {
  const { SSL_CERT_FILE, ...access } = k6Access(profile, environment);
  const told = Object.entries(outputs);
  return {
    env: Object.fromEntries(told.filter(([name]) => !secretive.test(name))),
    secrets: [
      ...(profile.captcha.kind === 'oracle' ? ['TEST_TOKEN'] : []),
      ...Object.keys(access),
      ...told.flatMap(([name]) => (secretive.test(name) ? [name] : [])),
    ],
    ca: SSL_CERT_FILE !== undefined,
  };
}
