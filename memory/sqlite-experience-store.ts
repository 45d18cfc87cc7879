import type { Database } from 'better-sqlite3'
import { openDatabase } from './database.ts'
import type {
  EpisodeRecord,
  ExperienceStore,
  MemoryStats,
  RecallOptions,
  Recollection,
  StateRecord,
} from './experience-store.ts'
import { DamageError, guarded, MemoryError } from './memory-error.ts'
import { canonical, decodeTokens, digest, isSame } from './records.ts'
import { prepareStatements, type StateRow } from './statements.ts'
import { StepIndex } from './step-index.ts'

/**
 * Opens the memory in the file at `path`, making it where there is none; `:memory:` lives until it is closed. Several
 * processes may share a file: what one stores, the others recall. Throws `MemoryError`.
 */
export function openExperienceStore(path: string, options: { readonly readonly?: boolean } = {}): ExperienceStore {
  const database = openDatabase(path, options.readonly ?? false)
  try {
    return new SqliteExperienceStore(database)
  } catch (error) {
    database.close()
    throw error
  }
}

/** Everything in a SQLite file, and in this process what finds it again: the index, built from the file. */
class SqliteExperienceStore implements ExperienceStore {
  readonly #database: Database
  readonly #sql: ReturnType<typeof prepareStatements>
  readonly #index = new StepIndex()
  #lastIndexed = 0
  #dataVersion: number | undefined

  constructor(database: Database) {
    this.#database = database
    this.#sql = this.#guarded(() => prepareStatements(database))
    this.#guarded(() => this.#catchUp())
  }

  addEpisode(given: EpisodeRecord): void {
    if (this.#database.readonly) {
      throw new MemoryError(`${this.#database.name}: this memory was opened to be read only; open it without readonly.`)
    }
    const episode = canonical(given)
    this.#guarded(() => {
      this.#database.transaction(() => this.#store(episode)).immediate()
      this.#indexNewEpisodes()
    })
  }

  recall(tokens: readonly string[], options: RecallOptions): readonly Recollection[] {
    return this.#guarded(() => {
      this.#catchUp()
      return this.#index.recall(tokens, options).map(({ episode, turn, similarity, return: value }) => {
        const row = found(this.#sql.experience.get(episode, turn))
        return {
          run: row.run,
          episode: row.episode,
          turn,
          state: stateOf(row),
          action: row.action,
          reward: row.reward,
          terminated: row.terminated === 1,
          similarity,
          return: value,
        }
      })
    })
  }

  *episodes(run?: string): Iterable<EpisodeRecord> {
    // An open cursor would keep this connection from writing, so each episode is read whole when its turn comes.
    const ids = this.#guarded(() => (run === undefined ? this.#sql.episodeIds.all(0) : this.#sql.episodeIdsOf.all(run)))
    for (const id of ids) yield this.#guarded(() => this.#read(id))
  }

  stats(): MemoryStats {
    return this.#guarded(() => {
      this.#catchUp()
      return { ...found(this.#sql.counts.get()), experiences: this.#index.steps, tokens: this.#index.tokens }
    })
  }

  close(): void {
    this.#database.close()
  }

  #store(episode: EpisodeRecord): void {
    const run = this.#sql.runId.get(episode.run) ?? this.#sql.addRun(episode.run)
    const earlier = this.#sql.episodeId.get(run, episode.episode)
    if (earlier === undefined) this.#insert(run, episode)
    else if (!isSame(this.#read(earlier), episode)) {
      throw new MemoryError(
        `${this.#database.name}: run ${episode.run} has stored a different episode ${episode.episode}; ` +
          'use another memory, or another name for the run.',
      )
    }
  }

  #insert(run: number, { episode, gameSeed, score, terminated, victory, steps, finalState }: EpisodeRecord): void {
    const end = this.#stateId(finalState)
    const id = this.#sql.addEpisode(run, episode, gameSeed, score, Number(terminated), Number(victory), end)
    for (const [position, { state, action, reward, terminated }] of steps.entries()) {
      this.#sql.addStep(id, position + 1, this.#stateId(state), action, reward, Number(terminated))
    }
  }

  #stateId(state: StateRecord): number {
    const code = digest(state)
    return (
      this.#sql.stateId.get(code) ?? this.#sql.addState(code, state.key, state.situation, JSON.stringify(state.tokens))
    )
  }

  #read(id: number): EpisodeRecord {
    const row = found(this.#sql.episode.get(id))
    return {
      run: row.run,
      episode: row.episode,
      gameSeed: row.gameSeed,
      score: row.score,
      terminated: row.terminated === 1,
      victory: row.victory === 1,
      steps: this.#sql.steps.all(id).map((step) => ({
        state: stateOf(step),
        action: step.action,
        reward: step.reward,
        terminated: step.terminated === 1,
      })),
      finalState: stateOf(row),
    }
  }

  /** Takes in what other processes have stored since the last look. */
  #catchUp(): void {
    const version = found(this.#sql.dataVersion.get())
    if (version === this.#dataVersion) return
    this.#indexNewEpisodes()
    this.#dataVersion = version
  }

  /** The only way into the index, for one's own episodes as for all others: so it is always what a reopening builds. */
  #indexNewEpisodes(): void {
    this.#database.transaction(() => {
      for (const id of this.#sql.episodeIds.all(this.#lastIndexed)) {
        this.#index.add(id, this.#sql.indexedSteps.all(id), (state) => decodeTokens(found(this.#sql.tokens.get(state))))
        this.#lastIndexed = id
      }
    })()
  }

  #guarded<T>(work: () => T): T {
    return guarded(this.#database.name, work)
  }
}

function stateOf({ key, situation, tokens }: StateRow): StateRecord {
  return { key, situation, tokens: decodeTokens(tokens) }
}

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new DamageError('a row that another one names is not there')
  return row
}
