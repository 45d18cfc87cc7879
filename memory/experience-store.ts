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

/** Where a step was seen. */
export interface StepSource {
  readonly run: string
  readonly episode: number
  readonly turn: number
}

/** A remembered step that is similar to the query. */
export interface Recollection extends Experience {
  /** Token-set Jaccard similarity to the query, 0 to 1. */
  readonly similarity: number
  /** Discounted sum of the rewards from this step to the end of its episode, or to the horizon. */
  readonly return: number
  /** How many episodes were stored after its own; 0 for the latest. */
  readonly age: number
  /** `decay ** age`: how much of a say it has. It does not decide what is recalled. */
  readonly weight: number
}

export interface RecallOptions {
  readonly k: number
  /** Only steps with at least this similarity, 0 to 1. */
  readonly threshold: number
  /** Discount factor the returns are computed with, 0 to 1. */
  readonly gamma: number
  /** How many rewards a return adds up at most; all to the end of the episode unless given. */
  readonly horizon?: number
  /** The reward of a step that returns are made of; the stored one unless given. */
  readonly rewards?: (step: RewardedStep) => number
  /** At most so many steps of one episode, the best of them, lest loops outvote everything. */
  readonly perEpisode?: number
  /** Base of the weight, 0 to 1; 1 unless given. */
  readonly decay?: number
  /** Whether they count as recalled, which keeps them from being forgotten; else `noteRecalled` says which do. */
  readonly noted?: boolean
}

/** What a reward may be made of, when it is not the stored one. */
export interface RewardedStep {
  readonly turn: number
  /** The stored reward. */
  readonly reward: number
  /** This step ended the story. */
  readonly terminated: boolean
  /** Its episode was won in the end. */
  readonly victory: boolean
  /** It is the last of its episode. */
  readonly last: boolean
}

/** What is remembered of one command in one situation that led to one other situation. */
export interface TransitionRecord {
  readonly action: string
  /** The successor (`StateRecord.situation`). */
  readonly next: string
  /** The story ended there. */
  readonly terminated: boolean
  /** And was won. */
  readonly victory: boolean
  readonly visits: number
  /** Sum over the visits. */
  readonly reward: number
  /** The latest visits, latest first; at most three. */
  readonly latest: readonly StepSource[]
}

/** An episode that a run has finished, remembered or not. */
export interface FinishedEpisode {
  readonly episode: number
  readonly score: number
  /** Its steps are gone: the memory had a limit, or somebody wanted it so. */
  readonly forgotten: boolean
}

export interface MemoryStats {
  readonly runs: number
  /** Remembered ones. */
  readonly episodes: number
  /** Steps that can be recalled. */
  readonly experiences: number
  /** Distinct states, those included in which episodes ended. */
  readonly states: number
  /** Distinct tokens of the states that can be recalled. */
  readonly tokens: number
  /** Size of the memory on disk. */
  readonly bytes: number
}

/**
 * What an agent remembers, across episodes and runs. Returns are derived from stored rewards, so another `gamma`,
 * horizon or reward asks for no replay. Implementations throw `MemoryError` when the file is not a memory, is newer, or
 * cannot be written.
 */
export interface ExperienceStore {
  /**
   * Stores a finished episode and makes it recallable. All of it or none; once this returns, it outlives the process. A
   * power cut may take the latest episodes, never a part of one. An episode that is there already is not stored twice,
   * so a resumed run may store again what it is not sure of; a different one of the same run and number is a
   * `MemoryError`. One that was forgotten stays so. `origin` is the file it comes from, where it was played with another
   * memory than this.
   */
  addEpisode(episode: EpisodeRecord, origin?: string): void
  /**
   * The `k` most similar steps at or above the threshold, most similar first; ties by recency (latest stored first).
   * Exact: the same answer as a scan of everything, what other processes have stored meanwhile included.
   */
  recall(tokens: readonly string[], options: RecallOptions): readonly Recollection[]
  /**
   * Counts these as recalled since the last episode was stored: what a run that is resumed had recalled before it was
   * broken off, for a limit to make the same ones go.
   */
  noteRecalled(steps: Iterable<Pick<StepSource, 'run' | 'episode'>>): void
  /** What was done in a situation and what came of it, the latest first: one for each command and successor. */
  transitions(situation: string): readonly TransitionRecord[]
  /** Every situation in which something was done. */
  situations(): Iterable<string>
  /** The remembered episodes in the order they were stored, with every step. */
  episodes(run?: string): Iterable<EpisodeRecord>
  /** What a run has finished, in the order it was stored. */
  finished(run: string): readonly FinishedEpisode[]
  /** Forgets the steps of an episode, not that it was played. Returns whether there was anything to forget. */
  forget(run: string, episode: number): boolean
  stats(): MemoryStats
  close(): void
}
