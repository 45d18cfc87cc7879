import type { Database } from 'better-sqlite3'

export interface StateRow {
  readonly key: string
  readonly situation: string
  /** A JSON array of strings. */
  readonly tokens: string
}

interface StepRow extends StateRow {
  readonly action: string
  readonly reward: number
  readonly terminated: 0 | 1
}

interface ExperienceRow extends StepRow {
  readonly run: string
  readonly episode: number
}

interface EpisodeRow extends StateRow {
  readonly run: string
  readonly episode: number
  readonly gameSeed: number
  readonly score: number
  readonly terminated: 0 | 1
  readonly victory: 0 | 1
}

interface Counts {
  readonly runs: number
  readonly episodes: number
  readonly states: number
  readonly bytes: number
}

interface Query<Parameters extends unknown[], Row> {
  get(...parameters: Parameters): Row | undefined
  all(...parameters: Parameters): readonly Row[]
}

/** Returns the new row's id. */
type Insert<Parameters extends unknown[]> = (...parameters: Parameters) => number

/** All that is asked of the file. The row types are those of the STRICT tables in `database.ts`. */
export function prepareStatements(database: Database) {
  const rows = <P extends unknown[], Row>(sql: string): Query<P, Row> => database.prepare<P, Row>(sql)
  const column = <P extends unknown[], Value>(sql: string): Query<P, Value> => database.prepare<P, Value>(sql).pluck()
  const insert = <P extends unknown[]>(sql: string): Insert<P> => {
    const statement = database.prepare<P>(sql)
    return (...parameters) => Number(statement.run(...parameters).lastInsertRowid)
  }

  return {
    /** Changes when another connection has committed. */
    dataVersion: column<[], number>('PRAGMA data_version'),
    counts: rows<[], Counts>(`
      SELECT (SELECT count(*) FROM runs) AS runs, (SELECT count(*) FROM episodes) AS episodes,
        (SELECT count(*) FROM states) AS states, page_count * page_size AS bytes
      FROM pragma_page_count, pragma_page_size`),

    runId: column<[name: string], number>('SELECT id FROM runs WHERE name = ?'),
    addRun: insert<[name: string]>('INSERT INTO runs (name) VALUES (?)'),

    stateId: column<[digest: Buffer], number>('SELECT id FROM states WHERE digest = ?'),
    tokens: column<[state: number], string>('SELECT tokens FROM states WHERE id = ?'),
    addState: insert<[digest: Buffer, key: string, situation: string, tokens: string]>(
      'INSERT INTO states (digest, key, situation, tokens) VALUES (?, ?, ?, ?)',
    ),

    episodeId: column<[run: number, episode: number], number>('SELECT id FROM episodes WHERE run = ? AND episode = ?'),
    episodeIds: column<[after: number], number>('SELECT id FROM episodes WHERE id > ? ORDER BY id'),
    episodeIdsOf: column<[run: string], number>(
      'SELECT id FROM episodes WHERE run = (SELECT id FROM runs WHERE name = ?) ORDER BY id',
    ),
    episode: rows<[id: number], EpisodeRow>(`
      SELECT runs.name AS run, episodes.episode, game_seed AS gameSeed, score, terminated, victory,
        key, situation, tokens
      FROM episodes JOIN runs ON runs.id = episodes.run JOIN states ON states.id = final_state
      WHERE episodes.id = ?`),
    addEpisode: insert<
      [run: number, episode: number, gameSeed: number, score: number, terminated: number, victory: number, end: number]
    >(`
      INSERT INTO episodes (run, episode, game_seed, score, terminated, victory, final_state)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),

    steps: rows<[episode: number], StepRow>(`
      SELECT key, situation, tokens, action, reward, terminated
      FROM steps JOIN states ON states.id = steps.state
      WHERE episode = ? ORDER BY turn`),
    indexedSteps: rows<[episode: number], { readonly state: number; readonly reward: number }>(
      'SELECT state, reward FROM steps WHERE episode = ? ORDER BY turn',
    ),
    experience: rows<[episode: number, turn: number], ExperienceRow>(`
      SELECT runs.name AS run, episodes.episode, key, situation, tokens, action, reward, steps.terminated
      FROM steps JOIN episodes ON episodes.id = steps.episode JOIN runs ON runs.id = episodes.run
        JOIN states ON states.id = steps.state
      WHERE steps.episode = ? AND turn = ?`),
    addStep: insert<[episode: number, turn: number, state: number, action: string, reward: number, terminated: number]>(
      'INSERT INTO steps (episode, turn, state, action, reward, terminated) VALUES (?, ?, ?, ?, ?, ?)',
    ),
  }
}
