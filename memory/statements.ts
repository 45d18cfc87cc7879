import type { Database } from 'better-sqlite3'
import type { RunSummary } from './memory-file.ts'
import type { DigestRows } from './row-digests.ts'

interface StateRow {
  readonly key: string
  readonly situation: string
  /** A JSON list of token ids. */
  readonly tokens: string
}

interface EpisodeRow {
  readonly id: number
  readonly run: string
  readonly episode: number
  readonly gameSeed: number
  readonly score: number
  readonly terminated: 0 | 1
  readonly victory: 0 | 1
}

/** The columns of `steps` as they are in the file: JSON lists, or null when the episode is forgotten. */
export interface StepsRow {
  readonly id: number
  readonly run: string
  readonly episode: number
  readonly victory: 0 | 1
  readonly states: string | null
  readonly actions: string | null
  readonly rewards: string | null
  readonly ends: string | null
}

interface Query<Parameters extends unknown[], Row> {
  get(...parameters: Parameters): Row | undefined
  all(...parameters: Parameters): Row[]
}

/** Returns the new row's id. */
type Insert<Parameters extends unknown[]> = (...parameters: Parameters) => number

/** All that is asked of the file. The row types are those of the STRICT tables in `schema.ts`. */
export function prepareStatements(database: Database) {
  const rows = <P extends unknown[], Row>(sql: string): Query<P, Row> => database.prepare<P, Row>(sql)
  const column = <P extends unknown[], Value>(sql: string): Query<P, Value> => database.prepare<P, Value>(sql).pluck()
  const insert = <P extends unknown[]>(sql: string): Insert<P> => {
    const statement = database.prepare<P>(sql)
    return (...parameters) => Number(statement.run(...parameters).lastInsertRowid)
  }
  /** A thousand a row, as for `states`. */
  const digests = (table: 'states' | 'situations') =>
    rows<[after: number], DigestRows>(`
      SELECT json_group_array(id) AS ids, group_concat(hex(digest), '') AS digests
      FROM ${table} WHERE id > ? GROUP BY id / 1000 ORDER BY id / 1000`)

  return {
    /** Changes when another connection has committed. */
    dataVersion: column<[], number>('PRAGMA data_version'),
    counts: rows<
      [],
      { readonly runs: number; readonly episodes: number; readonly states: number; readonly bytes: number }
    >(`
      SELECT (SELECT count(*) FROM runs) AS runs, (SELECT count(*) FROM steps) AS episodes,
        (SELECT count(*) FROM states) AS states, page_count * page_size AS bytes
      FROM pragma_page_count, pragma_page_size`),

    runId: column<[name: string], number>('SELECT id FROM runs WHERE name = ?'),
    addRun: insert<[name: string, origin: string | null]>('INSERT INTO runs (name, origin) VALUES (?, ?)'),
    runs: rows<[], RunSummary>(`
      SELECT name AS run, origin, count(steps.episode) AS episodes, count(forgotten) AS forgotten,
        sum(iif(forgotten IS NULL, length, 0)) AS experiences, max(score) AS bestScore
      FROM runs JOIN episodes ON episodes.run = runs.id LEFT JOIN steps ON steps.episode = episodes.id
      GROUP BY runs.id ORDER BY runs.id`),

    tokens: rows<[after: number], { readonly id: number; readonly text: string }>(
      'SELECT id, text FROM tokens WHERE id > ? ORDER BY id',
    ),
    addToken: insert<[text: string]>('INSERT INTO tokens (text) VALUES (?)'),
    actions: rows<[after: number], { readonly id: number; readonly text: string }>(
      'SELECT id, text FROM actions WHERE id > ? ORDER BY id',
    ),
    addAction: insert<[text: string]>('INSERT INTO actions (text) VALUES (?)'),

    hasSituation: column<[id: number], 1>('SELECT 1 FROM situations WHERE id = ?'),
    situationDigests: digests('situations'),
    situation: column<[id: number], string>('SELECT text FROM situations WHERE id = ?'),
    addSituation: insert<[digest: Buffer, text: string]>('INSERT INTO situations (digest, text) VALUES (?, ?)'),

    hasState: column<[id: number], 1>('SELECT 1 FROM states WHERE id = ?'),
    stateDigests: digests('states'),
    state: rows<[id: number], StateRow>(`
      SELECT key, text AS situation, tokens FROM states JOIN situations ON situations.id = situation
      WHERE states.id = ?`),
    /** A thousand states a row: to cross into JavaScript for each would take four times as long. */
    states: rows<[after: number], { readonly ids: string; readonly situations: string; readonly tokens: string }>(`
      SELECT json_group_array(id) AS ids, json_group_array(situation) AS situations,
        '[' || group_concat(tokens) || ']' AS tokens
      FROM states WHERE id > ? GROUP BY id / 1000 ORDER BY id / 1000`),
    addState: insert<[digest: Buffer, key: string, situation: number, tokens: string]>(
      'INSERT INTO states (digest, key, situation, tokens) VALUES (?, ?, ?, ?)',
    ),
    deleteState: insert<[id: number]>('DELETE FROM states WHERE id = ?'),
    deleteUnusedSituation: insert<[id: number]>(
      'DELETE FROM situations WHERE id = ? AND NOT EXISTS (SELECT 1 FROM states WHERE situation = situations.id)',
    ),

    episodeId: column<[run: string, episode: number], number>(
      'SELECT id FROM episodes WHERE run = (SELECT id FROM runs WHERE name = ?) AND episode = ?',
    ),
    episode: rows<[id: number], EpisodeRow>(`
      SELECT episodes.id, name AS run, episode, game_seed AS gameSeed, score, terminated, victory
      FROM episodes JOIN runs ON runs.id = run WHERE episodes.id = ?`),
    finished: rows<[run: string], { readonly episode: number; readonly score: number; readonly forgotten: 0 | 1 }>(`
      SELECT episode, score, forgotten IS NOT NULL AS forgotten FROM episodes
      WHERE run = (SELECT id FROM runs WHERE name = ?) ORDER BY id`),
    addEpisode: insert<
      [
        run: number,
        episode: number,
        gameSeed: number,
        score: number,
        terminated: number,
        victory: number,
        length: number,
        reward: number,
        used: number,
      ]
    >(`
      INSERT INTO episodes (run, episode, game_seed, score, terminated, victory, length, reward, used)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),

    noteUse: insert<[when: number, id: number]>('UPDATE episodes SET used = ? WHERE id = ?'),
    /** Those that go first come first; episodes without steps free nothing. */
    leastRecentlyUseful: column<[], number>(
      'SELECT id FROM episodes WHERE forgotten IS NULL AND length > 0 ORDER BY used, id',
    ),
    lowestReturn: column<[], number>(
      'SELECT id FROM episodes WHERE forgotten IS NULL AND length > 0 ORDER BY reward, id',
    ),

    lastOfFirst: column<[count: number], number>(
      'SELECT max(id) FROM (SELECT id FROM episodes WHERE forgotten IS NULL ORDER BY id LIMIT ?)',
    ),
    lastEpisode: column<[], number>('SELECT coalesce(max(id), 0) FROM episodes'),
    steps: rows<[id: number], StepsRow>(`
      SELECT episodes.id, name AS run, episodes.episode, victory, states, actions, rewards, ends
      FROM episodes JOIN runs ON runs.id = run LEFT JOIN steps ON steps.episode = episodes.id
      WHERE episodes.id = ?`),
    stepsAfter: rows<[after: number, atMost: number], StepsRow>(`
      SELECT episodes.id, name AS run, episodes.episode, victory, states, actions, rewards, ends
      FROM episodes JOIN runs ON runs.id = run LEFT JOIN steps ON steps.episode = episodes.id
      WHERE episodes.id > ? ORDER BY episodes.id LIMIT ?`),
    addSteps: insert<[episode: number, states: string, actions: string, rewards: string, ends: string]>(
      'INSERT INTO steps (episode, states, actions, rewards, ends) VALUES (?, ?, ?, ?, ?)',
    ),

    forgotten: rows<[after: number], { readonly id: number; readonly forgotten: number }>(
      'SELECT id, forgotten FROM episodes WHERE forgotten > ? ORDER BY forgotten',
    ),
    remembered: column<[], number>('SELECT count(*) FROM episodes WHERE forgotten IS NULL'),
    /**
     * No episode has been forgotten under a higher number: with each that is forgotten this grows by one, and with each
     * that is imported again, of whose number nothing is left, by what its new id adds to it.
     */
    lastForgotten: column<[], number>('SELECT coalesce(max(id), 0) + count(forgotten) FROM episodes'),
    forgetEpisode: insert<[number: number, id: number]>('UPDATE episodes SET forgotten = ? WHERE id = ?'),
    deleteEpisode: insert<[id: number]>('DELETE FROM episodes WHERE id = ?'),
    deleteSteps: insert<[episode: number]>('DELETE FROM steps WHERE episode = ?'),
  }
}

export type Statements = ReturnType<typeof prepareStatements>
