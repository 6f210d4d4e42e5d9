import { z } from 'zod';
import { environmentName } from './door.ts';

const siret = z
  .string()
  .regex(/^\d{14}$/, 'a SIRET is 14 digits without spaces')
  .describe('14 digits without spaces');

/** An access that an establishment holds on another ASP site since before the run. */
const existing = z.strictObject({
  siret,
  courriel: z.email().describe('The contact person’s, when the target knows the access by it').optional(),
  site: z.enum(['SYLAé', 'APEA', 'autre site']).describe('Where'),
  identifiantEnv: environmentName,
  motDePasseEnv: environmentName,
});

/** Wider ranges than one enterprise's are a mistake. */
const widestRange = 200_000;

/** The SIRETs that Guichet may use on the target. */
export const sirets = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('generated').describe('Invented ones, of no real establishment') })
    .describe('On loopback only'),
  z.strictObject({
    kind: z.literal('list').describe('Those listed'),
    available: z.array(siret).min(1).describe('Registered nowhere: each opens one account'),
    existing: z.array(existing).default([]).describe('Ones whose establishment has an access already'),
    once: z
      .boolean()
      .default(true)
      .describe('Whether a SIRET serves once; the ledger beside the profile then marks it used'),
  }),
  z
    .strictObject({
      kind: z.literal('range').describe('All SIRETs with valid keys from one to another'),
      from: siret.describe('The first, 14 digits'),
      to: siret.describe('The last, 14 digits'),
      existing: z.array(existing).default([]).describe('Ones whose establishment has an access already'),
      once: z.boolean().default(true).describe('Whether a SIRET serves once'),
    })
    .refine(({ from, to }) => Number(to) >= Number(from) && Number(to) - Number(from) <= widestRange, {
      error: `\`to\` must be from \`from\` on, at most ${widestRange} numbers further`,
      path: ['to'],
    }),
]);
