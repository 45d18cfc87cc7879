import type { EpisodeRecord, ExperienceStore } from './experience-store.ts'

/** What goes when there is too much: the episodes that were not recalled for longest, or those that earned least. */
export type Eviction = 'least-recently-useful' | 'lowest-return'

/** How many experiences are kept; episodes are forgotten whole. */
export interface MemoryLimit {
  readonly experiences: number
  readonly evict: Eviction
}

/** What a memory has of one run. */
export interface RunSummary {
  readonly run: string
  /** The file it was imported from; null where it was played with this memory. */
  readonly origin: string | null
  /** Remembered ones. */
  readonly episodes: number
  readonly forgotten: number
  readonly experiences: number
  /** Of all episodes, the forgotten ones included. */
  readonly bestScore: number
}

/** An experience store in a file, and what can be done with the file. */
export interface MemoryFile extends ExperienceStore {
  /** In the order in which they first stored something. */
  runs(): readonly RunSummary[]
  /** Every token that a state ever had. */
  vocabulary(): readonly string[]
  /** Forgets whole episodes until the limit is kept. Returns how many. */
  prune(limit: MemoryLimit): number
  /**
   * Stores an episode that was played elsewhere, one that was forgotten here as well; `origin` says where it comes from.
   * Returns false when it was there already.
   */
  importEpisode(episode: EpisodeRecord, origin: string): boolean
  /** Gives back to the disk what forgetting has left empty. */
  compact(): void
}
