import { join } from 'node:path'
import Database from 'better-sqlite3'

/** Milliseconds that somebody else may take to leave the folder: what is finished is only looked at. */
const patience = 1000

/**
 * Keeps a run's folder to this thread until the returned function is called: two writers of one log would spoil it. The
 * lock is the system's, by way of SQLite's on an empty file, so that it ends with the process, however that ends.
 */
export function lockFolder(folder: string): () => void {
  const lock = new Database(join(folder, '.lock'), { timeout: patience })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error
    throw new Error(
      `${folder} is being played already: let that run end, or stop it and give the same command again; else name another folder by --out.`,
    )
  }
  return () => lock.close()
}
