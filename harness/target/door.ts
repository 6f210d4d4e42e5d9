import { z } from 'zod';

/** The name of an environment variable: secrets never stand in the profile. */
export const environmentName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/)
  .describe('The name of the environment variable that holds the secret, such as GUICHET_TEST_TOKEN');

/** A door that the target opens to tests: its URL, and where the token that opens it is found. */
export const door = z.strictObject({
  url: z.url().describe('Where the door answers'),
  tokenHeader: z.string().default('x-test-token').describe('The header that carries the token'),
  tokenEnv: environmentName,
});
export type Door = z.infer<typeof door>;

/** Calls a door: POST with a body, GET without; answers its JSON. `cookie` is the visitor's whose door it is. */
export type Ask = <T>(door: Door, body?: unknown, cookie?: string) => Promise<T>;
