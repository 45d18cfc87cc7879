/** One remembered step: what was done in a state and what came of it. */
export interface Experience {
  readonly run: string
  /** 1-based number of the episode within its run. */
  readonly episode: number
  /** 1-based turn within the episode. */
  readonly turn: number
  readonly state: StateRecord
  readonly action: string
  /** In points of the game (or whatever reward source the run declares); never a return. */
  readonly reward: number
  readonly terminated: boolean
}

/** A state as the memory keeps it: each distinct one (by key, situation and tokens together) once. */
export interface StateRecord {
  /** The encoded state. */
  readonly key: string
  /** The coarser or finer key under which transitions are backed up; may equal `key`. */
  readonly situation: string
  /**
   * What similarity is computed on: a set, so order and repeats do not count. They come back sorted, each once. Two
   * states without tokens have similarity 1.
   */
  readonly tokens: readonly string[]
}

/** A finished episode, stored in one transaction. */
export interface EpisodeRecord {
  readonly run: string
  readonly episode: number
  /** The story's own random seed in this episode. */
  readonly gameSeed: number
  readonly score: number
  readonly terminated: boolean
  readonly victory: boolean
  readonly steps: readonly StepRecord[]
  /** The state in which the episode ended: the successor of its last step. */
  readonly finalState: StateRecord
}

export interface StepRecord {
  readonly state: StateRecord
  readonly action: string
  readonly reward: number
  readonly terminated: boolean
}

/** A remembered step that is similar to the query. */
export interface Recollection extends Experience {
  /** Token-set Jaccard similarity to the query, 0 to 1. */
  readonly similarity: number
  /** Discounted sum of the rewards from this step to the end of its episode. */
  readonly return: number
}

export interface RecallOptions {
  readonly k: number
  /** Only steps with at least this similarity, 0 to 1. */
  readonly threshold: number
  /** Discount factor the returns are computed with, 0 to 1. */
  readonly gamma: number
}

export interface MemoryStats {
  readonly runs: number
  readonly episodes: number
  /** Steps of all episodes. */
  readonly experiences: number
  /** Distinct states, those included in which episodes ended. */
  readonly states: number
  /** Distinct tokens of the states that can be recalled. */
  readonly tokens: number
  /** Size of the memory on disk. */
  readonly bytes: number
}

/**
 * What an agent remembers, across episodes and runs. Returns are derived from stored rewards, so another `gamma` asks
 * for no replay. Implementations throw `MemoryError` when the file is not a memory, is newer, or cannot be written.
 */
export interface ExperienceStore {
  /**
   * Stores a finished episode and makes it recallable. All of it or none; once this returns, it outlives the process
   * and a power cut. An episode that is there already is not stored twice, so a resumed run may store again what it is
   * not sure of; a different one of the same run and number is a `MemoryError`.
   */
  addEpisode(episode: EpisodeRecord): void
  /**
   * The `k` most similar steps at or above the threshold, most similar first; ties by recency (latest stored first).
   * Exact: the same answer as a scan of everything, what other processes have stored meanwhile included.
   */
  recall(tokens: readonly string[], options: RecallOptions): readonly Recollection[]
  /** The finished episodes in the order they were stored, with every step. */
  episodes(run?: string): Iterable<EpisodeRecord>
  stats(): MemoryStats
  close(): void
}
