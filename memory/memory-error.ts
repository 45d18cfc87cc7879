import Database from 'better-sqlite3'

/** A memory could not be opened, read or written. The message says what is wrong and what to do. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError'
}

/** What is read from a memory's file is not what was written into it. Inside this room only: callers see a `MemoryError`. */
export class DamageError extends Error {}

/** What cannot be stored. Inside this room only. */
export class InvalidEpisodeError extends Error {}

/** Does `work` on the memory at `path`; what is wrong with the file or its disk becomes a `MemoryError`. */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const advice = complaint(error)
    if (advice === undefined) throw error
    throw new MemoryError(`${path}: ${advice}`, { cause: error })
  }
}

/** What to tell about an error of SQLite or the file system; undefined for any other. */
function complaint(error: unknown): string | undefined {
  if (error instanceof DamageError) return damaged(error.message)
  if (error instanceof InvalidEpisodeError) return invalid(error.message)
  if (error instanceof Database.SqliteError) return sqliteComplaint(error)
  if (error instanceof Error && 'syscall' in error) return unusable(error.message)
  return undefined
}

function damaged(evidence: string): string {
  return `this memory is damaged; put a copy in its place, or move it away and start a new one. (${evidence})`
}

function invalid(evidence: string): string {
  return `this is no valid episode, nothing was stored. (${evidence})`
}

function unusable(evidence: string): string {
  return `it may not be used; change the permissions, or use a copy elsewhere. (${evidence})`
}

function sqliteComplaint({ code, message }: InstanceType<typeof Database.SqliteError>): string {
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damaged(message)
  if (code.startsWith('SQLITE_BUSY')) return 'another process keeps the memory locked; end it, or try again later.'
  if (code.startsWith('SQLITE_FULL')) return 'the disk is full, nothing was stored; free some space and resume.'
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return unusable(message)
  if (code.startsWith('SQLITE_CONSTRAINT')) return invalid(message)
  return `the memory could not be used. (${message})`
}
