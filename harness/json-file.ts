import { readFileSync } from 'node:fs';
import { type ErrorCode, GuichetError } from './errors.ts';

/** Reads a file of JSON. Throws `code` when it is missing, with that remedy, or not JSON. */
export function readJson(path: string, { code, remedy }: { code: ErrorCode; remedy: string }): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new GuichetError(code, `${path} cannot be read.`, remedy);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new GuichetError(code, `${path} is not JSON: ${(error as Error).message}.`);
  }
}
