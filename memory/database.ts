import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { DamageError, guarded, MemoryError } from './memory-error.ts'

/** 'grue' in ASCII: where SQLite's file format lets a program leave its mark (https://sqlite.org/fileformat.html §1.3). */
const APPLICATION_ID = 0x67727565
const FORMAT = 1

/**
 * A step's successor is the state of the next turn, or the episode's final state. Rewards are kept, returns are not.
 * States are told apart by a digest, as an index over their whole text would double the file.
 */
const SCHEMA = `
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE states (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    key TEXT NOT NULL,
    situation TEXT NOT NULL,
    tokens TEXT NOT NULL CHECK (json_valid(tokens))
  ) STRICT;
  CREATE TABLE episodes (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs,
    episode INTEGER NOT NULL CHECK (episode >= 1),
    game_seed INTEGER NOT NULL,
    score REAL NOT NULL,
    terminated INTEGER NOT NULL CHECK (terminated IN (0, 1)),
    victory INTEGER NOT NULL CHECK (victory IN (0, 1)),
    final_state INTEGER NOT NULL REFERENCES states,
    UNIQUE (run, episode)
  ) STRICT;
  CREATE TABLE steps (
    episode INTEGER NOT NULL REFERENCES episodes,
    turn INTEGER NOT NULL,
    state INTEGER NOT NULL REFERENCES states,
    action TEXT NOT NULL,
    reward REAL NOT NULL,
    terminated INTEGER NOT NULL CHECK (terminated IN (0, 1)),
    PRIMARY KEY (episode, turn)
  ) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`

/**
 * Opens the memory at `path`, or makes one where there is none (`:memory:` for one that is not kept).
 * What is not a sound memory of this format is refused with a `MemoryError` and not touched.
 */
export function openDatabase(path: string, readonly: boolean): Database.Database {
  const file = path === ':memory:' ? path : resolve(path)
  return guarded(file, () => {
    checkPlace(file, readonly)
    const database = new Database(file, { readonly })
    try {
      if (!readonly) prepareForWriting(database)
      // Without this, damage would show itself only when a run comes upon it.
      const verdict = database.pragma('quick_check(1)', { simple: true })
      if (verdict !== 'ok') throw new DamageError(String(verdict).replaceAll('\n', ' '))
      return database
    } catch (error) {
      database.close()
      throw error
    }
  })
}

function checkPlace(file: string, readonly: boolean): void {
  const isNew = file === ':memory:' || checkIdentity(file)
  if (readonly && isNew)
    throw new MemoryError(`${file}: there is no memory here to read; name one that a run has left.`)
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
  if (format !== FORMAT) {
    throw new MemoryError(
      `${file}: this memory has format ${format}, this grue reads format ${FORMAT}; use the grue that wrote it.`,
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
    if (database.pragma('user_version', { simple: true }) === 0) database.exec(SCHEMA)
  })
  initialise.immediate()
  database.pragma('journal_mode = WAL')
  // NORMAL would already outlive a killed process; FULL outlives a power cut, for one fsync an episode.
  database.pragma('synchronous = FULL')
}
