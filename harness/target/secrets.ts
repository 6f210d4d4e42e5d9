/** The values of all environment variables that a profile names: its keys that end in `Env`, at any depth. */
export function secretsOf(profile: object, environment: Record<string, string | undefined>): string[] {
  return Object.entries(profile).flatMap(([key, value]) => {
    if (typeof value === 'object' && value !== null) return secretsOf(value, environment);
    const secret = typeof value === 'string' && /env$/i.test(key) ? environment[value] : undefined;
    return secret ? [secret] : [];
  });
}
