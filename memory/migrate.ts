import type { Database } from 'better-sqlite3'
import { textDigest } from './records.ts'
import { SCHEMA } from './schema.ts'

/** How a file of a format is brought up to date once its tables bear the names `old_...`; the children first. */
const FORMATS: Readonly<
  Record<number, { readonly tables: readonly string[]; readonly move: (file: Database) => void }>
> = {
  1: { tables: ['steps', 'episodes', 'states', 'runs'], move: moveFrom1 },
  2: { tables: ['steps', 'episodes', 'states', 'situations', 'actions', 'tokens', 'runs'], move: moveFrom2 },
}

/** Brings an older memory up to date, all of it or nothing. Within a transaction. */
export function migrate(database: Database): void {
  const old = FORMATS[Number(database.pragma('user_version', { simple: true }))]
  if (old === undefined) return
  database.function('digest_of', { deterministic: true }, (text) => textDigest(String(text)))
  database.exec('DROP VIEW IF EXISTS transitions; DROP INDEX IF EXISTS states_by_situation')
  for (const table of old.tables) database.exec(`ALTER TABLE ${table} RENAME TO old_${table}`)
  database.exec(SCHEMA)
  old.move(database)
  for (const table of old.tables) database.exec(`DROP TABLE old_${table}`)
}

/** Format 2 had the digests of states in an index, and situations without digests in another. */
function moveFrom2(database: Database): void {
  database.exec(`
    INSERT INTO runs SELECT * FROM old_runs;
    INSERT INTO tokens SELECT * FROM old_tokens;
    INSERT INTO actions SELECT * FROM old_actions;
    INSERT INTO situations (id, digest, text) SELECT id, digest_of(text), text FROM old_situations;
    INSERT INTO states SELECT * FROM old_states;
    INSERT INTO episodes SELECT * FROM old_episodes;
    INSERT INTO steps SELECT * FROM old_steps;
  `)
}

/** Format 1 had a row for each step, and the tokens of a state as a JSON list of texts. */
function moveFrom1(database: Database): void {
  database.exec(`
    INSERT INTO runs (id, name) SELECT id, name FROM old_runs;
    INSERT INTO tokens (text) SELECT DISTINCT value FROM old_states, json_each(tokens) ORDER BY value;
    INSERT INTO actions (text) SELECT action FROM old_steps GROUP BY action ORDER BY min(episode), min(turn);
    INSERT INTO situations (digest, text)
      SELECT digest_of(situation), situation FROM old_states GROUP BY situation ORDER BY min(id);
    INSERT INTO states (id, digest, key, situation, tokens)
      SELECT old.id, old.digest, old.key, situations.id,
        (SELECT json_group_array(tokens.id ORDER BY each.key) FROM json_each(old.tokens) AS each
          JOIN tokens ON tokens.text = each.value)
      FROM old_states AS old JOIN situations ON situations.text = old.situation;
    INSERT INTO episodes (id, run, episode, game_seed, score, terminated, victory, length, reward, used)
      SELECT old.id, run, old.episode, game_seed, score, old.terminated, victory, count(turn), total(reward), old.id
      FROM old_episodes AS old LEFT JOIN old_steps AS steps ON steps.episode = old.id GROUP BY old.id;
  `)
  moveSteps(database)
}

/** In JavaScript: SQLite would round the rewards when it writes them as JSON. */
function moveSteps(database: Database): void {
  const episodes = database
    .prepare<[], { readonly id: number; readonly end: number }>('SELECT id, final_state AS end FROM old_episodes')
    .all()
  const stepsOf = database.prepare<
    [number],
    { readonly state: number; readonly action: number; readonly reward: number; readonly terminated: 0 | 1 }
  >(`
    SELECT state, actions.id AS action, reward, terminated FROM old_steps JOIN actions ON actions.text = action
    WHERE episode = ? ORDER BY turn`)
  const add = database.prepare('INSERT INTO steps (episode, states, actions, rewards, ends) VALUES (?, ?, ?, ?, ?)')
  for (const { id, end } of episodes) {
    const steps = stepsOf.all(id)
    const columns = [
      [...steps.map(({ state }) => state), end],
      steps.map(({ action }) => action),
      steps.map(({ reward }) => reward),
      steps.flatMap(({ terminated }, at) => (terminated === 1 ? [at] : [])),
    ]
    add.run(id, ...columns.map((list) => JSON.stringify(list)))
  }
}
