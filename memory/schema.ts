/** 'grue' in ASCII: where SQLite's file format lets a program leave its mark (https://sqlite.org/fileformat.html §1.3). */
export const APPLICATION_ID = 0x67727565
export const FORMAT = 3

/**
 * What happened, each thing once; everything else (returns, transitions, the index) follows from it and is in no table.
 *
 * The steps of an episode are one row of JSON lists, because a row for each would take ten times as long to write and to
 * read; the view `transitions` spreads them out for whoever looks with SQL. `states` has one more than the others: the
 * state in which the episode ended; the successor of a step is always the next one. `ends` names the positions of steps
 * that ended the story.
 *
 * A forgotten episode leaves its row in `episodes`, so that its run knows that it was played, without one in `steps`;
 * `forgotten` is a number that only rises, whatever is imported again, so that other processes find what they have to
 * forget as well.
 *
 * States and situations are told apart by their digests. No index is over these: with it every new state would have more
 * pages written than all the rest of its episode; `RowDigests` takes its place. Ids of what can be deleted are never used
 * again (AUTOINCREMENT), because other processes may still hold them.
 */
export const SCHEMA = `
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    origin TEXT
  ) STRICT;
  CREATE TABLE tokens (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE actions (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE situations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest BLOB NOT NULL CHECK (length(digest) = 16),
    text TEXT NOT NULL
  ) STRICT;
  CREATE TABLE states (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest BLOB NOT NULL CHECK (length(digest) = 16),
    key TEXT NOT NULL,
    situation INTEGER NOT NULL REFERENCES situations,
    tokens TEXT NOT NULL CHECK (json_valid(tokens))
  ) STRICT;
  CREATE INDEX states_by_situation ON states (situation);
  CREATE TABLE episodes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL REFERENCES runs,
    episode INTEGER NOT NULL CHECK (episode >= 1),
    game_seed INTEGER NOT NULL,
    score REAL NOT NULL,
    terminated INTEGER NOT NULL CHECK (terminated IN (0, 1)),
    victory INTEGER NOT NULL CHECK (victory IN (0, 1)),
    length INTEGER NOT NULL,
    reward REAL NOT NULL,
    used INTEGER NOT NULL,
    forgotten INTEGER UNIQUE,
    UNIQUE (run, episode)
  ) STRICT;
  CREATE TABLE steps (
    episode INTEGER PRIMARY KEY REFERENCES episodes,
    states TEXT NOT NULL CHECK (json_valid(states)),
    actions TEXT NOT NULL CHECK (json_valid(actions)),
    rewards TEXT NOT NULL CHECK (json_valid(rewards)),
    ends TEXT NOT NULL CHECK (json_valid(ends))
  ) STRICT;
  CREATE VIEW transitions AS
    SELECT runs.name AS run, episodes.episode, step.key + 1 AS turn, here.text AS situation, actions.text AS action,
      steps.rewards ->> step.key AS reward, there.text AS next,
      EXISTS (SELECT 1 FROM json_each(steps.ends) WHERE value = step.key) AS terminated
    FROM steps JOIN json_each(steps.actions) AS step
      JOIN episodes ON episodes.id = steps.episode JOIN runs ON runs.id = episodes.run
      JOIN actions ON actions.id = step.value
      JOIN states AS before ON before.id = steps.states ->> step.key
      JOIN states AS after ON after.id = steps.states ->> (step.key + 1)
      JOIN situations AS here ON here.id = before.situation JOIN situations AS there ON there.id = after.situation;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`
