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
