import Database from 'better-sqlite3'

/** The tables as grue first made them, and in them what its users may have. */
const TABLES = `
  CREATE TABLE runs (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE states (
    id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, key TEXT NOT NULL, situation TEXT NOT NULL,
    tokens TEXT NOT NULL CHECK (json_valid(tokens))
  ) STRICT;
  CREATE TABLE episodes (
    id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs, episode INTEGER NOT NULL CHECK (episode >= 1),
    game_seed INTEGER NOT NULL, score REAL NOT NULL, terminated INTEGER NOT NULL CHECK (terminated IN (0, 1)),
    victory INTEGER NOT NULL CHECK (victory IN (0, 1)), final_state INTEGER NOT NULL REFERENCES states,
    UNIQUE (run, episode)
  ) STRICT;
  CREATE TABLE steps (
    episode INTEGER NOT NULL REFERENCES episodes, turn INTEGER NOT NULL, state INTEGER NOT NULL REFERENCES states,
    action TEXT NOT NULL, reward REAL NOT NULL, terminated INTEGER NOT NULL CHECK (terminated IN (0, 1)),
    PRIMARY KEY (episode, turn)
  ) STRICT, WITHOUT ROWID;
  PRAGMA application_id = 0x67727565;
  PRAGMA user_version = 1;
  PRAGMA journal_mode = WAL;
`

const ROWS = `
  INSERT INTO runs VALUES (1, 'first'), (2, 'second');
  INSERT INTO states VALUES
    (1, x'01', 'attic', 'attic | lamp', '["at:attic","has:lamp"]'),
    (2, x'02', 'cellar', 'cellar | lamp', '["at:cellar","has:lamp"]'),
    (3, x'03', 'cellar again', 'cellar | lamp', '[]');
  INSERT INTO episodes VALUES (1, 2, 1, 77, 8.25, 1, 1, 3), (2, 1, 1, 78, 0, 0, 0, 1);
  INSERT INTO steps VALUES (1, 1, 1, 'down', 0.1, 0), (1, 2, 2, 'dig', 8.15, 1);
`

export function writeFormat1(path: string): void {
  const database = new Database(path)
  database.exec(TABLES)
  database.exec(ROWS)
  database.close()
}
