import type { RunConfig, RunEvent } from './events.ts'

/** A finished (or broken-off) episode of a recorded run. */
export interface RecordedEpisode {
  readonly episode: number
  readonly gameSeed: number
  readonly score: number
  readonly maxScore: number | null
  readonly steps: number
  readonly terminated: boolean
  readonly truncated: boolean
  readonly victory: boolean
}

/** A run as its folder holds it: `run.json` (what was asked) and `events.jsonl` (what happened). */
export interface RecordedRun {
  readonly directory: string
  readonly run: string
  readonly config: RunConfig
  /** The command line that made it, the version and the machine; for people, not part of the event log. */
  readonly provenance: Provenance
  /** Finished episodes, in order. */
  readonly episodes: readonly RecordedEpisode[]
  /** Reads `events.jsonl` again, line by line. */
  events(): AsyncIterable<RunEvent>
}

export interface Provenance {
  readonly command: string
  readonly version: string
  readonly node: string
  readonly machine: string
}
