import { createHmac } from 'node:crypto';

type Environment = Record<string, string | undefined>;

/** Shorter values would be found, and blanked, in ordinary text. */
export const shortestSecret = 4;

/**
 * The values of all environment variables that a profile names (its keys that end in `Env`, at any depth), and HTTP
 * credentials as they go over the wire. A technical user's name is none: it is often a word, such as `recette`.
 */
export function secretsOf(profile: object, environment: Environment): string[] {
  const found = Object.entries(profile).flatMap(([key, value]) => {
    if (typeof value === 'object' && value !== null) return secretsOf(value, environment);
    const secret =
      typeof value === 'string' && /env$/i.test(key) && key !== 'userEnv' ? environment[value] : undefined;
    return secret && secret.length >= shortestSecret ? [secret] : [];
  });
  const { userEnv, passwordEnv } = profile as { userEnv?: string; passwordEnv?: string };
  if (!userEnv || !passwordEnv) return found;
  const pair = `${environment[userEnv] ?? ''}:${environment[passwordEnv] ?? ''}`;
  return [...found, Buffer.from(pair).toString('base64')];
}

/** What stands in a secret's place: equal secrets show the same mark under the same salt. */
export function markOf(secret: string, salt: string | Buffer): string {
  return `[secret ${createHmac('sha256', salt).update(secret).digest('hex').slice(0, 6)}]`;
}

/** The environment variable that gives all workers of a campaign the same salt. */
export const saltVariable = 'GUICHET_SALT';
