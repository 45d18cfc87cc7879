import { accessSync, closeSync, constants, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { DamageError, guarded, MemoryError } from './memory-error.ts'
import { migrate } from './migrate.ts'
import { APPLICATION_ID, FORMAT, SCHEMA } from './schema.ts'

/** How long one writer waits for another, in milliseconds. */
const PATIENCE = 30_000

/**
 * Opens the memory at `path`, or makes one where there is none (`:memory:` for one that is not kept).
 * What is not a sound memory of this format or an older one is refused with a `MemoryError` and not touched. An older one
 * is brought up to date: in the file, or, to be read only, in a copy.
 */
export function openDatabase(path: string, readonly: boolean, mustExist = readonly): Database.Database {
  const file = path === ':memory:' ? path : resolve(path)
  return guarded(file, () => {
    checkPlace(file, readonly, mustExist)
    const database =
      readonly && cannotShare(file) ? inMemory(readFileSync(file)) : new Database(file, { readonly, timeout: PATIENCE })
    try {
      // Without this, damage would show itself only when a run comes upon it.
      const verdict = database.pragma('quick_check(1)', { simple: true })
      if (verdict !== 'ok') throw new DamageError(String(verdict).replaceAll('\n', ' '))
      if (!readonly) prepareForWriting(database)
      else if (formatOf(database) < FORMAT) return migratedCopy(database)
      return database
    } catch (error) {
      database.close()
      throw error
    }
  })
}

function migratedCopy(database: Database.Database): Database.Database {
  const copy = inMemory(database.serialize())
  database.close()
  migrate(copy)
  return copy
}

/** A file in WAL mode says so in its header (https://sqlite.org/fileformat.html §1.3.3); memory knows no WAL. */
function inMemory(bytes: Buffer): Database.Database {
  return new Database(bytes.fill(1, 18, 20))
}

/** Even to read, SQLite wants to write beside a file in WAL mode, which on a disk that is read only it cannot. */
function cannotShare(file: string): boolean {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return false
  try {
    accessSync(dirname(file), constants.W_OK)
    return false
  } catch {
    return true
  }
}

function checkPlace(file: string, readonly: boolean, mustExist: boolean): void {
  const isNew = file === ':memory:' || checkIdentity(file)
  if (mustExist && isNew) throw new MemoryError(`${file}: there is no memory here; name one that a run has left.`)
  if (readonly || file === ':memory:') return
  const folder = dirname(file)
  if (!existsSync(folder)) throw new MemoryError(`${file}: its folder is not there; create it first.`)
  // What may not be written SQLite opens without a word, to fail when the first episode is over.
  for (const place of isNew ? [folder] : [folder, file]) accessSync(place, constants.W_OK)
}

/**
 * Reads the header without SQLite, which would roll back or recover a foreign file that its owner left unfinished.
 * Returns true where there is no file yet, or an empty one: so a kill leaves a memory that was about to be made.
 */
function checkIdentity(file: string): boolean {
  const header = readHeader(file)
  if (header.length === 0) return true
  if (header.length < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw new MemoryError(`${file}: this is not a memory, nor any SQLite file; name another file.`)
  }
  if (header.readUInt32BE(68) !== APPLICATION_ID) {
    throw new MemoryError(`${file}: this is the SQLite file of another program; name another file.`)
  }
  const format = header.readUInt32BE(60)
  if (format > FORMAT) {
    throw new MemoryError(
      `${file}: this memory has format ${format}, this grue knows formats up to ${FORMAT}; use the grue that wrote it.`,
    )
  }
  return false
}

function readHeader(file: string): Buffer {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return Buffer.alloc(0)
  if (!stat.isFile()) throw new MemoryError(`${file}: this is not a file; name the memory's file.`)
  const descriptor = openSync(file, 'r')
  try {
    const header = Buffer.alloc(100)
    return header.subarray(0, readSync(descriptor, header))
  } finally {
    closeSync(descriptor)
  }
}

/** The schema comes before WAL mode, so that a file is never seen without its application id. */
function prepareForWriting(database: Database.Database): void {
  const initialise = database.transaction(() => {
    if (formatOf(database) === 0) database.exec(SCHEMA)
    else migrate(database)
  })
  initialise.immediate()
  database.pragma('journal_mode = WAL')
  // What is committed outlives a killed process at once, a power cut with the next checkpoint: the file stays sound, and
  // whoever records a run plays what is missing again. To wait for the disk (FULL) would cost half of the time.
  database.pragma('synchronous = NORMAL')
}

function formatOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }))
}
