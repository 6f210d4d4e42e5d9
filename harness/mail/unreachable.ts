import { z } from 'zod';
import { GuichetError } from '../errors.ts';

/** The error of every mailbox that cannot be read for certain; `what` is a sentence without its full stop. */
export function unreachable(what: string, remedy?: string): GuichetError {
  return new GuichetError('GUICHET_MAILBOX_UNREACHABLE', `${what}.`, remedy);
}

/** What lies under an error, on one line. */
export function reason(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error).replace(/\s+/g, ' ');
  const { cause, message, code } = error as Error & { code?: string };
  const inner = cause instanceof Error ? reason(cause) : undefined;
  return inner ?? (code ? `${code} ${message}` : message);
}
