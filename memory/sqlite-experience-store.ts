import type { Database } from 'better-sqlite3'
import { openDatabase } from './database.ts'
import { EpisodeRows, found } from './episode-rows.ts'
import type {
  EpisodeRecord,
  FinishedEpisode,
  MemoryStats,
  RecallOptions,
  Recollection,
  StepSource,
  TransitionRecord,
} from './experience-store.ts'
import { IndexedFile, type Scope } from './indexed-file.ts'
import { guarded, MemoryError } from './memory-error.ts'
import type { MemoryFile, MemoryLimit, RunSummary } from './memory-file.ts'
import { canonical, isSame } from './records.ts'
import { discountedReturn } from './returns.ts'
import { prepareStatements, type Statements } from './statements.ts'
import type { Edge } from './transition-index.ts'

export interface OpenOptions extends Scope {
  readonly readonly?: boolean
  /** Where there is no memory, none is made; so it is when it is only read. */
  readonly mustExist?: boolean
  /** Room is made for each new episode, which is always kept itself. */
  readonly limit?: MemoryLimit
}

/** How many visits a transition shows. */
const SHOWN = 3

/**
 * Opens the memory in the file at `path`, making it where there is none; `:memory:` lives until it is closed. Several
 * processes may share a file: what one stores, the others recall. Throws `MemoryError`.
 */
export function openExperienceStore(path: string, options: OpenOptions = {}): MemoryFile {
  const database = openDatabase(path, options.readonly ?? false, options.mustExist)
  try {
    return new SqliteExperienceStore(database, path, options)
  } catch (error) {
    database.close()
    throw error
  }
}

/** Everything in a SQLite file, and in this process what finds it again. */
class SqliteExperienceStore implements MemoryFile {
  readonly #database: Database
  readonly #path: string
  readonly #options: OpenOptions
  readonly #sql: Statements
  readonly #file: IndexedFile
  readonly #rows: EpisodeRows
  /** Episodes that were recalled since the last was stored. */
  readonly #useful = new Set<number>()

  constructor(database: Database, path: string, options: OpenOptions) {
    this.#database = database
    this.#path = path
    this.#options = options
    this.#sql = this.#guarded(() => prepareStatements(database))
    this.#file = new IndexedFile(this.#sql, options)
    this.#rows = new EpisodeRows(this.#sql, this.#file)
    this.#read(() => {})
  }

  addEpisode(episode: EpisodeRecord, origin?: string): void {
    this.#write(() => {
      const earlier = this.#sql.episodeId.get(episode.run, episode.episode)
      if (earlier !== undefined) return this.#refuseAnother(earlier, episode)
      const moment = this.#noteUse()
      if (this.#options.limit !== undefined) this.#makeRoom(this.#options.limit, episode.steps.length)
      this.#rows.insert(episode, moment, origin)
    })
    this.#useful.clear()
  }

  importEpisode(episode: EpisodeRecord, origin: string): boolean {
    return this.#write(() => {
      const earlier = this.#sql.episodeId.get(episode.run, episode.episode)
      if (earlier !== undefined && this.#rows.read(earlier) !== undefined) {
        this.#refuseAnother(earlier, episode)
        return false
      }
      if (earlier !== undefined) this.#sql.deleteEpisode(earlier)
      this.#rows.insert(episode, this.#noteUse(), origin)
      return true
    })
  }

  recall(tokens: readonly string[], options: RecallOptions): readonly Recollection[] {
    const { k, threshold, gamma, horizon = Infinity, perEpisode = Infinity, decay = 1, noted = true } = options
    const rewardOf = options.rewards ?? (({ reward }) => reward)
    return this.#read(() => {
      const { index } = this.#file
      const asked = new Set(tokens)
      const known = [...asked].map((token) => this.#file.tokens.id(token)).filter((id) => id !== undefined)
      return index.recall({ tokens: known, size: asked.size, k, threshold, perEpisode }).map(({ step, similarity }) => {
        const { id, run, episode, turn, state, action, reward, terminated, age } = index.step(step)
        if (noted) this.#useful.add(id)
        return {
          run,
          episode,
          turn,
          state: this.#rows.state(state),
          action: this.#rows.action(action),
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

  noteRecalled(steps: Iterable<Pick<StepSource, 'run' | 'episode'>>): void {
    this.#read(() => {
      for (const { run, episode } of steps) {
        const id = this.#sql.episodeId.get(run, episode)
        if (id !== undefined) this.#useful.add(id)
      }
    })
  }

  transitions(situation: string): readonly TransitionRecord[] {
    return this.#read(() => {
      const id = this.#file.situationId(situation)
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
      const episode = this.#read(() => this.#rows.read(id, run))
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
      this.#rows.forget([id])
      return true
    })
  }

  prune(limit: MemoryLimit): number {
    return this.#write(() => this.#makeRoom(limit, 0))
  }

  compact(): void {
    this.#guarded(() => {
      this.#database.exec('VACUUM')
      this.#database.pragma('wal_checkpoint(TRUNCATE)')
    })
  }

  runs(): readonly RunSummary[] {
    return this.#read(() => this.#sql.runs.all())
  }

  vocabulary(): readonly string[] {
    return this.#read(() => this.#file.tokens.all())
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
    const stored = this.#rows.read(earlier)
    if (stored === undefined || isSame(stored, canonical(episode))) return
    throw new MemoryError(
      `${this.#path}: run ${episode.run} has stored a different episode ${episode.episode}; ` +
        'use another memory, or another name for the run.',
    )
  }

  /** Returns the present moment, in episodes stored. */
  #noteUse(): number {
    const moment = found(this.#sql.lastEpisode.get()) + 1
    for (const useful of this.#useful) this.#sql.noteUse(moment, useful)
    return moment
  }

  /** Returns how many episodes had to go. */
  #makeRoom({ experiences, evict }: MemoryLimit, steps: number): number {
    const { index } = this.#file
    let surplus = index.allSteps + steps - experiences
    if (surplus <= 0) return 0
    const victims: number[] = []
    for (const id of evict === 'lowest-return' ? this.#sql.lowestReturn.all() : this.#sql.leastRecentlyUseful.all()) {
      if (surplus <= 0) break
      victims.push(id)
      surplus -= index.lengthOf(id)
    }
    this.#rows.forget(victims)
    return victims.length
  }

  #transition({ action, next, ending, visits, reward, latest }: Edge): TransitionRecord {
    return {
      action: this.#rows.action(action),
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
      this.#file.rollBack()
      throw error
    }
  }

  #guarded<T>(work: () => T): T {
    return guarded(this.#path, work)
  }
}
