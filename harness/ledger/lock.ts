import { DatabaseSync } from 'node:sqlite';

/**
 * Takes a lock that the operating system gives back when this process ends, however it ends. Answers what releases it,
 * or undefined while another process holds it.
 */
export function takeLock(path: string): (() => void) | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch {
    database.close();
    return undefined;
  }
  return () => database.close();
}
