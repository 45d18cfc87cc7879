import type { Database } from 'better-sqlite3'
import { BoundedCache } from './bounded-cache.ts'
import { openDatabase } from './database.ts'
import type {
  EpisodeRecord,
  ExperienceStore,
  FinishedEpisode,
  MemoryStats,
  RecallOptions,
  Recollection,
  StateRecord,
  TransitionRecord,
} from './experience-store.ts'
import { IndexedFile, type Scope } from './indexed-file.ts'
import { numbers } from './json-lists.ts'
import { DamageError, guarded, MemoryError } from './memory-error.ts'
import { canonical, canonicalState, digest, isSame } from './records.ts'
import { discountedReturn } from './returns.ts'
import { prepareStatements, type Statements } from './statements.ts'
import type { Edge } from './transition-index.ts'

/** What goes when there is too much: the episodes that were not recalled for longest, or those that earned least. */
export type Eviction = 'least-recently-useful' | 'lowest-return'

export interface OpenOptions extends Scope {
  readonly readonly?: boolean
  /** How many experiences are kept: whole episodes are forgotten to make room for a new one, which is always kept. */
  readonly limit?: { readonly experiences: number; readonly evict: Eviction }
}

/** How many visits a transition shows. */
const SHOWN = 3
const CACHED = 20_000

/**
 * Opens the memory in the file at `path`, making it where there is none; `:memory:` lives until it is closed. Several
 * processes may share a file: what one stores, the others recall. Throws `MemoryError`.
 */
export function openExperienceStore(path: string, options: OpenOptions = {}): ExperienceStore {
  const database = openDatabase(path, options.readonly ?? false)
  try {
    return new SqliteExperienceStore(database, path, options)
  } catch (error) {
    database.close()
    throw error
  }
}

/** Everything in a SQLite file, and in this process what finds it again. */
class SqliteExperienceStore implements ExperienceStore {
  readonly #database: Database
  readonly #path: string
  readonly #options: OpenOptions
  readonly #sql: Statements
  readonly #file: IndexedFile
  /** Ids are never used again, so what is kept here stays true. */
  readonly #states = new BoundedCache<number, StateRecord>(CACHED)
  /** Episodes that were recalled since the last was stored. */
  readonly #useful = new Set<number>()

  constructor(database: Database, path: string, options: OpenOptions) {
    this.#database = database
    this.#path = path
    this.#options = options
    this.#sql = this.#guarded(() => prepareStatements(database))
    this.#file = new IndexedFile(this.#sql, options)
    this.#read(() => {})
  }

  addEpisode(episode: EpisodeRecord): void {
    this.#write(() => {
      const earlier = this.#sql.episodeId.get(episode.run, episode.episode)
      if (earlier !== undefined) return this.#refuseAnother(earlier, episode)
      const moment = found(this.#sql.lastEpisode.get()) + 1
      for (const useful of this.#useful) this.#sql.noteUse(moment, useful)
      this.#makeRoomFor(episode.steps.length)
      this.#insert(episode, moment)
    })
    this.#useful.clear()
  }

  recall(tokens: readonly string[], options: RecallOptions): readonly Recollection[] {
    const { k, threshold, gamma, horizon = Infinity, perEpisode = Infinity, decay = 1 } = options
    const rewardOf = options.rewards ?? (({ reward }) => reward)
    return this.#read(() => {
      const { index } = this.#file
      const asked = new Set(tokens)
      const known = [...asked].map((token) => this.#file.tokens.id(token)).filter((id) => id !== undefined)
      return index.recall({ tokens: known, size: asked.size, k, threshold, perEpisode }).map(({ step, similarity }) => {
        const { id, run, episode, turn, state, action, reward, terminated, age } = index.step(step)
        this.#useful.add(id)
        return {
          run,
          episode,
          turn,
          state: this.#state(state),
          action: this.#action(action),
          reward,
          terminated,
          similarity,
          return: discountedReturn(Array.from(index.following(step, horizon), rewardOf), gamma),
          age,
          weight: decay ** age,
        }
      })
    })
  }

  transitions(situation: string): readonly TransitionRecord[] {
    return this.#read(() => {
      const id = this.#sql.situationId.get(situation)
      return id === undefined ? [] : this.#file.index.transitionsOf(id, SHOWN).map((edge) => this.#transition(edge))
    })
  }

  situations(): Iterable<string> {
    return this.#read(() => Array.from(this.#file.index.situations(), (id) => found(this.#sql.situation.get(id))))
  }

  *episodes(run?: string): Iterable<EpisodeRecord> {
    // An open cursor would keep this connection from writing, so each episode is read whole when its turn comes.
    const ids = this.#read(() => this.#file.index.episodes())
    for (const id of ids) {
      const episode = this.#read(() => this.#episode(id, run))
      if (episode !== undefined) yield episode
    }
  }

  finished(run: string): readonly FinishedEpisode[] {
    return this.#read(() => this.#sql.finished.all(run)).map((row) => ({ ...row, forgotten: row.forgotten === 1 }))
  }

  forget(run: string, episode: number): boolean {
    return this.#write(() => {
      const id = this.#sql.episodeId.get(run, episode)
      if (id === undefined || this.#sql.steps.get(id)?.states == null) return false
      this.#forget([id])
      return true
    })
  }

  stats(): MemoryStats {
    return this.#read(() => {
      const { steps, tokens } = this.#file.index
      return { ...found(this.#sql.counts.get()), experiences: steps, tokens }
    })
  }

  close(): void {
    this.#database.close()
  }

  #refuseAnother(earlier: number, episode: EpisodeRecord): void {
    const stored = this.#episode(earlier)
    if (stored === undefined || isSame(stored, canonical(episode))) return
    throw new MemoryError(
      `${this.#path}: run ${episode.run} has stored a different episode ${episode.episode}; ` +
        'use another memory, or another name for the run.',
    )
  }

  #insert(record: EpisodeRecord, moment: number): void {
    const { run, episode, gameSeed, score, terminated, victory, steps, finalState } = record
    const rewards = steps.map(({ reward }) => reward)
    const total = discountedReturn(rewards, 1)
    if (!Number.isFinite(total)) {
      throw new MemoryError(`${this.#path}: this is no valid episode, nothing was stored. (a reward is no number)`)
    }
    const newTokens = new Map<string, number>()
    const newActions = new Map<string, number>()
    const actions = steps.map(({ action }) => {
      return this.#file.actions.id(action) ?? numbered(newActions, action, this.#sql.addAction)
    })
    const states = [...steps.map(({ state }) => state), finalState].map((state) => this.#stateId(state, newTokens))
    const ends = steps.flatMap((step, at) => (step.terminated ? [at] : []))
    const runId = this.#sql.runId.get(run) ?? this.#sql.addRun(run)
    const flags = [Number(terminated), Number(victory)] as const
    const id = this.#sql.addEpisode(runId, episode, gameSeed, score, ...flags, steps.length, total, moment)
    const columns = [states, actions, rewards, ends].map((list) => JSON.stringify(list))
    this.#sql.addSteps(id, columns[0]!, columns[1]!, columns[2]!, columns[3]!)
  }

  #stateId(given: StateRecord, newTokens: Map<string, number>): number {
    const asGiven = JSON.stringify([given.key, given.situation, given.tokens])
    return this.#file.stateIds.get(asGiven, () => {
      const state = canonicalState(given)
      const code = digest(state)
      const known = this.#sql.stateId.get(code)
      if (known !== undefined) return known
      const tokens = state.tokens.map((token) => {
        return this.#file.tokens.id(token) ?? numbered(newTokens, token, this.#sql.addToken)
      })
      const situation = this.#sql.situationId.get(state.situation) ?? this.#sql.addSituation(state.situation)
      return this.#sql.addState(code, state.key, situation, JSON.stringify(tokens))
    })
  }

  #makeRoomFor(steps: number): void {
    if (this.#options.limit === undefined) return
    const { experiences, evict } = this.#options.limit
    const { index } = this.#file
    let surplus = index.allSteps + steps - experiences
    if (surplus <= 0) return
    const victims: number[] = []
    for (const id of evict === 'lowest-return' ? this.#sql.lowestReturn.all() : this.#sql.leastRecentlyUseful.all()) {
      if (surplus <= 0) break
      victims.push(id)
      surplus -= index.lengthOf(id)
    }
    this.#forget(victims)
  }

  #forget(ids: readonly number[]): void {
    const unnamed = this.#file.index.namedOnlyBy(ids)
    this.#file.stateIds.clear()
    for (const id of ids) {
      this.#sql.forgetEpisode(id)
      this.#sql.deleteSteps(id)
    }
    for (const { state } of unnamed) this.#sql.deleteState(state)
    for (const situation of new Set(unnamed.map(({ situation }) => situation))) {
      this.#sql.deleteUnusedSituation(situation)
    }
  }

  /** Undefined when it is forgotten, or of another run than the one asked for. */
  #episode(id: number, run?: string): EpisodeRecord | undefined {
    const row = found(this.#sql.episode.get(id))
    const steps = found(this.#sql.steps.get(id))
    if (steps.states === null || (run !== undefined && row.run !== run)) return undefined
    const list = (column: string | null) => numbers(found(column ?? undefined))
    const states = list(steps.states).map((state) => this.#state(state))
    const [rewards, ends] = [list(steps.rewards), new Set(list(steps.ends))]
    const finalState = found(states.pop())
    return {
      run: row.run,
      episode: row.episode,
      gameSeed: row.gameSeed,
      score: row.score,
      terminated: row.terminated === 1,
      victory: row.victory === 1,
      steps: list(steps.actions).map((action, at) => ({
        state: found(states[at]),
        action: this.#action(action),
        reward: found(rewards[at]),
        terminated: ends.has(at),
      })),
      finalState,
    }
  }

  #transition({ action, next, ending, visits, reward, latest }: Edge): TransitionRecord {
    return {
      action: this.#action(action),
      next: found(this.#sql.situation.get(next)),
      terminated: ending !== 'open',
      victory: ending === 'victory',
      visits,
      reward,
      latest: latest.map((step) => {
        const { run, episode, turn } = this.#file.index.step(step)
        return { run, episode, turn }
      }),
    }
  }

  #state(id: number): StateRecord {
    return this.#states.get(id, () => {
      const { key, situation, tokens } = found(this.#sql.state.get(id))
      return { key, situation, tokens: numbers(tokens).map((token) => found(this.#file.tokens.text(token))) }
    })
  }

  #action(id: number): string {
    return found(this.#file.actions.text(id))
  }

  /** In one transaction, so that nothing that the index knows of is gone before it is read. */
  #read<T>(work: () => T): T {
    return this.#guarded(() =>
      this.#database
        .transaction(() => {
          this.#file.catchUp()
          return work()
        })
        .deferred(),
    )
  }

  #write<T>(work: () => T): T {
    if (this.#options.readonly === true) {
      throw new MemoryError(`${this.#path}: this memory was opened to be read only; open it without readonly.`)
    }
    return this.#guarded(() => {
      const result = this.#committed(work)
      this.#database.transaction(() => this.#file.readOn()).deferred()
      return result
    })
  }

  #committed<T>(work: () => T): T {
    const transaction = this.#database.transaction(() => {
      this.#file.catchUp()
      return work()
    })
    try {
      return transaction.immediate()
    } catch (error) {
      // Some of them are those of states that are not there after all.
      this.#file.stateIds.clear()
      throw error
    }
  }

  #guarded<T>(work: () => T): T {
    return guarded(this.#path, work)
  }
}

function numbered(numbers: Map<string, number>, text: string, add: (text: string) => number): number {
  const id = numbers.get(text) ?? add(text)
  numbers.set(text, id)
  return id
}

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new DamageError('a row that another one names is not there')
  return row
}
