import { DatabaseSync } from 'node:sqlite';

/** How long one process waits for another that is writing, in milliseconds. */
const busyMs = 10_000;
/** SQLITE_BUSY (sqlite.org/rescode.html#busy). */
const busy = 5;

/** Opens a SQLite file that several processes may create, open and write at the same instant. */
export function openShared(path: string, schema: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyMs });
  try {
    useWal(database);
    database.exec(schema);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Waits for whoever makes the same switch: SQLite lets nobody wait in it, since two that hold the file and want it alone
 * would wait for each other.
 */
function useWal(database: DatabaseSync): void {
  for (const until = Date.now() + busyMs; ; database.exec('BEGIN EXCLUSIVE; ROLLBACK')) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== busy || Date.now() > until) throw error;
    }
  }
}
