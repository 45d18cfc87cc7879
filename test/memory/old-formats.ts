import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'

/** Files as earlier versions of grue made them, with the same two episodes in each. */
export function writeOldFormat(format: 1 | 2, path: string): void {
  const database = new Database(path)
  database.function('state_digest', (key, situation, tokens) => {
    const text = JSON.stringify([key, situation, JSON.parse(String(tokens))])
    return createHash('sha256').update(text).digest().subarray(0, 16)
  })
  database.exec(FORMATS[format])
  database.exec(`
    PRAGMA application_id = 0x67727565;
    PRAGMA user_version = ${format};
    PRAGMA journal_mode = WAL;
  `)
  database.close()
}

const FORMATS = {
  1: `
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
    INSERT INTO runs VALUES (1, 'first'), (2, 'second');
    INSERT INTO states
      SELECT column1, state_digest(column2, column3, column4), column2, column3, column4 FROM (VALUES
        (1, 'attic', 'attic | lamp', '["at:attic","has:lamp"]'),
        (2, 'cellar', 'cellar | lamp', '["at:cellar","has:lamp"]'),
        (3, 'cellar again', 'cellar | lamp', '[]'));
    INSERT INTO episodes VALUES (1, 2, 1, 77, 8.25, 1, 1, 3), (2, 1, 1, 78, 0, 0, 0, 1);
    INSERT INTO steps VALUES (1, 1, 1, 'down', 0.1, 0), (1, 2, 2, 'dig', 8.15, 1);
  `,
  2: `
    CREATE TABLE runs (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, origin TEXT) STRICT;
    CREATE TABLE tokens (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE actions (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE situations (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE states (
      id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE, key TEXT NOT NULL,
      situation INTEGER NOT NULL REFERENCES situations, tokens TEXT NOT NULL CHECK (json_valid(tokens))
    ) STRICT;
    CREATE INDEX states_by_situation ON states (situation);
    CREATE TABLE episodes (
      id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL REFERENCES runs,
      episode INTEGER NOT NULL CHECK (episode >= 1), game_seed INTEGER NOT NULL, score REAL NOT NULL,
      terminated INTEGER NOT NULL CHECK (terminated IN (0, 1)), victory INTEGER NOT NULL CHECK (victory IN (0, 1)),
      length INTEGER NOT NULL, reward REAL NOT NULL, used INTEGER NOT NULL, forgotten INTEGER UNIQUE,
      UNIQUE (run, episode)
    ) STRICT;
    CREATE TABLE steps (
      episode INTEGER PRIMARY KEY REFERENCES episodes, states TEXT NOT NULL CHECK (json_valid(states)),
      actions TEXT NOT NULL CHECK (json_valid(actions)), rewards TEXT NOT NULL CHECK (json_valid(rewards)),
      ends TEXT NOT NULL CHECK (json_valid(ends))
    ) STRICT;
    CREATE VIEW transitions AS
      SELECT here.text AS situation FROM steps JOIN states ON states.id = steps.states ->> 0
        JOIN situations AS here ON here.id = states.situation;
    INSERT INTO runs VALUES (1, 'first', NULL), (2, 'second', NULL);
    INSERT INTO tokens VALUES (1, 'at:attic'), (2, 'at:cellar'), (3, 'has:lamp');
    INSERT INTO actions VALUES (1, 'down'), (2, 'dig');
    INSERT INTO situations VALUES (1, 'attic | lamp'), (2, 'cellar | lamp');
    INSERT INTO states VALUES
      (1, state_digest('attic', 'attic | lamp', '["at:attic","has:lamp"]'), 'attic', 1, '[1,3]'),
      (2, state_digest('cellar', 'cellar | lamp', '["at:cellar","has:lamp"]'), 'cellar', 2, '[2,3]'),
      (3, state_digest('cellar again', 'cellar | lamp', '[]'), 'cellar again', 2, '[]');
    INSERT INTO episodes VALUES
      (1, 2, 1, 77, 8.25, 1, 1, 2, 8.25, 2, NULL), (2, 1, 1, 78, 0, 0, 0, 0, 0, 2, NULL),
      (3, 1, 2, 79, 5, 0, 0, 4, 5, 3, 1);
    INSERT INTO steps VALUES (1, '[1,2,3]', '[1,2]', '[0.1,8.15]', '[1]'), (2, '[1]', '[]', '[]', '[]');
  `,
}
