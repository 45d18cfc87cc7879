import type { Database } from 'better-sqlite3'
import { SCHEMA } from './schema.ts'

/** The tables of format 1: a row for each step, and the tokens of a state as a JSON list of texts. */
const ASIDE = `
  ALTER TABLE runs RENAME TO runs_1;
  ALTER TABLE states RENAME TO states_1;
  ALTER TABLE episodes RENAME TO episodes_1;
  ALTER TABLE steps RENAME TO steps_1;
`

const FROM_1 = `
  INSERT INTO runs (id, name) SELECT id, name FROM runs_1;
  INSERT INTO tokens (text) SELECT DISTINCT value FROM states_1, json_each(tokens) ORDER BY value;
  INSERT INTO actions (text) SELECT action FROM steps_1 GROUP BY action ORDER BY min(episode), min(turn);
  INSERT INTO situations (text) SELECT situation FROM states_1 GROUP BY situation ORDER BY min(id);
  INSERT INTO states (id, digest, key, situation, tokens)
    SELECT old.id, digest, old.key, situations.id,
      (SELECT json_group_array(tokens.id ORDER BY each.key) FROM json_each(old.tokens) AS each
        JOIN tokens ON tokens.text = each.value)
    FROM states_1 AS old JOIN situations ON situations.text = old.situation;
  INSERT INTO episodes (id, run, episode, game_seed, score, terminated, victory, length, reward, used)
    SELECT old.id, run, old.episode, game_seed, score, old.terminated, victory, count(turn), total(reward), old.id
    FROM episodes_1 AS old LEFT JOIN steps_1 ON steps_1.episode = old.id GROUP BY old.id;
`

/** Brings a memory of format 1 up to date, all of it or nothing. Within a transaction. */
export function migrate(database: Database): void {
  if (database.pragma('user_version', { simple: true }) !== 1) return
  database.exec(ASIDE)
  database.exec(SCHEMA)
  database.exec(FROM_1)
  moveSteps(database)
  database.exec('DROP TABLE steps_1; DROP TABLE episodes_1; DROP TABLE states_1; DROP TABLE runs_1')
}

/** In JavaScript: SQLite would round the rewards when it writes them as JSON. */
function moveSteps(database: Database): void {
  const episodes = database
    .prepare<[], { readonly id: number; readonly end: number }>('SELECT id, final_state AS end FROM episodes_1')
    .all()
  const stepsOf = database.prepare<
    [number],
    { readonly state: number; readonly action: number; readonly reward: number; readonly terminated: 0 | 1 }
  >(`
    SELECT state, actions.id AS action, reward, terminated FROM steps_1 JOIN actions ON actions.text = action
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
