import type { Observation, StoryInfo } from '../games/index.ts'
import type { Decision, ModelCall, PolicyInfo } from './contracts.ts'

/**
 * How the story's own random numbers are seeded: for each episode by the run's seed and the episode's number, by one
 * given seed for all episodes (as Jericho does), or by the one that follows from the story file, whoever plays it.
 */
export type GameSeedPolicy =
  | { readonly type: 'per-episode' }
  | { readonly type: 'fixed'; readonly seed: number }
  | { readonly type: 'story' }

/** Everything that decides what a run does. Two runs with equal configurations have equal event logs. */
export interface RunConfig {
  readonly story: StoryInfo
  readonly policy: PolicyInfo
  readonly prior: { readonly name: string; readonly rung: string }
  readonly seed: number
  readonly gameSeed: GameSeedPolicy
  readonly episodes: number
  readonly stepLimit: number
  /** Softmax temperature of the base policy; the same for every policy of a comparison. */
  readonly temperature: number
  /** Privileges the agent has beyond a player's: always `valid actions`; `world hash` with the encoder `world`. */
  readonly handicaps: readonly string[]
}

export interface RunStarted {
  readonly type: 'run-started'
  readonly run: string
  readonly config: RunConfig
}

/** How the run's model is asked, found out before its first turn. */
export interface ModelProbed {
  readonly type: 'model-probed'
  readonly rung: string
  /** The better ways that were tried, and why each would not do. */
  readonly rejected: readonly { readonly rung: string; readonly reason: string }[]
  readonly calls: readonly ModelCall[]
}

export interface EpisodeStarted {
  readonly type: 'episode-started'
  readonly episode: number
  readonly gameSeed: number
}

/** The story's text before turn `turn + 1`: turn 0 is the opening. */
export interface Observed {
  readonly type: 'observed'
  readonly episode: number
  readonly turn: number
  readonly observation: Observation
  readonly worldHash: string
  /** What can be done now, sorted; empty where the story has ended. */
  readonly validActions: readonly string[]
}

export interface ModelCalled {
  readonly type: 'model-called'
  readonly episode: number
  readonly turn: number
  readonly call: ModelCall
}

export interface Decided {
  readonly type: 'decided'
  readonly episode: number
  readonly turn: number
  readonly decision: Decision
}

export interface Stepped {
  readonly type: 'stepped'
  readonly episode: number
  readonly turn: number
  readonly command: string
  readonly reward: number
  readonly terminated: boolean
  readonly truncated: boolean
}

/** A person's doing, between two turns: recorded, so that a replay repeats it. */
export interface Intervened {
  readonly type: 'intervened'
  readonly episode: number
  /** The turn that it was done for. */
  readonly turn: number
  readonly doing:
    | {
        readonly type: 'command'
        /** What was played instead of the policy's choice. */
        readonly command: string
      }
    | {
        readonly type: 'policy'
        /** Who decides from this turn on. */
        readonly policy: PolicyInfo
      }
}

export interface EpisodeEnded {
  readonly type: 'episode-ended'
  readonly episode: number
  readonly score: number
  readonly maxScore: number | null
  readonly steps: number
  readonly terminated: boolean
  readonly truncated: boolean
  readonly victory: boolean
}

/** What the memory takes an episode's steps to be worth, where that is not their points alone. */
export interface Rewarded {
  readonly type: 'rewarded'
  readonly episode: number
  /** As in the policy's parameters: `evaluator,novelty`. */
  readonly source: string
  /** One for each step, in their order. */
  readonly rewards: readonly number[]
  /** Steps of which a model that was asked said nothing that could be used: the game's points stand alone there. */
  readonly unrated: number
}

export interface MemoryStored {
  readonly type: 'memory-stored'
  readonly episode: number
  /** Experiences in the memory after this episode. */
  readonly experiences: number
  readonly states: number
}

export interface RunEnded {
  readonly type: 'run-ended'
  /** One score per finished episode, in points. */
  readonly scores: readonly number[]
}

export interface Failed {
  readonly type: 'failed'
  readonly message: string
}

/** Everything that happens in a run, in order. The recorder, the screen, the printer and the reports read this alone. */
export type RunEvent =
  | RunStarted
  | ModelProbed
  | EpisodeStarted
  | Observed
  | ModelCalled
  | Decided
  | Stepped
  | Intervened
  | EpisodeEnded
  | Rewarded
  | MemoryStored
  | RunEnded
  | Failed
