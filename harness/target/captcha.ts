import { z } from 'zod';
import { door } from './door.ts';

/** How the security code that the target shows is known. */
export const captcha = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('fixed').describe('Always the same answer'),
    answer: z.string().min(1).describe('That answer'),
  }),
  z.strictObject({
    kind: z.literal('oracle').describe('A door answers {"code"} to the session whose cookie comes with it'),
    ...door.shape,
  }),
  z.strictObject({
    kind: z.literal('manual').describe('A person types it, in a window that Guichet opens'),
    patienceMinutes: z.number().positive().max(60).default(5).describe('How long it is waited for'),
  }),
  z.strictObject({ kind: z.literal('none').describe('The target asks for no code') }),
]);
